package dev.midstream.driver;

import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.Held;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Target;
import dev.midstream.protocol.FrameSink;
import dev.midstream.protocol.RequestIds;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.relay.Step;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An attempt over the wire: encodes the draft, sends it in the deployment's name, and reads what
 * comes back.
 */
final class UpstreamAttempt implements Attempt, UpstreamListener {

    /**
     * How long an upstream may take over the body of an error, and over closing a stream that has
     * said all.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final byte[] NO_BODY = {};

    private final Step.Start start;
    private final Equipment equipment;
    private final Loop loop;
    private final Listener listener;
    private final FrameSink frames;
    private final @Nullable UpstreamProtocol protocol;
    private final @Nullable StreamDecoder continued;
    private @Nullable Encoding encoding;
    private @Nullable Exchange call;
    private @Nullable StreamDecoder decoder;
    private @Nullable ErrorBody errorBody;
    private Loop.@Nullable Alarm errorLimit;
    private Redaction redaction = Redaction.NONE;
    private byte[] body = {};
    private boolean renewed;
    private int status;
    private Function<String, @Nullable String> header = name -> null;
    private boolean reading = true;
    private boolean over;

    /**
     * @param interrupted the attempt whose answer this one goes on with, where the draft resumes
     */
    UpstreamAttempt(
            Step.Start start,
            Equipment equipment,
            Loop loop,
            Listener listener,
            @Nullable UpstreamAttempt interrupted) {
        this.start = start;
        this.continued = interrupted == null ? null : interrupted.decoder;
        this.equipment = equipment;
        this.loop = loop;
        this.listener = listener;
        this.frames = frame -> listener.frame(start.attempt(), redaction.of(frame));
        this.protocol = equipment.protocols().get(start.face().protocol());
    }

    @Override
    public int number() {
        return start.attempt();
    }

    @Override
    public void begin() {
        String unusable = start.deployment().unusable();
        if (unusable != null) {
            endLater(new Failure.Unusable(501, unusable));
        } else if (protocol == null) {
            endLater(new Failure.Unusable(501, "Nothing here speaks " + target().protocol()));
        } else if (start.draft().resumed() != null) {
            loop.execute(this::resume);
        } else {
            Encoding running =
                    new Encoding(
                            start, protocol, equipment, loop, this::encoded, this::endUnlessOver);
            encoding = running;
            running.begin();
        }
    }

    @Override
    public void cancel() {
        over = true;
        if (encoding != null) {
            encoding.cancel();
        }
        clearErrorLimit();
        if (call != null) {
            call.cancel();
        }
    }

    @Override
    public void letEnd() {
        over = true;
        clearErrorLimit();
        if (call != null) {
            call.endWithin(PATIENCE);
        }
    }

    @Override
    public void reading(boolean wanted) {
        reading = wanted;
        if (call != null) {
            call.reading(wanted);
        }
    }

    // ------------------------------------------------------------------------------ on its way

    private void resume() {
        if (over) {
            return;
        }
        if (continued == null || continued.position() < 0) {
            end(new Failure.Internal("There is nothing to go on from"));
        } else {
            authorize();
        }
    }

    private void encoded(byte[] encoded) {
        body = encoded;
        if (!over) {
            authorize();
        }
    }

    private void authorize() {
        Identity.find(endpoint(), target().id(), equipment, loop, this::send, this::endUnlessOver);
    }

    private void send(Identity identity) {
        if (over) {
            return;
        }
        Draft draft = start.draft();
        redaction = identity.redaction();
        Map<String, String> headers =
                identity.headers(
                        endpoint(),
                        draft.stream() ? "text/event-stream, application/json" : "application/json",
                        equipment.userAgent(),
                        protocol == null ? Map.of() : protocol.headers(draft, target()));
        call = loop.send(request(headers), this);
        call.reading(reading);
    }

    private UpstreamRequest request(Map<String, String> headers) {
        Held resumed = start.draft().resumed();
        Duration connect = start.clocks().connect();
        if (resumed != null && continued != null) {
            String from = "stream=true&starting_after=" + continued.position();
            URI uri = endpoint().below("/" + Segment.of(resumed.id()), from);
            return new UpstreamRequest("GET", uri, headers, NO_BODY, connect, endpoint().passage());
        }
        URI uri = start.draft().stream() ? endpoint().stream() : endpoint().plain();
        return new UpstreamRequest("POST", uri, headers, body, connect, endpoint().passage());
    }

    // -------------------------------------------------------------------------------- coming in

    @Override
    public void head(int status, Function<String, @Nullable String> header) {
        guarded(() -> begun(status, header));
    }

    private void begun(int status, Function<String, @Nullable String> header) {
        this.status = status;
        this.header = header;
        Failure odd = OddStatus.failure(status);
        if (odd != null) {
            giveUp(odd);
            return;
        }
        if (status == 200) {
            answering(header);
            return;
        }
        errorBody = new ErrorBody();
        errorLimit = loop.after(PATIENCE.toNanos(), () -> guarded(this::refused));
    }

    private void answering(Function<String, @Nullable String> header) {
        String type = String.valueOf(header.apply("content-type")).toLowerCase(Locale.ROOT);
        if (protocol == null || type.contains("html")) {
            giveUp(new Failure.Garbled("The upstream answered with " + type));
            return;
        }
        String coding = header.apply("content-encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            giveUp(
                    new Failure.Garbled(
                            "The upstream compressed its answer, unasked, as " + coding));
            return;
        }
        boolean events =
                type.contains("event-stream") || start.draft().stream() && !type.contains("json");
        if (continued != null) {
            goOn(continued, events);
            return;
        }
        decoder = events ? protocol.streamDecoder(target()) : protocol.plainDecoder(target());
        listener.answering(number(), requestId());
    }

    private void goOn(StreamDecoder interrupted, boolean events) {
        if (!events) {
            giveUp(new Failure.Garbled("The upstream did not go on with its stream"));
            return;
        }
        interrupted.reconnected();
        decoder = interrupted;
        listener.answering(number(), requestId());
    }

    private @Nullable String requestId() {
        String id = RequestIds.in(header);
        return id == null ? null : redaction.masked(id);
    }

    @Override
    public void bytes(byte[] bytes, int offset, int length) {
        if (over) {
            return;
        }
        try {
            read(bytes, offset, length);
        } catch (RuntimeException bug) {
            broken(bug);
        }
    }

    private void read(byte[] bytes, int offset, int length) {
        if (errorBody != null) {
            if (!errorBody.take(bytes, offset, length)) {
                refused();
            }
        } else if (decoder != null) {
            decoder.feed(bytes, offset, length, frames);
        }
    }

    @Override
    public void ended(@Nullable Failure failure, @Nullable Throwable thrown) {
        guarded(() -> finished(failure, thrown));
    }

    private void finished(@Nullable Failure failure, @Nullable Throwable thrown) {
        if (errorBody != null) {
            refused();
            return;
        }
        if (decoder != null) {
            decoder.end(failure == null ? frames : this::unlessGarbled);
        }
        if (!over) {
            end(failure, thrown);
        }
    }

    /** Of an answer that broke off the rest is no nonsense, but the beginning of something. */
    private void unlessGarbled(Frame frame) {
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof StreamEvent.Failed failed
                    && failed.failure() instanceof Failure.Garbled) {
                return;
            }
        }
        frames.frame(frame);
    }

    private void refused() {
        ErrorBody words = errorBody;
        if (words == null || protocol == null) {
            return;
        }
        if (status == 401 && endpoint().credential() instanceof Credential.GoogleToken google) {
            equipment.tokens().refused(google);
            if (!renewed) {
                renewed = true;
                askAgain();
                return;
            }
        }
        giveUp(new Failure.Refused(protocol.error(status, header, words.bytes()), false));
    }

    /** The same request once more, in the name of a token that is fetched anew. */
    private void askAgain() {
        closeCall();
        clearErrorLimit();
        errorBody = null;
        authorize();
    }

    /** Runs what the wire sets off; a bug in it is ours and not the upstream's. */
    private void guarded(Runnable input) {
        if (over) {
            return;
        }
        try {
            input.run();
        } catch (RuntimeException | Error bug) {
            broken(bug);
        }
    }

    private void broken(Throwable bug) {
        String whose = start.deployment().id();
        equipment.journal().bug("what " + whose + " sent could not be read", bug);
        if (!over) {
            giveUp(new Failure.Internal("Midstream failed to read the upstream's answer"));
        }
    }

    // ----------------------------------------------------------------------------------- the end

    /** Ends an attempt whose upstream may still be sending. */
    private void giveUp(Failure failure) {
        closeCall();
        end(failure);
    }

    private void closeCall() {
        if (call != null) {
            call.endWithin(Duration.ZERO);
        }
    }

    private void end(Failure failure) {
        end(failure, null);
    }

    private void end(@Nullable Failure failure, @Nullable Throwable thrown) {
        over = true;
        clearErrorLimit();
        listener.ended(number(), failure == null ? null : redaction.of(failure), thrown);
    }

    private void endLater(Failure failure) {
        loop.execute(() -> endUnlessOver(failure));
    }

    private void endUnlessOver(Failure failure) {
        if (!over) {
            end(failure);
        }
    }

    private void clearErrorLimit() {
        if (errorLimit != null) {
            errorLimit.cancel();
            errorLimit = null;
        }
    }

    private Target target() {
        return start.face().target();
    }

    private Endpoint endpoint() {
        return start.face().endpoint();
    }
}
