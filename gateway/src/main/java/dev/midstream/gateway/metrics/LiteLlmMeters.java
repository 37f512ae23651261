package dev.midstream.gateway.metrics;

import dev.midstream.driver.Outcome;
import dev.midstream.gateway.log.Refusal;
import dev.midstream.model.Failure;
import dev.midstream.relay.Summary.Attempt;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.DeploymentState;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;
import java.util.function.Supplier;

/**
 * What LiteLLM counts too, by its names, so that boards and alerts that people have go on working.
 * Labels of keys, teams and users are left out: there are none here; and so are hosts of providers,
 * which stay inside. Thread-safe.
 *
 * <p><b>Source</b>: LiteLLM's page on Prometheus, read 2026-09.
 */
final class LiteLlmMeters {

    private static final String[] DEPLOYMENT = {"litellm_model_name", "model_id", "api_provider"};

    private final Supplier<Known> known;
    private final Counter proxyRequests;
    private final Counter proxyFailures;
    private final Counter requests;
    private final Counter spend;
    private final Counter totalTokens;
    private final Counter inputTokens;
    private final Counter outputTokens;
    private final Histogram totalLatency;
    private final Histogram apiLatency;
    private final Histogram firstToken;
    private final Counter deploymentRequests;
    private final Counter deploymentSuccesses;
    private final Counter deploymentFailures;
    private final Counter goodFallbacks;
    private final Counter badFallbacks;

    LiteLlmMeters(
            Meters meters,
            Metrics.Sights sights,
            Supplier<Known> known,
            Supplier<List<DeploymentState>> deployments) {
        this.known = known;
        proxyRequests =
                meters.counter(
                        "litellm_proxy_total_requests_metric",
                        "Requests of clients.",
                        "requested_model",
                        "status_code");
        proxyFailures =
                meters.counter(
                        "litellm_proxy_failed_requests_metric",
                        "Requests of clients that ended in an error.",
                        "requested_model",
                        "exception_status",
                        "exception_class");
        requests =
                meters.counter("litellm_requests_metric", "Requests.", "model", "requested_model");
        spend = meters.counter("litellm_spend_metric", "US dollars.", "model", "requested_model");
        totalTokens = tokens(meters, "litellm_total_tokens_metric", "Input and output tokens.");
        inputTokens = tokens(meters, "litellm_input_tokens_metric", "Input tokens.");
        outputTokens = tokens(meters, "litellm_output_tokens_metric", "Output tokens.");
        totalLatency = latency(meters, "litellm_request_total_latency_metric", Meters.LONG);
        apiLatency = latency(meters, "litellm_llm_api_latency_metric", Meters.LONG);
        firstToken = latency(meters, "litellm_llm_api_time_to_first_token_metric", Meters.SHORT);
        deploymentRequests =
                meters.counter(
                        "litellm_deployment_total_requests", "Attempts.", with("requested_model"));
        deploymentSuccesses =
                meters.counter(
                        "litellm_deployment_success_responses",
                        "Attempts that ended well.",
                        with("requested_model"));
        deploymentFailures =
                meters.counter(
                        "litellm_deployment_failure_responses",
                        "Attempts that failed.",
                        with("requested_model", "exception_status", "exception_class"));
        goodFallbacks = fallbacks(meters, "litellm_deployment_successful_fallbacks");
        badFallbacks = fallbacks(meters, "litellm_deployment_failed_fallbacks");
        states(meters, sights, deployments);
    }

    private static Counter tokens(Meters meters, String name, String help) {
        return meters.counter(name, help, "model", "requested_model");
    }

    private static Histogram latency(Meters meters, String name, double[] bounds) {
        return meters.seconds(name, "Seconds.", bounds, "model", "requested_model");
    }

    private static Counter fallbacks(Meters meters, String name) {
        return meters.counter(
                name, "Attempts in another model group.", "requested_model", "fallback_model");
    }

    private static String[] with(String... further) {
        String[] all = new String[DEPLOYMENT.length + further.length];
        System.arraycopy(DEPLOYMENT, 0, all, 0, DEPLOYMENT.length);
        System.arraycopy(further, 0, all, DEPLOYMENT.length, further.length);
        return all;
    }

    private void states(
            Meters meters, Metrics.Sights sights, Supplier<List<DeploymentState>> states) {
        meters.gauge(
                "litellm_deployment_state",
                "0 healthy, 2 left alone after failures.",
                gauge ->
                        states.get()
                                .forEach(
                                        state ->
                                                gauge.call(
                                                        state.cooledFor() == null ? 0 : 2,
                                                        labels(known.get(), state.id()))),
                DEPLOYMENT);
        meters.sum(
                "litellm_deployment_cooled_down",
                "Cooldowns.",
                sum ->
                        states.get()
                                .forEach(
                                        state ->
                                                sum.call(
                                                        (double) state.cooldowns(),
                                                        labels(known.get(), state.id()))),
                DEPLOYMENT);
        meters.gauge(
                "litellm_in_flight_requests",
                "Requests that are being carried out.",
                gauge -> gauge.call(sights.calls().getAsInt()));
    }

    /** By the deployment as it is configured, however it was asked. */
    private static String[] labels(Known known, String id, String... further) {
        Deployment found = known.find(id);
        String[] own =
                found == null
                        ? new String[] {Known.OTHER, Known.OTHER, Known.OTHER}
                        : new String[] {
                            found.target().model(), found.id(), found.target().provider()
                        };
        String[] all = new String[own.length + further.length];
        System.arraycopy(own, 0, all, 0, own.length);
        System.arraycopy(further, 0, all, own.length, further.length);
        return all;
    }

    private static String model(Known known, String id) {
        Deployment found = known.find(id);
        return found == null ? Known.OTHER : found.target().model();
    }

    void refused(Refusal refusal) {
        String status = Integer.toString(refusal.status());
        proxyRequests.labelValues(Known.OTHER, status).inc();
        proxyFailures.labelValues(Known.OTHER, status, ExceptionClass.of(refusal.status())).inc();
    }

    void ended(Ended ended) {
        String requested = ended.group();
        request(ended, requested);
        for (Attempt attempt : ended.attempts()) {
            attempt(ended, attempt, requested);
        }
    }

    private void request(Ended ended, String requested) {
        switch (ended.outcome()) {
            case Outcome.Completed done -> proxyRequests.labelValues(requested, "200").inc();
            case Outcome.Abandoned left -> proxyRequests.labelValues(requested, "499").inc();
            case Outcome.Failed failed -> {
                int status = failed.report().status();
                proxyRequests.labelValues(requested, Integer.toString(status)).inc();
                proxyFailures
                        .labelValues(requested, Integer.toString(status), ExceptionClass.of(status))
                        .inc();
            }
        }
        if (!ended.attempts().isEmpty()) {
            String model = model(ended.known(), ended.attempts().getLast().deployment());
            totalLatency
                    .labelValues(model, requested)
                    .observe(Meters.seconds(ended.nowNanos() - ended.line().beganNanos()));
        }
    }

    private void attempt(Ended ended, Attempt attempt, String requested) {
        Known names = ended.known();
        String id = attempt.deployment();
        Failure failure = attempt.failure();
        deploymentRequests.labelValues(labels(names, id, requested)).inc();
        if (failure == null) {
            deploymentSuccesses.labelValues(labels(names, id, requested)).inc();
        } else {
            int status = failure instanceof Failure.Refused refused ? refused.error().status() : 0;
            String[] why = {requested, Integer.toString(status), ExceptionClass.of(failure)};
            deploymentFailures.labelValues(labels(names, id, why)).inc();
        }
        if (attempt.fallback()) {
            Counter fallbacks = failure == null ? goodFallbacks : badFallbacks;
            fallbacks.labelValues(requested, names.group(attempt.group(), id)).inc();
        }
        amounts(attempt, model(names, id), requested);
    }

    private void amounts(Attempt attempt, String model, String requested) {
        requests.labelValues(model, requested).inc();
        int input = Math.max(0, attempt.usage().input());
        int output = Math.max(0, attempt.usage().output());
        inputTokens.labelValues(model, requested).inc(input);
        outputTokens.labelValues(model, requested).inc(output);
        totalTokens.labelValues(model, requested).inc(input + output);
        Double dollars = attempt.cost();
        spend.labelValues(model, requested).inc(dollars == null ? 0 : dollars);
        long started = attempt.startedNanos();
        if (attempt.endedNanos() != 0) {
            apiLatency
                    .labelValues(model, requested)
                    .observe(Meters.seconds(attempt.endedNanos() - started));
        }
        if (attempt.firstTokenNanos() != 0) {
            firstToken
                    .labelValues(model, requested)
                    .observe(Meters.seconds(attempt.firstTokenNanos() - started));
        }
    }
}
