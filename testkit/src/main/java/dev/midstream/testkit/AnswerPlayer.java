package dev.midstream.testkit;

import dev.midstream.testkit.Answer.Breaking;
import dev.midstream.testkit.Answer.Unit;
import dev.midstream.testkit.Delivery.Framing;
import dev.midstream.testkit.ExchangeEnd.Kind;
import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.Drop;
import dev.midstream.testkit.Step.Ending;
import dev.midstream.testkit.Step.Head;
import dev.midstream.testkit.Step.HttpError;
import dev.midstream.testkit.Step.InBandError;
import dev.midstream.testkit.Step.Opener;
import dev.midstream.testkit.Step.RawHead;
import dev.midstream.testkit.Step.Sent;
import dev.midstream.testkit.Step.Status;
import dev.midstream.testkit.Step.Torn;
import dev.midstream.testkit.Step.Wait;
import dev.midstream.testkit.Step.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays one answer to one client.
 *
 * <p>Not thread-safe; one thread plays it once.
 */
final class AnswerPlayer {

    private static final Delivery PLAIN =
            new Delivery(
                    Framing.CONTENT_LENGTH, Delivery.LineEnd.LF, false, new Delivery.PerEvent());

    /**
     * A reset throws away what the kernel has not sent, and it sends no more while too much is
     * unacknowledged; Linux acknowledges within 40 ms.
     */
    private static final Duration ACKNOWLEDGED = Duration.ofMillis(60);

    private final Dialect dialect;
    private final RecordedRequest request;
    private final Dialect.Ids ids;
    private final Answer answer;
    private final Script script;
    private final Memory memory;
    private final Peer peer;
    private final SseText text;
    private ResponseWriter writer;
    private int events;
    private long bytes;

    AnswerPlayer(
            Dialect dialect,
            RecordedRequest request,
            Dialect.Ids ids,
            Memory.Play play,
            Memory memory,
            Peer peer) {
        this.dialect = dialect;
        this.request = request;
        this.ids = ids;
        this.answer = play.answer();
        this.script = play.script();
        this.memory = memory;
        this.peer = peer;
        this.text = new SseText(answer.delivery());
        this.writer = new ResponseWriter(peer, answer.delivery());
    }

    /** Plays it to its end, or until the client has left. */
    ExchangeEnd play() {
        return new ExchangeEnd(outcome(), events, writer.bytes(), System.nanoTime());
    }

    /** Whether the next request may come on the same connection, after {@link Kind#ANSWERED}. */
    boolean keepsConnection() {
        return writer.delimited();
    }

    private Kind outcome() {
        try {
            return request.wantsStream() ? stream() : document();
        } catch (PeerLeft left) {
            return left.kind();
        } finally {
            script.leave();
        }
    }

    // ----------------------------------------------------------------------------------- stream

    private Kind stream() throws PeerLeft {
        Dialect.Encoder encoder = dialect.encoder(request, ids, answer.content());
        while (true) {
            switch (next()) {
                case Wait wait -> pause(wait);
                case Opener opener -> open(opener);
                case Drop(Ending how) -> {
                    return end(how);
                }
                case Ending ending -> {
                    return end(ending);
                }
                case Sent sent -> {
                    List<Frame> frames = frames(sent, encoder);
                    ObjectNode whole = encoder.whole();
                    if (whole != null) {
                        memory.keep(request, whole);
                    }
                    for (Frame frame : frames) {
                        Breaking broken = emit(frame);
                        if (broken != null) {
                            return end(broken.ending());
                        }
                    }
                }
            }
        }
    }

    private Step next() throws PeerLeft {
        Step step = script.next();
        while (step == null) {
            writer.flush();
            peer.await(script.due());
            step = script.next();
        }
        return step;
    }

    /** Bytes that belong together, and whether they count as an event. */
    private record Frame(byte[] bytes, boolean counts) {}

    private List<Frame> frames(Sent step, Dialect.Encoder encoder) {
        List<Frame> frames = new ArrayList<>();
        switch (step) {
            case Torn(Sent of, Step.Tear where) -> {
                frames.addAll(frames(of, encoder));
                frames.add(new Frame(text.torn(frames.removeLast().bytes(), where), false));
            }
            case Wire wire -> frames.add(new Frame(text.bytes(wire), !(wire instanceof Step.Raw)));
            case Content content -> {
                for (Wire wire : encoder.encode(content)) {
                    frames.add(new Frame(text.bytes(wire), true));
                }
            }
        }
        return frames;
    }

    /** Sends it, as far as the answer does not break; returns the break if it is due. */
    private @Nullable Breaking emit(Frame frame) throws PeerLeft {
        begin();
        Breaking breaking = answer.breaking();
        if (breaking != null && due(breaking)) {
            return breaking;
        }
        int length = frame.bytes().length;
        if (breaking != null && breaking.unit() == Unit.BYTES) {
            length = (int) Math.min(length, breaking.after() - bytes);
        }
        peer.check();
        writer.body(frame.bytes(), length);
        bytes += length;
        if (frame.counts() && length == frame.bytes().length) {
            events++;
        }
        return breaking != null && due(breaking) ? breaking : null;
    }

    private boolean due(Breaking breaking) {
        return switch (breaking.unit()) {
            case EVENTS -> events >= breaking.after();
            case BYTES -> bytes >= breaking.after();
        };
    }

    private void pause(Wait wait) throws PeerLeft {
        writer.flush();
        switch (wait) {
            case Step.Pause(var time) -> peer.pause(time);
            case Step.AwaitRelease(Gate gate) -> peer.await(gate.arrive());
        }
    }

    // ------------------------------------------------------------------------------------- head

    private void open(Opener opener) throws PeerLeft {
        switch (opener) {
            case Head(int status, Map<String, String> headers) ->
                    writer.head(status, streamHeaders(headers));
            case RawHead(String head) -> writer.rawHead(head);
        }
    }

    private void begin() throws PeerLeft {
        if (!writer.begun()) {
            open(new Head());
        }
    }

    private Map<String, String> streamHeaders(Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("content-type", "text/event-stream; charset=utf-8");
        headers.put("cache-control", "no-cache");
        switch (answer.delivery().framing()) {
            case CHUNKED -> headers.put("transfer-encoding", "chunked");
            case CONTENT_LENGTH -> headers.put("content-length", Long.toString(promised()));
            case UNTIL_CLOSE -> headers.put("connection", "close");
        }
        headers.putAll(dialect.headers(ids));
        headers.putAll(more);
        return headers;
    }

    /** The length of the whole stream, and more than that if the script breaks off at its end. */
    private long promised() {
        Dialect.Encoder encoder = dialect.encoder(request, ids, answer.content());
        long length = 0;
        for (Step step : answer.steps()) {
            if (step instanceof Sent sent) {
                for (Frame frame : frames(sent, encoder)) {
                    length += frame.bytes().length;
                }
            }
        }
        Step last = answer.steps().getLast();
        return last instanceof Ending && !(last instanceof Step.CleanEnd) ? length + 1 : length;
    }

    // ------------------------------------------------------------------------------------- ends

    private Kind end(Ending ending) throws PeerLeft {
        script.leave();
        return switch (ending) {
            case Step.Cut ignored -> {
                writer.flush();
                if (writer.begun()) {
                    peer.pause(ACKNOWLEDGED);
                }
                peer.reset();
                yield Kind.BROKEN;
            }
            case Step.Close ignored -> {
                writer.flush();
                peer.close();
                yield Kind.BROKEN;
            }
            case Step.CleanEnd ignored -> {
                begin();
                writer.end();
                yield Kind.ANSWERED;
            }
            case Step.Stall ignored -> {
                writer.flush();
                throw peer.awaitLeaving();
            }
            case Step.Endless(byte[] repeated) -> {
                begin();
                while (true) {
                    writer.body(repeated, repeated.length);
                    writer.flush();
                }
            }
            case Status(int code, Map<String, String> headers, String body) ->
                    respond(code, headers, body);
            case Step.Rejected(Rejection error, var headers) ->
                    end(error.asStatus(dialect, headers));
            case HttpError error ->
                    respond(
                            error.status(),
                            error.headers(),
                            Json.write(dialect.envelope(error, ids)));
        };
    }

    // --------------------------------------------------------------------------------- document

    private Kind document() throws PeerLeft {
        int status = 200;
        Map<String, String> headers = Map.of();
        for (Step step : answer.steps()) {
            switch (step) {
                case Wait wait -> pause(wait);
                case Head head -> {
                    status = head.status();
                    headers = head.headers();
                }
                case RawHead raw -> writer.rawHead(raw.text());
                case Drop(Ending how) -> {
                    return end(how);
                }
                case InBandError error -> {
                    return end(twin(error));
                }
                case Step.CleanEnd ignored -> {}
                case Ending ending -> {
                    return end(ending);
                }
                case Sent ignored -> {}
            }
        }
        if (answer.breaking() != null) {
            return end(answer.breaking().ending());
        }
        ObjectNode whole = dialect.document(request, ids, answer.content());
        memory.keep(request, whole);
        return respond(status, headers, Json.write(whole));
    }

    private static HttpError twin(InBandError error) {
        return new HttpError(error.status(), error.type(), error.message(), error.code(), Map.of());
    }

    private Kind respond(int status, Map<String, String> more, String body) throws PeerLeft {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("content-type", "application/json");
        headers.putAll(dialect.headers(ids));
        headers.putAll(more);
        headers.put("content-length", Integer.toString(content.length));
        writer = new ResponseWriter(peer, PLAIN);
        writer.head(status, headers);
        writer.body(content, content.length);
        return Kind.ANSWERED;
    }
}
