package dev.midstream.gateway.log;

import dev.midstream.driver.Outcome;
import dev.midstream.gateway.driver.Dollars;
import dev.midstream.model.Failure;
import dev.midstream.model.Usage;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Summary;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the line of one request.
 *
 * @param asked the model as the client wrote it
 * @param group the model group that this stands for
 * @param labels what the client attached for the log: metadata, tags, user; as JSON
 * @param beganNanos monotonic
 * @param trace the headers by which the client says what its request belongs to, by lower-case name
 */
public record RequestLine(
        String callId,
        String protocol,
        String asked,
        String group,
        boolean stream,
        Instant began,
        long beganNanos,
        Map<String, String> labels,
        Map<String, String> trace) {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int LONGEST_MESSAGE = 300;
    private static final int LONGEST_LABEL = 4096;

    public RequestLine {
        labels = Map.copyOf(labels);
        trace = Map.copyOf(trace);
    }

    public String json(Outcome outcome, long nowNanos) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("time", began.toString());
            json.writeStringProperty("call_id", callId);
            json.writeStringProperty("protocol", protocol);
            json.writeStringProperty("model", asked);
            json.writeBooleanProperty("stream", stream);
            outcome(json, outcome);
            json.writeNumberProperty("ms", millis(beganNanos, nowNanos));
            Summary summary = outcome.summary();
            if (summary != null) {
                summary(json, summary);
            }
            labels.forEach((name, value) -> label(json, name, value));
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void outcome(JsonGenerator json, Outcome outcome) {
        switch (outcome) {
            case Outcome.Completed done -> {
                json.writeStringProperty("outcome", "completed");
                json.writeNumberProperty("status", 200);
            }
            case Outcome.Abandoned left -> json.writeStringProperty("outcome", "client_gone");
            case Outcome.Failed failed -> {
                ErrorReport report = failed.report();
                json.writeStringProperty("outcome", "failed");
                json.writeNumberProperty("status", report.status());
                json.writeStringProperty("cause", report.first().cause());
                json.writeBooleanProperty("delivered", report.delivered());
            }
        }
    }

    private void summary(JsonGenerator json, Summary summary) {
        json.writeBooleanProperty("committed", summary.committed());
        if (summary.malformed() > 0) {
            json.writeNumberProperty("malformed", summary.malformed());
        }
        usage(json, summary.usage());
        cost(json, summary.cost());
        json.writeArrayPropertyStart("attempts");
        summary.attempts().forEach(attempt -> attempt(json, attempt));
        json.writeEndArray();
    }

    private void attempt(JsonGenerator json, Summary.Attempt attempt) {
        json.writeStartObject();
        json.writeNumberProperty("n", attempt.number());
        json.writeStringProperty("deployment", attempt.deployment());
        json.writeStringProperty("group", attempt.group());
        json.writeStringProperty("model", attempt.model());
        json.writeStringProperty("method", attempt.method().word());
        json.writeNumberProperty("at_ms", millis(beganNanos, attempt.startedNanos()));
        if (attempt.firstTokenNanos() != 0) {
            json.writeNumberProperty(
                    "first_token_ms", millis(attempt.startedNanos(), attempt.firstTokenNanos()));
        }
        if (attempt.endedNanos() != 0) {
            json.writeNumberProperty("ms", millis(attempt.startedNanos(), attempt.endedNanos()));
        }
        long gap = attempt.delivery().gapNanos();
        if (gap > 0) {
            json.writeNumberProperty("gap_ms", gap / 1_000_000);
        }
        json.writeBooleanProperty("served", attempt.served());
        failure(json, attempt.failure());
        seam(json, attempt);
        usage(json, attempt.usage());
        cost(json, attempt.cost());
        String requestId = attempt.requestId();
        if (requestId != null) {
            json.writeStringProperty("upstream_request_id", requestId);
        }
        json.writeEndObject();
    }

    private static void failure(JsonGenerator json, @Nullable Failure failure) {
        if (failure == null) {
            return;
        }
        json.writeStringProperty("cause", failure.cause());
        if (failure instanceof Failure.Refused refused) {
            json.writeNumberProperty("status", refused.error().status());
        } else {
            json.writeStringProperty("message", cut(failure.message(), LONGEST_MESSAGE));
        }
    }

    private static void seam(JsonGenerator json, Summary.Attempt attempt) {
        var grade = attempt.grade();
        if (grade != null) {
            json.writeStringProperty("seam", grade.name().toLowerCase(java.util.Locale.ROOT));
            json.writeNumberProperty("seam_dropped", attempt.seamDropped());
        }
    }

    private static void usage(JsonGenerator json, Usage usage) {
        if (usage.equals(Usage.NONE)) {
            return;
        }
        json.writeObjectPropertyStart("usage");
        count(json, "input", usage.input());
        count(json, "output", usage.output());
        count(json, "cache_read", usage.cacheRead());
        count(json, "cache_write", usage.cacheWrite());
        count(json, "reasoning", usage.reasoning());
        if (usage.estimated()) {
            json.writeBooleanProperty("estimated", true);
        }
        json.writeEndObject();
    }

    private static void cost(JsonGenerator json, @Nullable Double dollars) {
        if (dollars != null) {
            json.writeName("cost");
            json.writeNumber(new BigDecimal(Dollars.text(dollars)));
        }
    }

    private static void count(JsonGenerator json, String name, int tokens) {
        if (tokens != Usage.UNKNOWN) {
            json.writeNumberProperty(name, tokens);
        }
    }

    private static void label(JsonGenerator json, String name, String value) {
        if (value.length() <= LONGEST_LABEL) {
            json.writeName(name);
            json.writeRawValue(value.replace('\n', ' ').replace('\r', ' '));
        }
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    private static long millis(long fromNanos, long toNanos) {
        return Math.max(0, (toNanos - fromNanos) / 1_000_000);
    }
}
