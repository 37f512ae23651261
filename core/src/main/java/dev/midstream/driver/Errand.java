package dev.midstream.driver;

import dev.midstream.model.Failure;
import dev.midstream.routing.Face;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One small request beside the streams, and its whole answer: what a provider keeps, counts or is
 * to stop. Asked once, never retried.
 *
 * <p><b>Shape</b>: {@link #begin} once; then exactly one {@link Result}, never from within {@code
 * begin}, and none after {@link #cancel()}. Whoever is told an answer and throws is told a failure
 * instead.
 *
 * <p><b>Thread-safety</b>: {@code begin} and {@code cancel} may be called on any thread; results
 * are told on the loop or, where the body is large, off it.
 */
public final class Errand {

    /** What came of it. */
    public sealed interface Result {

        /**
         * The provider answered, well or not.
         *
         * @param header gives a response header by lower-case name, or null
         */
        record Answered(int status, Function<String, @Nullable String> header, byte[] body)
                implements Result {}

        /** No whole answer came. */
        record Failed(Failure failure) implements Result {}
    }

    /**
     * What is asked.
     *
     * @param headers what the protocol adds to the endpoint's own, by lower-case name
     */
    public record Order(
            Face face, String method, URI uri, Map<String, String> headers, byte[] body) {}

    private static final int MOST_BYTES = 32 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Equipment equipment;
    private final Loop loop;
    private final Order order;
    private final Consumer<Result> told;
    private final Inquiry inquiry;
    private Redaction redaction = Redaction.NONE;

    public Errand(Equipment equipment, Loop loop, Order order, Consumer<Result> told) {
        this.equipment = equipment;
        this.loop = loop;
        this.order = order;
        this.told = told;
        this.inquiry = new Inquiry(loop, LIMIT, MOST_BYTES, this::came);
    }

    public void begin() {
        loop.execute(this::ask);
    }

    private void ask() {
        if (inquiry.isOver()) {
            return;
        }
        inquiry.begin();
        Identity.find(
                order.face().endpoint(),
                order.face().target().id(),
                equipment,
                loop,
                this::send,
                inquiry::fail);
    }

    private void send(Identity identity) {
        redaction = identity.redaction();
        Map<String, String> headers =
                identity.headers(
                        order.face().endpoint(),
                        "application/json",
                        equipment.userAgent(),
                        order.headers());
        inquiry.send(
                new UpstreamRequest(
                        order.method(),
                        order.uri(),
                        headers,
                        order.body(),
                        CONNECT,
                        order.face().endpoint().passage()));
    }

    /** Nothing is told any more. */
    public void cancel() {
        loop.execute(inquiry::cancel);
    }

    private void came(Result result) {
        switch (result) {
            case Result.Failed failed ->
                    told.accept(new Result.Failed(redaction.of(failed.failure())));
            case Result.Answered whole when whole.body().length >= Equipment.LARGE_BODY ->
                    equipment.offLoop().execute(() -> answered(whole));
            case Result.Answered whole -> answered(whole);
        }
    }

    private void answered(Result.Answered whole) {
        byte[] words = whole.status() / 100 == 2 ? whole.body() : redaction.of(whole.body());
        try {
            told.accept(new Result.Answered(whole.status(), whole.header(), words));
        } catch (RuntimeException bug) {
            String whose = order.face().target().id();
            equipment.journal().bug("what " + whose + " answered could not be read", bug);
            told.accept(
                    new Result.Failed(
                            new Failure.Internal(
                                    "Midstream failed to read the upstream's answer")));
        }
    }
}
