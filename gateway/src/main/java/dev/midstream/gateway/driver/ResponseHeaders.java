package dev.midstream.gateway.driver;

import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Head;
import dev.midstream.relay.Summary;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers {@code x-midstream-*}, LiteLLM's {@code x-litellm-*}, and their companions. None
 * names a host: {@code x-litellm-model-api-base} is not among them.
 */
public final class ResponseHeaders {

    private ResponseHeaders() {}

    /** Of any response to a call. */
    public static Map<String, String> of(String callId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-midstream-call-id", callId);
        headers.put("x-litellm-call-id", callId);
        return headers;
    }

    /** Of an answer, as far as its beginning can tell. */
    static Map<String, String> of(Call call, String version, Head head, long nowNanos) {
        Map<String, String> headers = of(call.id());
        tried(headers, call, version, head.group(), head.attempts(), head.fallbacks());
        headers.put("x-midstream-deployment", printable(head.deployment()));
        headers.put("x-litellm-model-id", printable(head.deployment()));
        String requestId = head.requestId();
        if (requestId != null) {
            headers.put("x-midstream-upstream-request-id", printable(requestId));
            headers.put("llm_provider-x-request-id", printable(requestId));
        }
        if (call.request().stream()) {
            headers.put("x-litellm-response-duration-ms", millis(nowNanos - call.beganNanos()));
            headers.put("cache-control", "no-cache, no-transform");
            headers.put("x-accel-buffering", "no");
        }
        return headers;
    }

    /**
     * Of an answer that is sent in one piece: at its end it is known what it cost, and how long it
     * took without the upstreams.
     *
     * @param begun what was known at its beginning
     */
    static Map<String, String> whole(
            Map<String, String> begun, Call call, Summary summary, long nowNanos) {
        Map<String, String> all = new LinkedHashMap<>(begun);
        Double cost = summary.cost();
        if (cost != null) {
            String dollars = Dollars.text(cost);
            all.put("x-midstream-response-cost", dollars);
            all.put("x-litellm-response-cost", dollars);
        }
        durations(all, nowNanos - call.beganNanos(), upstream(summary, nowNanos));
        return all;
    }

    private static void durations(Map<String, String> headers, long whole, long upstream) {
        headers.put("x-litellm-response-duration-ms", millis(whole));
        headers.put("x-litellm-overhead-duration-ms", millis(whole - upstream));
    }

    /** How long attempts ran; no two do at a time. */
    private static long upstream(Summary summary, long nowNanos) {
        return summary.attempts().stream()
                .mapToLong(
                        attempt ->
                                (attempt.endedNanos() == 0 ? nowNanos : attempt.endedNanos())
                                        - attempt.startedNanos())
                .sum();
    }

    /** Of a final error before anything was written. */
    static Map<String, String> of(Call call, String version, ErrorReport report, long nowNanos) {
        Map<String, String> headers = of(call.id());
        int attempts = report.attempts().size();
        int fallbacks = fallbacks(call.group(), report);
        tried(headers, call, version, call.group(), attempts, fallbacks);
        headers.put("x-litellm-response-duration-ms", millis(nowNanos - call.beganNanos()));
        Duration wait = report.retryAfter();
        if (wait != null) {
            headers.put(
                    "retry-after", Long.toString(Math.max(0, wait.plusMillis(999).toSeconds())));
        }
        if (report.retried()) {
            headers.put("x-should-retry", "false");
        }
        return headers;
    }

    /**
     * @param fallbacks those of the attempts that went to another group
     */
    private static void tried(
            Map<String, String> headers,
            Call call,
            String version,
            String group,
            int attempts,
            int fallbacks) {
        headers.put("x-midstream-model-group", printable(group));
        headers.put("x-midstream-attempts", Integer.toString(attempts));
        headers.put("x-midstream-fallbacks", Integer.toString(fallbacks));
        headers.put("x-litellm-version", printable(version));
        headers.put("x-litellm-model-group", printable(group));
        int retries = Math.max(0, attempts - 1 - fallbacks);
        headers.put("x-litellm-attempted-retries", Integer.toString(retries));
        headers.put("x-litellm-max-retries", Integer.toString(call.settings().numRetries()));
        headers.put("x-litellm-attempted-fallbacks", Integer.toString(fallbacks));
        headers.put("x-litellm-max-fallbacks", Integer.toString(call.settings().maxFallbacks()));
    }

    private static int fallbacks(String group, ErrorReport report) {
        return (int) report.attempts().stream().filter(a -> !a.group().equals(group)).count();
    }

    /** Whole milliseconds. */
    private static String millis(long nanos) {
        return Long.toString(Math.max(0, nanos / 1_000_000));
    }

    /** What a header's value can hold: names come from configuration and may be anything. */
    private static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!printable(text.charAt(i))) {
                return masked(text);
            }
        }
        return text;
    }

    private static String masked(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.chars().forEach(c -> safe.append(printable(c) ? (char) c : '?'));
        return safe.toString();
    }

    private static boolean printable(int c) {
        return c >= 0x20 && c < 0x7f;
    }
}
