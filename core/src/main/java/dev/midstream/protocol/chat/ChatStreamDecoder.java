package dev.midstream.protocol.chat;

import dev.midstream.json.EventPattern;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.ProviderError;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.FrameSink;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.sse.SseListener;
import dev.midstream.sse.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a chat stream: an event becomes a frame. After {@code [DONE]} or a failure nothing more
 * is read.
 *
 * <p>What counts as an error inside a stream that began with 200: a member {@code error} at the
 * top, in a choice or in {@code x_groq}; a finish reason that means one; an event named {@code
 * error}; an SSE field named {@code error}; JSON or a page glued behind the last event. A server
 * that answers with one JSON body instead of a stream is understood too.
 */
final class ChatStreamDecoder implements StreamDecoder, SseListener {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final StreamEvent PINGED = new StreamEvent.Pinged();
    private static final FrameSink NOWHERE = frame -> {};

    private final SseParser parser = new SseParser();
    private final ChunkReader reader = new ChunkReader("delta");
    private final Chunk chunk = new Chunk();
    private final ChunkEvents events = new ChunkEvents(false);
    private final EventPattern pattern =
            new EventPattern(
                    null, "content", "reasoning_content", "reasoning", "arguments", "refusal");
    private FrameSink sink = NOWHERE;
    private @Nullable StreamDecoder plain;
    private boolean started;
    private boolean over;
    private boolean malformed;

    @Override
    public void feed(byte[] bytes, int offset, int length, FrameSink to) {
        if (!started) {
            start(bytes, offset, length);
        }
        if (plain != null) {
            plain.feed(bytes, offset, length, to);
        } else if (!over) {
            sink = to;
            parser.feed(bytes, offset, length, this);
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
                    plain = new ChatBodyDecoder();
                }
                default -> started = true;
            }
        }
    }

    @Override
    public void event(String name, byte[] bytes, int offset, int length) {
        if (over) {
            return;
        }
        if (startsWithDone(bytes, offset, length)) {
            over = true;
            sink.frame(Frame.synthetic(List.of(new StreamEvent.Terminated())));
        } else if (name.equals("error")) {
            refused(bytes, offset, length);
        } else if (parser.multiLine()) {
            byte[] oneLine = oneLine(bytes, offset, length);
            chunk(oneLine, 0, length);
        } else {
            chunk(bytes, offset, length);
        }
    }

    /**
     * Between the tokens of a JSON text a blank is as good as a line feed, and inside them there is
     * none.
     */
    private static byte[] oneLine(byte[] bytes, int offset, int length) {
        byte[] line = Arrays.copyOfRange(bytes, offset, offset + length);
        for (int i = 0; i < length; i++) {
            line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
        }
        return line;
    }

    private static boolean startsWithDone(byte[] bytes, int offset, int length) {
        return length >= DONE.length
                && Arrays.equals(bytes, offset, offset + DONE.length, DONE, 0, DONE.length);
    }

    private void chunk(byte[] bytes, int offset, int length) {
        Delta delta = pattern.match(bytes, offset, length);
        if (delta != null) {
            sink.frame(Frame.of(ChatProtocol.NAME, delta, bytes, offset, length));
            return;
        }
        Delta alone = parsed(bytes, offset, length);
        if (alone == null) {
            pattern.forget();
        } else {
            pattern.learn(bytes, offset, length, alone, -1);
        }
    }

    /** Parses a chunk and hands it on; gives the delta if the chunk says nothing else. */
    private @Nullable Delta parsed(byte[] bytes, int offset, int length) {
        if (!reader.read(bytes, offset, length, !events.opened(), chunk)) {
            malformed(length);
            return null;
        }
        if (chunk.error) {
            before(bytes, offset, length);
            return null;
        }
        malformed = false;
        events.take(chunk);
        if (events.failure() != null) {
            fail(events.events(), events.failure());
        } else if (!events.verbatim() || onlyUsageBesideChoices()) {
            sink.frame(Frame.synthetic(events.events()));
        } else {
            return verbatim(bytes, offset, length);
        }
        return null;
    }

    private boolean onlyUsageBesideChoices() {
        return chunk.usage != null && chunk.choices() > 0 && events.events().size() == 1;
    }

    private @Nullable Delta verbatim(byte[] bytes, int offset, int length) {
        List<StreamEvent> meant = events.events();
        int[] cuts = events.cuts();
        boolean cutUsage = chunk.usage != null && chunk.choices() > 0;
        if (cutUsage || chunk.emptyError) {
            cuts = MemberCuts.joined(cuts, MemberCuts.of(bytes, offset, length, cutUsage));
        }
        if (meant.size() == 1 && cuts.length == 0 && !chunk.extras) {
            StreamEvent only = meant.get(0);
            sink.frame(Frame.of(ChatProtocol.NAME, only, bytes, offset, length));
            return only instanceof Delta delta ? delta : null;
        }
        sink.frame(frame(meant, bytes, offset, length, cuts));
        return null;
    }

    private Frame frame(List<StreamEvent> meant, byte[] bytes, int offset, int length, int[] cuts) {
        return Frame.of(ChatProtocol.NAME, meant, bytes, offset, length, cuts, chunk.extras);
    }

    /** An error may come in a chunk that also says something: that was said before it. */
    private void before(byte[] bytes, int offset, int length) {
        for (int i = 0; i < chunk.choices(); i++) {
            chunk.choice(i).finish = null;
        }
        List<StreamEvent> said = List.of();
        if (chunk.choices() > 0) {
            events.take(chunk);
            said = events.events();
        }
        fail(said, new Failure.Refused(error(bytes, offset, length), true));
    }

    private static ProviderError error(byte[] bytes, int offset, int length) {
        ProviderError error = ErrorReader.inBand(bytes, offset, length);
        return error != null
                ? error
                : ErrorReader.words(0, new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    private void refused(byte[] bytes, int offset, int length) {
        fail(List.of(), new Failure.Refused(error(bytes, offset, length), true));
    }

    /** What was said is a frame of its own: whoever stops at the failure has it by then. */
    private void fail(List<StreamEvent> said, Failure failure) {
        over = true;
        List<StreamEvent> kept = new ArrayList<>(said);
        kept.removeIf(event -> event instanceof StreamEvent.Pinged);
        if (!kept.isEmpty()) {
            sink.frame(Frame.synthetic(kept));
        }
        sink.frame(Frame.synthetic(List.of(new StreamEvent.Failed(failure))));
    }

    private void malformed(int length) {
        if (malformed) {
            fail(List.of(), new Failure.Garbled("Two events in a row are not JSON objects"));
            return;
        }
        malformed = true;
        String detail = "An event of " + length + " bytes is not a JSON object";
        sink.frame(Frame.synthetic(List.of(new StreamEvent.Malformed(detail))));
    }

    @Override
    public void alive() {
        if (!over) {
            sink.frame(Frame.synthetic(List.of(PINGED)));
        }
    }

    @Override
    public void errorField(byte[] bytes, int offset, int length) {
        if (!over) {
            refused(bytes, offset, length);
        }
    }

    @Override
    public void tooLong(int limit) {
        if (!over) {
            fail(List.of(), new Failure.Garbled("An event is longer than " + limit + " bytes"));
        }
    }

    @Override
    public void end(FrameSink to) {
        if (plain != null) {
            plain.end(to);
            return;
        }
        sink = to;
        if (!over && !events.complete()) {
            rest(parser.rest());
        }
        if (!over && malformed && !events.complete()) {
            fail(List.of(), new Failure.Garbled("The last event is not a JSON object"));
        }
        over = true;
        sink = NOWHERE;
    }

    /**
     * What stands behind the last event: an error's text, or the beginning of an event that never
     * came.
     */
    private void rest(byte[] rest) {
        String text = new String(rest, StandardCharsets.UTF_8).strip();
        boolean page = text.startsWith("<");
        boolean list = text.startsWith("[") && text.contains("\"error\"");
        boolean object =
                text.startsWith("{")
                        && reader.read(rest, 0, rest.length, false, chunk)
                        && (chunk.error || !chunk.hasChoices);
        if (page || list || object) {
            refused(rest, 0, rest.length);
        }
    }
}
