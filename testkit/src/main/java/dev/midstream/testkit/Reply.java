package dev.midstream.testkit;

import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.Ending;
import dev.midstream.testkit.Step.HttpError;
import dev.midstream.testkit.Step.Sent;
import dev.midstream.testkit.Step.Status;
import dev.midstream.testkit.Step.Wire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a {@link ScriptedProvider} sends for one request, as a whole and without a socket: for tests
 * that carry bytes by hand. Gates, pauses, raw heads and former answers are left to real providers.
 *
 * <p>Immutable; the arrays are shared, not copied.
 *
 * @param headers by lower-case name
 * @param pieces the body, an event each
 * @param ending what happens behind it
 */
public record Reply(int status, Map<String, String> headers, List<byte[]> pieces, Ending ending) {

    public Reply {
        headers = Map.copyOf(headers);
        pieces = List.copyOf(pieces);
    }

    /**
     * The reply of a provider.
     *
     * @param name of the provider, part of the ids that it makes up
     * @param responder decides the answer, unless the dialect's provider refuses the request or has
     *     nothing at its path
     */
    public static Reply of(
            String name, Dialect dialect, RecordedRequest request, Responder responder) {
        Dialect.Ids ids = new Dialect.Ids(name, request.number());
        Answer answer =
                objection(dialect, request)
                        .map(error -> Answer.of(error))
                        .orElseGet(() -> responder.answer(request))
                        .in(dialect);
        Ending ending = ending(answer);
        return switch (ending) {
            case HttpError error ->
                    document(
                            error.status(),
                            with(dialect.headers(ids), error.headers()),
                            Json.write(dialect.envelope(error, ids)));
            case Status(int status, var headers, String body) ->
                    document(status, with(dialect.headers(ids), headers), body);
            case Ending other ->
                    request.wantsStream()
                            ? stream(dialect, request, ids, answer, other)
                            : whole(dialect, request, ids, answer, other);
        };
    }

    private static Optional<HttpError> objection(Dialect dialect, RecordedRequest request) {
        return dialect.serves(request.method(), request.path())
                ? dialect.objection(request)
                : Optional.of(
                        new HttpError(
                                404,
                                "invalid_request_error",
                                "Invalid URL (" + request.method() + " " + request.target() + ")"));
    }

    private static Ending ending(Answer answer) {
        Step last = answer.steps().isEmpty() ? new Step.CleanEnd() : answer.steps().getLast();
        return last instanceof Ending ending ? ending : new Step.CleanEnd();
    }

    private static Reply stream(
            Dialect dialect,
            RecordedRequest request,
            Dialect.Ids ids,
            Answer answer,
            Ending ending) {
        Dialect.Encoder encoder = dialect.encoder(request, ids, answer.content());
        SseText text = new SseText(answer.delivery());
        List<byte[]> pieces = new ArrayList<>();
        for (Step step : answer.steps()) {
            if (step instanceof Sent sent) {
                pieces.addAll(events(sent, encoder, text));
            }
        }
        Map<String, String> headers =
                with(Map.of("content-type", "text/event-stream"), dialect.headers(ids));
        return new Reply(200, headers, pieces, ending);
    }

    private static List<byte[]> events(Sent step, Dialect.Encoder encoder, SseText text) {
        return switch (step) {
            case Step.Torn(Sent of, Step.Tear where) -> {
                List<byte[]> events = new ArrayList<>(events(of, encoder, text));
                events.add(text.torn(events.removeLast(), where));
                yield events;
            }
            case Wire wire -> List.of(text.bytes(wire));
            case Content content -> encoder.encode(content).stream().map(text::bytes).toList();
        };
    }

    private static Reply whole(
            Dialect dialect,
            RecordedRequest request,
            Dialect.Ids ids,
            Answer answer,
            Ending ending) {
        String body = Json.write(dialect.document(request, ids, answer.content()));
        Reply whole = document(200, dialect.headers(ids), body);
        return new Reply(200, whole.headers(), whole.pieces(), ending);
    }

    private static Reply document(int status, Map<String, String> headers, String body) {
        return new Reply(
                status,
                with(Map.of("content-type", "application/json"), headers),
                List.of(body.getBytes(StandardCharsets.UTF_8)),
                new Step.CleanEnd());
    }

    private static Map<String, String> with(Map<String, String> one, Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(one);
        headers.putAll(more);
        return headers;
    }

    /** The whole body. */
    public byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        pieces.forEach(body::writeBytes);
        return body.toByteArray();
    }
}
