package dev.midstream.protocol.responses;

import dev.midstream.json.EventPattern;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.ProviderError;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.Target;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.FrameSink;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.responses.OutputItem.Piece;
import dev.midstream.sse.SseListener;
import dev.midstream.sse.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decodes a streamed response: an event becomes a frame in its own bytes. The {@code type} inside
 * the JSON counts, for the {@code event:} line may be missing; only {@code event: error} counts
 * besides.
 *
 * <p>An event that announces something and says nothing yet (an item, a part), or that repeats what
 * was said, is a sign of life with extras: it may go to a client of the same protocol. What an
 * event shows to have been lost comes before it in a frame without bytes. A server that answers
 * with one JSON body instead of a stream is understood too.
 *
 * <p>An event that is not JSON is skipped, unless the number of the next one tells that it was one
 * of the stream's.
 *
 * <p><b>Failure</b>: nothing follows after {@code Terminated} or {@code Failed}.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class ResponsesStreamDecoder implements StreamDecoder, SseListener {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final int[] NO_CUTS = {};
    private static final StreamEvent PINGED = new StreamEvent.Pinged();
    private static final FrameSink NOWHERE = frame -> {};

    private final Target target;
    private final EventReader event = new EventReader();
    private final ResponseEvents answer;
    private final EventPattern pattern = new EventPattern("sequence_number", "delta");
    private SseParser sse = new SseParser();
    private FrameSink sink = NOWHERE;
    private @Nullable StreamDecoder plain;
    private @Nullable Piece growing;
    private long position = -1;
    private long known = -1;
    private boolean started;
    private boolean malformed;
    private boolean ended;
    private boolean over;

    ResponsesStreamDecoder(Target target) {
        this.target = target;
        this.answer = new ResponseEvents(target);
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, FrameSink to) {
        if (!started) {
            start(bytes, offset, length);
        }
        if (plain != null) {
            plain.feed(bytes, offset, length, to);
        } else if (!over && !ended) {
            sink = to;
            sse.feed(bytes, offset, length, this);
            sink = NOWHERE;
        }
    }

    /** No line of a stream begins like a JSON or HTML document. */
    private void start(byte[] bytes, int offset, int length) {
        for (int at = offset; at < offset + length && !started; at++) {
            switch (bytes[at]) {
                case ' ', '\n', '\r', '\t' -> {}
                case '{', '[', '<' -> {
                    started = true;
                    plain = new ResponsesPlainDecoder(target);
                }
                default -> started = true;
            }
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void reconnected() {
        sse = new SseParser();
        known = position;
        pattern.forget();
        malformed = false;
        ended = false;
    }

    @Override
    public void event(String name, byte[] bytes, int offset, int length) {
        if (over || ended) {
            return;
        }
        if (sse.multiLine()) {
            oneLine(name, Arrays.copyOfRange(bytes, offset, offset + length));
        } else {
            read(name, bytes, offset, length);
        }
    }

    /**
     * Between the tokens of a JSON text a blank is as good as a line feed, and inside them there is
     * none.
     */
    private void oneLine(String name, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' ? (byte) ' ' : bytes[i];
        }
        read(name, bytes, 0, bytes.length);
    }

    private void read(String name, byte[] bytes, int offset, int length) {
        if (isDone(bytes, offset, length)) {
            ended = true;
            return;
        }
        boolean usual = !name.equals("error") && !malformed && known < 0;
        Delta delta = usual ? pattern.match(bytes, offset, length) : null;
        Piece text = growing;
        if (delta != null && text != null) {
            position = Math.max(position, pattern.counter());
            text.add(delta.text());
            sink.frame(Frame.of(ResponsesProtocol.NAME, delta, bytes, offset, length));
            return;
        }
        Delta alone = parsed(name, bytes, offset, length);
        growing = answer.growing();
        if (alone == null || growing != text) {
            pattern.forget();
        }
        if (alone != null) {
            pattern.learn(bytes, offset, length, alone, event.sequence);
        }
    }

    /** Parses an event and hands it on; gives the delta if the event says nothing else. */
    private @Nullable Delta parsed(String name, byte[] bytes, int offset, int length) {
        boolean json = event.read(bytes, offset, length);
        if (name.equals("error") || json && (event.type.equals("error") || event.hasError)) {
            refused(bytes, offset, length);
        } else if (!json) {
            malformed(length);
        } else if (event.sequence >= 0 && event.sequence <= known) {
            alive();
        } else if (mayHaveLost() && event.sequence > position + 1) {
            garbled("An event of the upstream's answer was lost");
        } else {
            return take(bytes, offset, length);
        }
        return null;
    }

    /** Whether what comes next tells by its number what was missed. */
    private boolean mayHaveLost() {
        boolean justReconnected = position == known;
        return position >= 0 && (malformed || justReconnected);
    }

    private static boolean isDone(byte[] bytes, int offset, int length) {
        return length >= DONE.length
                && bytes[offset] == '['
                && Arrays.equals(bytes, offset, offset + DONE.length, DONE, 0, DONE.length);
    }

    private @Nullable Delta take(byte[] bytes, int offset, int length) {
        malformed = false;
        position = Math.max(position, event.sequence);
        answer.take(event);
        if (!answer.restored().isEmpty()) {
            sink.frame(Frame.synthetic(answer.restored()));
        }
        List<StreamEvent> said = answer.events();
        StreamEvent last = said.getLast();
        over = last instanceof StreamEvent.Terminated || last instanceof StreamEvent.Failed;
        boolean ours = last instanceof StreamEvent.Failed || last instanceof StreamEvent.Malformed;
        if (ours || !answer.faithful(event)) {
            sink.frame(Frame.synthetic(said));
        } else if (said.size() == 1 && !answer.extras()) {
            sink.frame(Frame.of(ResponsesProtocol.NAME, last, bytes, offset, length));
            return last instanceof Delta delta && answer.restored().isEmpty() ? delta : null;
        } else {
            boolean extras = answer.extras();
            sink.frame(
                    Frame.of(ResponsesProtocol.NAME, said, bytes, offset, length, NO_CUTS, extras));
        }
        return null;
    }

    private void malformed(int length) {
        if (malformed) {
            garbled("Two events in a row are not JSON objects");
            return;
        }
        malformed = true;
        answer.torn();
        say(new StreamEvent.Malformed("An event of " + length + " bytes is not a JSON object"));
    }

    @Override
    public void alive() {
        if (!over && !ended) {
            say(PINGED);
        }
    }

    @Override
    public void errorField(byte[] bytes, int offset, int length) {
        if (!over && !ended) {
            refused(bytes, offset, length);
        }
    }

    @Override
    public void tooLong(int limit) {
        if (!over && !ended) {
            garbled("The upstream sent an event of more than " + limit + " bytes");
        }
    }

    @Override
    public void end(FrameSink to) {
        if (plain != null) {
            plain.end(to);
            return;
        }
        if (over || ended) {
            return;
        }
        sink = to;
        rest(sse.rest());
        if (!over && malformed) {
            garbled("The upstream's stream ended in an event that is not valid");
        }
        ended = true;
        sink = NOWHERE;
    }

    /**
     * What stands behind the last event: an error's text, or the beginning of an event that never
     * came.
     */
    private void rest(byte[] rest) {
        String text = new String(rest, StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || "{[<".indexOf(text.charAt(0)) < 0) {
            return;
        }
        JsonNode tree = JsonTree.read(rest);
        JsonNode object = tree.isArray() ? tree.path(0) : tree;
        boolean error =
                !JsonTree.isNothing(object.path("error"))
                        || object.isObject() && !object.path("type").isString()
                        || JsonTree.text(object, "type").equals("error");
        if (text.startsWith("<") || error) {
            refused(rest, 0, rest.length);
        }
    }

    private void refused(byte[] bytes, int offset, int length) {
        ProviderError error = ErrorReader.inBand(bytes, offset, length);
        if (error == null) {
            String words = new String(bytes, offset, length, StandardCharsets.UTF_8);
            error = ErrorReader.words(0, words);
        }
        fail(new Failure.Refused(error, true));
    }

    private void garbled(String message) {
        fail(new Failure.Garbled(message));
    }

    private void fail(Failure failure) {
        over = true;
        say(new StreamEvent.Failed(failure));
    }

    private void say(StreamEvent said) {
        sink.frame(Frame.synthetic(List.of(said)));
    }
}
