package dev.midstream.protocol.messages;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Failure;
import dev.midstream.model.Json;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.protocol.ErrorReport.AttemptReport;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code {"type":"error","error":{"type":…,"message":…},"request_id":…}}, with Anthropic's
 * error types whoever spoke first, the provider's message, and what was tried in {@code
 * error.midstream}. Stateless.
 *
 * <p><b>Source</b>: Anthropic's page on errors (read 2026-11).
 */
final class MessagesErrorWriter {

    private static final Set<String> TYPES =
            Set.of(
                    "invalid_request_error",
                    "authentication_error",
                    "billing_error",
                    "permission_error",
                    "not_found_error",
                    "conflict_error",
                    "request_too_large",
                    "rate_limit_error",
                    "api_error",
                    "timeout_error",
                    "overloaded_error");

    /**
     * The word that the SDKs' message threads act on.
     *
     * <p><b>Source</b>: anthropic-python 2.11.0, {@code lib/threads} (read 2026-11).
     */
    static final String UNTHREADED = "thread_unsupported_request";

    private MessagesErrorWriter() {}

    /** A response of its own: its status speaks too. */
    static byte[] response(ErrorReport report) {
        return write(type(report.type(), report.status()), report);
    }

    /**
     * An event of a stream. A break without a provider's word is {@code overloaded_error}: the one
     * type on which coding agents ask again.
     */
    static byte[] inStream(ErrorReport report) {
        return write(
                spoken(report.first()) ? type(report.type(), report.status()) : "overloaded_error",
                report);
    }

    private static boolean spoken(Failure failure) {
        return switch (failure) {
            case Failure.Refused f -> true;
            case Failure.Untranslatable f -> true;
            case Failure.Unusable f -> true;
            case Failure.Internal f -> true;
            case Failure.NotConnected f -> false;
            case Failure.Cut f -> false;
            case Failure.Truncated f -> false;
            case Failure.TimedOut f -> false;
            case Failure.Garbled f -> false;
            case Failure.BadEnd f -> false;
            case Failure.SeamRejected f -> false;
            case Failure.DeadlinePassed f -> false;
            case Failure.ShuttingDown f -> false;
        };
    }

    private static byte[] write(String type, ErrorReport report) {
        JsonOut out = new JsonOut(new Bytes(512)).open('{').member("type", "error");
        out.name("error").open('{').member("type", type).member("message", report.message());
        details(out, report.first());
        midstream(out, report);
        out.close('}');
        String id =
                report.first() instanceof Failure.Refused refused
                        ? refused.error().requestId()
                        : null;
        return out.optional("request_id", id).close('}').bytes().toByteArray();
    }

    /** What Anthropic says about an error to programs. */
    private static void details(JsonOut out, Failure first) {
        Json raw = first instanceof Failure.Refused refused ? refused.error().raw() : null;
        if (raw == null || !raw.text().startsWith("{")) {
            return;
        }
        byte[] error = raw.text().getBytes(StandardCharsets.UTF_8);
        Json details = JsonSplice.of(error).value("details");
        if (details != null && details.text().startsWith("{")) {
            out.member("details", details);
        }
    }

    private static void midstream(JsonOut out, ErrorReport report) {
        out.name("midstream").open('{').member("delivered", report.delivered());
        out.member("retryable", report.retryable()).name("attempts").open('[');
        for (AttemptReport attempt : report.attempts()) {
            out.open('{').member("group", attempt.group()).member("status", attempt.status());
            out.member("cause", attempt.cause());
            out.nullable("upstream_request_id", attempt.upstreamRequestId()).close('}');
        }
        out.close(']').close('}');
    }

    /**
     * @param param named in front of the message, unless that names it
     */
    static byte[] write(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message) {
        String dotted = param == null ? "" : param.replace("[", ".").replace("]", "");
        boolean named = param == null || message.contains(dotted) || message.contains(param);
        JsonOut out = new JsonOut(new Bytes(256)).open('{').member("type", "error");
        out.name("error").open('{').member("type", type(type, status));
        out.member("message", named ? message : dotted + ": " + message);
        if (code != null && code.equals(UNTHREADED)) {
            out.name("details").open('{').member("error_code", code);
            out.name("unsupported").open('[').string(String.valueOf(param)).close(']').close('}');
        }
        return out.close('}').close('}').bytes().toByteArray();
    }

    /** Anthropic's own type stays; of any other's the status tells more. */
    private static String type(String given, int status) {
        String ofStatus =
                switch (status) {
                    case 401 -> "authentication_error";
                    case 402 -> "billing_error";
                    case 403 -> "permission_error";
                    case 404 -> "not_found_error";
                    case 408, 504 -> "timeout_error";
                    case 409 -> "conflict_error";
                    case 413 -> "request_too_large";
                    case 429 -> "rate_limit_error";
                    case 503, 529 -> "overloaded_error";
                    default -> status < 500 ? "invalid_request_error" : "api_error";
                };
        boolean better = TYPES.contains(given) && !given.equals("invalid_request_error");
        return better ? given : ofStatus;
    }
}
