package dev.midstream.gateway.metrics;

import dev.midstream.gateway.log.Refusal;
import dev.midstream.relay.Summary.Attempt;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;

/** What clients see. Thread-safe. */
final class RequestMeters {

    /** Shown from the start, so that the first one is seen as a rise. */
    private static final List<String> USUAL_REFUSALS = List.of("400", "401", "404", "429");

    private final Counter requests;
    private final Counter refused;
    private final Histogram seconds;
    private final Histogram firstToken;
    private final Counter salvaged;
    private final Counter paidTwice;

    RequestMeters(Meters meters) {
        requests =
                meters.counter(
                        "midstream_requests_total",
                        "Requests to models that are over: completed, recovered (completed although an attempt broke off), broken (an error after content), failed (an error before), client_gone.",
                        "protocol",
                        "group",
                        "stream",
                        "outcome");
        refused =
                meters.counter(
                        "midstream_refused_total",
                        "Requests answered without asking anybody, by status.",
                        "protocol",
                        "status");
        for (String status : USUAL_REFUSALS) {
            refused.initLabelValues("none", status);
        }
        seconds =
                meters.seconds(
                        "midstream_request_seconds",
                        "From a request's head to the end of its answer.",
                        Meters.LONG,
                        "protocol",
                        "group",
                        "stream");
        firstToken =
                meters.seconds(
                        "midstream_time_to_first_token_seconds",
                        "From a streaming request's head to the first content released to its client.",
                        Meters.SHORT,
                        "group");
        salvaged =
                meters.counter(
                        "midstream_tokens_salvaged_total",
                        "Delivered tokens that did not have to be generated again because the answer went on; estimated.",
                        "group");
        paidTwice =
                meters.counter(
                        "midstream_tokens_paid_twice_total",
                        "Tokens read or generated again: prompts of further attempts, output dropped at seams.",
                        "group",
                        "kind");
    }

    void ended(Ended ended) {
        String protocol = ended.line().protocol();
        String group = ended.group();
        String stream = Boolean.toString(ended.line().stream());
        requests.labelValues(protocol, group, stream, ended.word()).inc();
        seconds.labelValues(protocol, group, stream)
                .observe(Meters.seconds(ended.nowNanos() - ended.line().beganNanos()));
        if (ended.line().stream()) {
            firstToken(ended, group);
        }
        Salvage salvage = Salvage.of(ended.outcome());
        salvaged.labelValues(group).inc(salvage.salvaged());
        paidTwice.labelValues(group, "input").inc(salvage.inputAgain());
        paidTwice.labelValues(group, "output").inc(salvage.outputAgain());
    }

    private void firstToken(Ended ended, String group) {
        for (Attempt attempt : ended.attempts()) {
            long first = attempt.delivery().firstNanos();
            if (first != 0) {
                long took = first - ended.line().beganNanos();
                firstToken.labelValues(group).observe(Meters.seconds(took));
                return;
            }
        }
    }

    void refused(Refusal refusal) {
        String protocol = refusal.protocol() == null ? "none" : refusal.protocol();
        refused.labelValues(protocol, Integer.toString(refusal.status())).inc();
    }
}
