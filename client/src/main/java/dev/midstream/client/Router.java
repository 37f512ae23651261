package dev.midstream.client;

import dev.midstream.admission.Admission;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.protocol.InvalidRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Asks language models, and goes on elsewhere where the one that is answering breaks off.
 *
 * <pre>{@code
 * try (Router router = Router.from(Path.of("config.yaml"));
 *         EventStream stream = router.stream(Request.to("chat").user("Tell me a story").build())) {
 *     stream.texts().forEach(System.out::print);
 * }
 * }</pre>
 *
 * <p>Blocking and asynchronous calls are the same engine; what they throw, tell and do is the same.
 * A request is checked before anything is sent: what cannot be served is an {@link
 * InvalidRequestException} of the method that was called.
 *
 * <p><b>Thread-safety</b>: thread-safe; one for an application.
 */
public final class Router implements AutoCloseable {

    private final Engine engine;

    Router(RouterParts parts) {
        this(new Engine(parts));
    }

    Router(Engine engine) {
        this.engine = engine;
    }

    /**
     * A router of a LiteLLM {@code config.yaml}, read with the environment of this process.
     *
     * @throws InvalidConfigurationException with everything that is wrong with it
     */
    public static Router from(Path config) {
        return builder().config(config).build();
    }

    /** Describes a router in code, or over a file. */
    public static RouterBuilder builder() {
        return new RouterBuilder();
    }

    // ----------------------------------------------------------------------- the canonical model

    /**
     * Asks, and gives the answer as it comes. Returns at once: what goes wrong upstream is thrown
     * where the answer is taken.
     *
     * @throws InvalidRequestException if the request cannot be served; nothing was sent
     * @throws RouterClosedException if the router is closed
     */
    public EventStream stream(Request request) {
        return stream(request, CallOptions.NONE);
    }

    /** The same, with wishes for this call. */
    public EventStream stream(Request request, CallOptions options) {
        SerialLoop loop = engine.loop();
        Mailbox<StreamEvent> mailbox = new Mailbox<>(loop::execute);
        Call call = make(request.streamed(true), options, loop, mailbox);
        call.begin();
        return new EventStream(mailbox, call);
    }

    /**
     * Asks for each subscriber, when it first wants something, and gives the answer as it comes: no
     * more than is wanted, and what nobody wants is not read from the upstream either. Cancelling
     * cancels the upstream.
     *
     * @throws InvalidRequestException if the request cannot be served; nothing was sent
     * @throws RouterClosedException if the router is closed
     */
    public Flow.Publisher<StreamEvent> streamAsync(Request request) {
        return streamAsync(request, CallOptions.NONE);
    }

    /** The same, with wishes for this call. */
    public Flow.Publisher<StreamEvent> streamAsync(Request request, CallOptions options) {
        Request streamed = request.streamed(true);
        admitted(streamed, options);
        return new AnswerPublisher<>(
                engine, (loop, receiver) -> make(streamed, options, loop, receiver));
    }

    /**
     * Asks, and waits for the whole answer. By default it runs upstream as a stream, and survives a
     * break as one does.
     *
     * @throws InvalidRequestException if the request cannot be served; nothing was sent
     * @throws AnswerFailedException if the answer could not be completed
     * @throws CancelledException if the thread is interrupted
     * @throws RouterClosedException if the router is closed, or is being closed meanwhile
     */
    public Answer complete(Request request) {
        return complete(request, CallOptions.NONE);
    }

    /** The same, with wishes for this call. */
    public Answer complete(Request request, CallOptions options) {
        return asked(request, options).await().answer();
    }

    /**
     * Asks for the whole answer. Cancelling the future, or completing it otherwise, cancels the
     * upstream.
     *
     * @return completes exceptionally with what {@link #complete} throws
     * @throws InvalidRequestException if the request cannot be served; nothing was sent
     * @throws RouterClosedException if the router is closed
     */
    public CompletableFuture<Answer> completeAsync(Request request) {
        return completeAsync(request, CallOptions.NONE);
    }

    /** The same, with wishes for this call. */
    public CompletableFuture<Answer> completeAsync(Request request, CallOptions options) {
        return asked(request, options).future(Whole.Told::answer);
    }

    private Whole<StreamEvent> asked(Request request, CallOptions options) {
        Whole<StreamEvent> whole = new Whole<>();
        whole.begin(make(request.streamed(false), options, engine.loop(), whole));
        return whole;
    }

    // ------------------------------------------------------------------- the protocols' own JSON

    /** Requests and answers in the JSON of OpenAI's Chat Completions. */
    public JsonRouter chat() {
        return new JsonRouter(engine, engine.protocols.chat);
    }

    /** Requests and answers in the JSON of Anthropic's Messages. */
    public JsonRouter messages() {
        return new JsonRouter(engine, engine.protocols.messages);
    }

    /** Requests and answers in the JSON of OpenAI's Responses. */
    public JsonRouter responses() {
        return new JsonRouter(engine, engine.protocols.responses);
    }

    /** Requests and answers in the JSON of OpenAI's Embeddings, which has no streams. */
    public JsonRouter embeddings() {
        return new JsonRouter(engine, engine.protocols.embeddings);
    }

    // -------------------------------------------------------------------------------- the router

    /** The names that can be asked for: model groups and aliases, in the order of configuration. */
    public List<String> models() {
        return engine.routing.fleet().names();
    }

    /** Calls that are being carried out. */
    public int activeCalls() {
        return engine.count();
    }

    /**
     * Ends all calls: whoever waits gets a {@link RouterClosedException}. Returns when no thread,
     * timer or connection of the router is left. Idempotent.
     */
    @Override
    public void close() {
        engine.close();
    }

    // ---------------------------------------------------------------------------------- machinery

    private Call make(
            Request request, CallOptions options, SerialLoop loop, Receiver<StreamEvent> receiver) {
        return engine.call(
                request,
                admitted(request, options),
                options,
                loop,
                hooks -> new EventRecipient(request, receiver, hooks));
    }

    private Admission.Admitted admitted(Request request, CallOptions options) {
        engine.mayAsk();
        List<String> problems = request.problems();
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems);
        }
        try {
            return Admission.of(engine.routing, request, options.wishes()).plan();
        } catch (InvalidRequest invalid) {
            throw new InvalidRequestException(invalid);
        }
    }
}
