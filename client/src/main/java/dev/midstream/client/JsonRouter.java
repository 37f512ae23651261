package dev.midstream.client;

import dev.midstream.admission.Admission;
import dev.midstream.driver.Identifiers;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Request;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import tools.jackson.core.JacksonException;

/**
 * A router asked in a protocol's own JSON: a request's body as its SDKs write it, and the answer as
 * they read it. Everything that the router does for a request in the canonical model it does here.
 *
 * <p>{@code model} names a model group of the router. Members that a gateway takes for itself
 * ({@code fallbacks}, {@code num_retries}…) count here too. Whether the body says {@code stream}
 * does not matter: the method that is called does.
 *
 * <p><b>Thread-safety</b>: thread-safe.
 */
public final class JsonRouter {

    private final Engine engine;
    private final ClientProtocol protocol;

    JsonRouter(Engine engine, ClientProtocol protocol) {
        this.engine = engine;
        this.protocol = protocol;
    }

    /**
     * Asks, and gives the events of the answer as they come; otherwise as {@link Router#stream}.
     *
     * @param body a JSON object
     * @throws InvalidRequestException if the body is not such a request; nothing was sent
     */
    public JsonStream stream(String body) {
        return stream(body, CallOptions.NONE);
    }

    /** The same, with wishes for this call. */
    public JsonStream stream(String body, CallOptions options) {
        Request request = parsed(body, true);
        SerialLoop loop = engine.loop();
        Mailbox<JsonEvent> mailbox = new Mailbox<>(loop::execute);
        Call call = make(request, options, loop, mailbox);
        call.begin();
        return new JsonStream(mailbox, call);
    }

    /** Asks for each subscriber; otherwise as {@link Router#streamAsync}. */
    public Flow.Publisher<JsonEvent> streamAsync(String body) {
        return streamAsync(body, CallOptions.NONE);
    }

    /** The same, with wishes for this call. */
    public Flow.Publisher<JsonEvent> streamAsync(String body, CallOptions options) {
        Request request = parsed(body, true);
        admitted(request, options);
        return new AnswerPublisher<>(
                engine, (loop, receiver) -> make(request, options, loop, receiver));
    }

    /**
     * Asks, and waits for the whole answer; otherwise as {@link Router#complete}.
     *
     * @return a JSON object
     */
    public String complete(String body) {
        return complete(body, CallOptions.NONE);
    }

    /** The same, with wishes for this call. */
    public String complete(String body, CallOptions options) {
        return document(asked(body, options).await());
    }

    /** Asks for the whole answer; otherwise as {@link Router#completeAsync}. */
    public CompletableFuture<String> completeAsync(String body) {
        return completeAsync(body, CallOptions.NONE);
    }

    /** The same, with wishes for this call. */
    public CompletableFuture<String> completeAsync(String body, CallOptions options) {
        return asked(body, options).future(JsonRouter::document);
    }

    private Whole<JsonEvent> asked(String body, CallOptions options) {
        Request request = parsed(body, false);
        Whole<JsonEvent> whole = new Whole<>();
        whole.begin(make(request, options, engine.loop(), whole));
        return whole;
    }

    private static String document(Whole.Told<JsonEvent> told) {
        return Objects.requireNonNull(told.last()).data();
    }

    // ---------------------------------------------------------------------------------- machinery

    private Request parsed(String body, boolean stream) {
        engine.mayAsk();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try {
            return possible(protocol.parse(streamed(bytes, stream)));
        } catch (InvalidRequest invalid) {
            throw new InvalidRequestException(invalid);
        }
    }

    /** What a conversation may hold its protocol has checked. */
    private static Request possible(Request request) {
        List<String> excesses = request.excesses();
        if (!excesses.isEmpty()) {
            throw new InvalidRequestException(excesses);
        }
        return request;
    }

    /** What is no object is left for the protocol to refuse. */
    private static byte[] streamed(byte[] body, boolean stream) {
        try {
            JsonSplice splice = JsonSplice.of(body);
            return stream
                    ? splice.set("stream", "true").bytes()
                    : splice.has("stream") ? splice.remove("stream").bytes() : body;
        } catch (JacksonException | IllegalArgumentException notAnObject) {
            return body;
        }
    }

    private Admission.Admitted admitted(Request request, CallOptions options) {
        engine.mayAsk();
        try {
            return Admission.of(engine.routing, protocol, request, name -> null, options.wishes())
                    .plan();
        } catch (InvalidRequest invalid) {
            throw new InvalidRequestException(invalid);
        }
    }

    private Call make(
            Request request, CallOptions options, SerialLoop loop, Receiver<JsonEvent> receiver) {
        AnswerEncoder encoder =
                protocol.encoder(request, Identifiers::fresh, Instant.now().getEpochSecond());
        return engine.call(
                request,
                admitted(request, options),
                options,
                loop,
                hooks -> new JsonRecipient(request, encoder, receiver, hooks));
    }
}
