package dev.midstream.gateway.driver;

import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Head;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers {@code x-midstream-*} and their companions. */
public final class ResponseHeaders {

    private ResponseHeaders() {}

    /** Of any response to a call. */
    public static Map<String, String> of(String callId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-midstream-call-id", callId);
        return headers;
    }

    /** Of an answer. */
    static Map<String, String> of(String callId, Head head, boolean stream) {
        Map<String, String> headers = of(callId);
        headers.put("x-midstream-model-group", printable(head.group()));
        headers.put("x-midstream-deployment", printable(head.deployment()));
        headers.put("x-midstream-attempts", Integer.toString(head.attempts()));
        headers.put("x-midstream-fallbacks", Integer.toString(head.fallbacks()));
        String requestId = head.requestId();
        if (requestId != null) {
            headers.put("x-midstream-upstream-request-id", printable(requestId));
            headers.put("llm_provider-x-request-id", printable(requestId));
        }
        if (stream) {
            headers.put("cache-control", "no-cache, no-transform");
            headers.put("x-accel-buffering", "no");
        }
        return headers;
    }

    /**
     * What an answer cost is known at its end: of one that is sent in one piece its head can tell.
     *
     * @param cost in US dollars, null if nobody knows
     */
    static Map<String, String> withCost(Map<String, String> headers, @Nullable Double cost) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (cost != null) {
            String dollars = Dollars.text(cost);
            all.put("x-midstream-response-cost", dollars);
            all.put("x-litellm-response-cost", dollars);
        }
        return all;
    }

    /** Of a final error before anything was written. */
    static Map<String, String> of(String callId, String group, ErrorReport report) {
        Map<String, String> headers = of(callId);
        headers.put("x-midstream-model-group", printable(group));
        headers.put("x-midstream-attempts", Integer.toString(report.attempts().size()));
        headers.put("x-midstream-fallbacks", Long.toString(fallbacks(group, report)));
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

    private static long fallbacks(String group, ErrorReport report) {
        return report.attempts().stream().filter(a -> !a.group().equals(group)).count();
    }

    /** What a header's value can hold: names come from configuration and may be anything. */
    private static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.chars().forEach(c -> safe.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
        return safe.toString();
    }
}
