package dev.midstream.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of {@link ErrorKind}, written down once more. */
class LiteLlmsNamesForFailuresTest {

    private static Map<ErrorClass, @Nullable ErrorKind> refusals() {
        Map<ErrorClass, @Nullable ErrorKind> table = new EnumMap<>(ErrorClass.class);
        table.put(ErrorClass.BAD_REQUEST, ErrorKind.BAD_REQUEST);
        table.put(ErrorClass.UNSUPPORTED_PARAMETER, ErrorKind.BAD_REQUEST);
        table.put(ErrorClass.CONTEXT_LENGTH, ErrorKind.BAD_REQUEST);
        table.put(ErrorClass.TOO_LARGE, ErrorKind.BAD_REQUEST);
        table.put(ErrorClass.CONTENT_POLICY, ErrorKind.CONTENT_POLICY);
        table.put(ErrorClass.PREFILL_REFUSED, null);
        table.put(ErrorClass.REASONING_REFUSED, null);
        table.put(ErrorClass.STREAM_REFUSED, null);
        table.put(ErrorClass.PROTOCOL_REFUSED, null);
        table.put(ErrorClass.NOT_SERVED, null);
        table.put(ErrorClass.AUTHENTICATION, ErrorKind.AUTHENTICATION);
        table.put(ErrorClass.PERMISSION, ErrorKind.AUTHENTICATION);
        table.put(ErrorClass.QUOTA, ErrorKind.RATE_LIMIT);
        table.put(ErrorClass.RATE_LIMIT, ErrorKind.RATE_LIMIT);
        table.put(ErrorClass.NOT_FOUND, ErrorKind.NOT_FOUND);
        table.put(ErrorClass.CONFLICT, ErrorKind.OTHER);
        table.put(ErrorClass.TIMEOUT, ErrorKind.TIMEOUT);
        table.put(ErrorClass.OVERLOADED, ErrorKind.SERVICE_UNAVAILABLE);
        table.put(ErrorClass.SERVER_ERROR, ErrorKind.INTERNAL_SERVER);
        return table;
    }

    @Test
    void everyClassOfError() {
        Map<ErrorClass, @Nullable ErrorKind> seen = new EnumMap<>(ErrorClass.class);
        for (ErrorClass errorClass : ErrorClass.values()) {
            seen.put(errorClass, ErrorKind.of(World.error(errorClass, 500)));
        }
        assertThat(seen).isEqualTo(refusals());
    }

    @Test
    void serverErrorsByTheirStatus() {
        Map<Integer, ErrorKind> table =
                Map.of(
                        500, ErrorKind.INTERNAL_SERVER,
                        502, ErrorKind.BAD_GATEWAY,
                        503, ErrorKind.SERVICE_UNAVAILABLE,
                        504, ErrorKind.TIMEOUT,
                        520, ErrorKind.INTERNAL_SERVER);
        table.forEach(
                (status, kind) ->
                        assertThat(ErrorKind.of(World.error(ErrorClass.SERVER_ERROR, status)))
                                .isEqualTo(kind));
    }

    @Test
    void everyOtherFailure() {
        Map<Failure, @Nullable ErrorKind> table = new LinkedHashMap<>();
        for (Failure.NotConnected.Reason reason : Failure.NotConnected.Reason.values()) {
            table.put(
                    new Failure.NotConnected(reason, ""),
                    reason == Failure.NotConnected.Reason.TIMEOUT
                            ? ErrorKind.TIMEOUT
                            : ErrorKind.INTERNAL_SERVER);
        }
        for (Failure.TimedOut.Clock clock : Failure.TimedOut.Clock.values()) {
            table.put(new Failure.TimedOut(clock, Duration.ZERO), ErrorKind.TIMEOUT);
        }
        table.put(new Failure.Cut(false, ""), ErrorKind.SERVICE_UNAVAILABLE);
        table.put(new Failure.Cut(true, ""), ErrorKind.SERVICE_UNAVAILABLE);
        table.put(new Failure.Truncated(""), ErrorKind.SERVICE_UNAVAILABLE);
        table.put(new Failure.Garbled(""), ErrorKind.INTERNAL_SERVER);
        table.put(new Failure.BadEnd(""), ErrorKind.INTERNAL_SERVER);
        table.put(new Failure.SeamRejected("", false), null);
        table.put(new Failure.Untranslatable("", ""), null);
        table.put(new Failure.Unusable(501, ""), null);
        table.put(new Failure.DeadlinePassed(Duration.ZERO), null);
        table.put(new Failure.ShuttingDown(), null);
        table.put(new Failure.Internal(""), null);
        table.forEach((failure, kind) -> assertThat(ErrorKind.of(failure)).isEqualTo(kind));
        assertThat(table.keySet().stream().map(Object::getClass).distinct().count())
                .as("all but Refused")
                .isEqualTo(Failure.class.getPermittedSubclasses().length - 1);
    }
}
