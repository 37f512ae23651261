package dev.midstream.gateway.metrics;

import dev.midstream.model.Failure;
import dev.midstream.model.SeamGrade;
import dev.midstream.model.Usage;
import dev.midstream.relay.Summary.Attempt;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Locale;

/** What deployments do, and how answers go on. Thread-safe. */
final class AttemptMeters {

    private final Counter attempts;
    private final Counter interruptions;
    private final Counter recoveries;
    private final Counter seams;
    private final Counter tokens;
    private final Counter cost;
    private final Histogram seconds;
    private final Histogram firstToken;
    private final Histogram gap;

    AttemptMeters(Meters meters) {
        attempts =
                meters.counter(
                        "midstream_attempts_total",
                        "Requests to deployments that are over: completed, cancelled, or the cause of their failure.",
                        "group",
                        "deployment",
                        "method",
                        "outcome");
        interruptions =
                meters.counter(
                        "midstream_interruptions_total",
                        "Attempts that failed after content of theirs was released, by cause.",
                        "group",
                        "deployment",
                        "cause");
        recoveries =
                meters.counter(
                        "midstream_recoveries_total",
                        "Attempts to go on behind released content: joined, rejected (the seam could not be proven), failed, cancelled.",
                        "method",
                        "outcome");
        seams =
                meters.counter(
                        "midstream_seams_total",
                        "Continuations that were joined, by how well that was proven.",
                        "method",
                        "grade");
        tokens =
                meters.counter(
                        "midstream_tokens_total",
                        "Tokens as deployments told them, or as estimated where they did not; cached ones are part of input, reasoning of output.",
                        "group",
                        "deployment",
                        "kind");
        cost =
                meters.counter(
                        "midstream_cost_dollars_total",
                        "What attempts cost, where the prices are known.",
                        "group",
                        "deployment");
        seconds =
                meters.seconds(
                        "midstream_attempt_seconds",
                        "From the start of an attempt to its end.",
                        Meters.LONG,
                        "group",
                        "deployment");
        firstToken =
                meters.seconds(
                        "midstream_attempt_time_to_first_token_seconds",
                        "From the start of an attempt to its first content.",
                        Meters.SHORT,
                        "group",
                        "deployment");
        gap =
                meters.seconds(
                        "midstream_seam_gap_seconds",
                        "From the last content released before a break to the first released after it.",
                        Meters.SHORT,
                        "method");
    }

    void ended(Ended ended) {
        for (Attempt attempt : ended.attempts()) {
            String group = ended.known().group(attempt.group(), attempt.deployment());
            String deployment = ended.known().deployment(attempt.deployment());
            attempt(attempt, group, deployment);
            usage(attempt, group, deployment);
            if (Salvage.recovery(attempt)) {
                recovery(attempt);
            }
        }
    }

    private void attempt(Attempt attempt, String group, String deployment) {
        Failure failure = attempt.failure();
        String method = attempt.method().word();
        attempts.labelValues(group, deployment, method, outcome(attempt)).inc();
        if (failure != null && Salvage.interrupted(attempt)) {
            interruptions.labelValues(group, deployment, failure.cause()).inc();
        }
        if (attempt.endedNanos() != 0) {
            long took = attempt.endedNanos() - attempt.startedNanos();
            seconds.labelValues(group, deployment).observe(Meters.seconds(took));
        }
        if (attempt.firstTokenNanos() != 0) {
            long took = attempt.firstTokenNanos() - attempt.startedNanos();
            firstToken.labelValues(group, deployment).observe(Meters.seconds(took));
        }
    }

    private static String outcome(Attempt attempt) {
        Failure failure = attempt.failure();
        if (failure != null) {
            return failure.cause();
        }
        return attempt.served() ? "completed" : "cancelled";
    }

    private void recovery(Attempt attempt) {
        String method = attempt.method().word();
        recoveries.labelValues(method, recovered(attempt)).inc();
        SeamGrade grade = attempt.grade();
        if (grade != null) {
            seams.labelValues(method, grade.name().toLowerCase(Locale.ROOT)).inc();
        }
        if (attempt.delivery().gapNanos() > 0) {
            gap.labelValues(method).observe(Meters.seconds(attempt.delivery().gapNanos()));
        }
    }

    private static String recovered(Attempt attempt) {
        if (attempt.grade() != null || attempt.delivery().firstNanos() != 0) {
            return "joined";
        }
        Failure failure = attempt.failure();
        if (failure == null) {
            return attempt.served() ? "joined" : "cancelled";
        }
        return failure instanceof Failure.SeamRejected ? "rejected" : "failed";
    }

    private void usage(Attempt attempt, String group, String deployment) {
        Usage usage = attempt.usage();
        count(group, deployment, "input", usage.input());
        count(group, deployment, "output", usage.output());
        count(group, deployment, "cache_read", usage.cacheRead());
        count(group, deployment, "cache_write", usage.cacheWrite());
        count(group, deployment, "reasoning", usage.reasoning());
        Double dollars = attempt.cost();
        if (dollars != null) {
            cost.labelValues(group, deployment).inc(dollars);
        }
    }

    private void count(String group, String deployment, String kind, int number) {
        if (number > 0) {
            tokens.labelValues(group, deployment, kind).inc(number);
        }
    }
}
