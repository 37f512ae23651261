package dev.midstream.protocol;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Failure;
import dev.midstream.model.Json;
import dev.midstream.protocol.ErrorReport.AttemptReport;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes OpenAI's {@code {"error":{…}}}: the provider's own members, the five of OpenAI, and {@code
 * midstream}. Stateless.
 */
public final class ErrorEnvelope {

    private ErrorEnvelope() {}

    public static byte[] write(ErrorReport report) {
        JsonSplice error =
                JsonSplice.of(providersOwn(report.first()).getBytes(StandardCharsets.UTF_8));
        error.setString("message", report.message());
        error.setString("type", type(report.type(), report.status()));
        error.set("param", quoted(report.param()));
        error.set("code", quoted(report.code()));
        error.set("midstream", midstream(report));
        return new Bytes(512).text("{\"error\":").write(error.bytes()).text("}").toByteArray();
    }

    public static byte[] write(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message) {
        JsonOut out = new JsonOut(new Bytes(256)).open('{').name("error").open('{');
        out.member("message", message).member("type", type(type, status));
        out.nullable("param", param).nullable("code", code);
        return out.close('}').close('}').bytes().toByteArray();
    }

    /** The error's type: the provider's, or what OpenAI calls an error of this status. */
    public static String type(String type, int status) {
        if (!type.isEmpty()) {
            return type;
        }
        return status < 500 ? "invalid_request_error" : "server_error";
    }

    private static String providersOwn(Failure first) {
        Json raw = first instanceof Failure.Refused refused ? refused.error().raw() : null;
        return raw != null && raw.text().startsWith("{") ? raw.text() : "{}";
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : new JsonOut(new Bytes(64)).string(text).bytes().toString();
    }

    private static String midstream(ErrorReport report) {
        JsonOut out = new JsonOut(new Bytes(256)).open('{');
        out.member("delivered", report.delivered()).member("retryable", report.retryable());
        out.name("attempts").open('[');
        for (AttemptReport attempt : report.attempts()) {
            out.open('{').member("group", attempt.group()).member("status", attempt.status());
            out.member("cause", attempt.cause());
            out.nullable("upstream_request_id", attempt.upstreamRequestId()).close('}');
        }
        return out.close(']').close('}').bytes().toString();
    }
}
