package dev.midstream.protocol.messages;

import dev.midstream.json.EventPattern;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.Json;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a streamed answer: one frame an event, in the event's own bytes.
 *
 * <p>The {@code type} inside the JSON counts, for the {@code event:} line may be missing; only
 * {@code event: error} counts besides. A frame's event name is that type. A body that is no event
 * stream at all is read at its end: an error in whatever envelope, a whole message from a server
 * that does not stream, or garbage.
 *
 * <p><b>Failure</b>: nothing follows after {@code Terminated} or {@code Failed}.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class MessagesStreamDecoder implements StreamDecoder, SseListener {

    private static final int[] NO_CUTS = {};
    private static final FrameSink NOWHERE = frame -> {};

    private final SseParser sse = new SseParser();
    private final EventReader event = new EventReader();
    private final AnswerEvents answer = new AnswerEvents();
    private final List<StreamEvent> said = new ArrayList<>();
    private final EventPattern pattern = new EventPattern(null, "text", "thinking", "partial_json");
    private FrameSink sink = NOWHERE;
    private boolean anyEvent;
    private boolean malformed;
    private boolean over;

    @Override
    public void feed(byte[] bytes, int offset, int length, FrameSink sink) {
        if (over) {
            return;
        }
        this.sink = sink;
        sse.feed(bytes, offset, length, this);
        this.sink = NOWHERE;
    }

    @Override
    public void end(FrameSink sink) {
        if (over) {
            return;
        }
        this.sink = sink;
        byte[] rest = sse.rest();
        if (malformed) {
            garbled("The upstream's stream ended in an event that is not valid");
        } else if (rest.length > 0) {
            remainder(rest);
        }
        over = true;
        this.sink = NOWHERE;
    }

    @Override
    public void event(String name, byte[] bytes, int offset, int length) {
        if (over) {
            return;
        }
        anyEvent = true;
        boolean error = name.equals("error");
        Delta delta = error ? null : pattern.match(bytes, offset, length);
        if (delta != null) {
            sink.frame(Frame.of(MessagesProtocol.NAME, delta, bytes, offset, length));
            return;
        }
        Delta alone = parsed(error, bytes, offset, length);
        if (alone == null) {
            pattern.forget();
        } else {
            pattern.learn(bytes, offset, length, alone, -1);
        }
    }

    /** Parses an event and hands it on; gives the delta if the event says nothing else. */
    private @Nullable Delta parsed(boolean error, byte[] bytes, int offset, int length) {
        boolean json = event.read(bytes, offset, length);
        if (error || json && (event.type.equals("error") || event.hasError)) {
            refused(bytes, offset, length);
            return null;
        }
        if (!json) {
            malformed("An event is not valid JSON");
            return null;
        }
        said.clear();
        answer.say(event, said);
        StreamEvent last = said.getLast();
        if (said.size() == 1 && last instanceof StreamEvent.Malformed bad) {
            malformed(bad.detail());
            return null;
        }
        malformed = false;
        over = last instanceof StreamEvent.Terminated || last instanceof StreamEvent.Failed;
        if (last instanceof StreamEvent.Failed || sse.multiLine()) {
            sink.frame(Frame.synthetic(said));
            return null;
        }
        return emit(bytes, offset, length);
    }

    private @Nullable Delta emit(byte[] bytes, int offset, int length) {
        if (said.size() == 1 && !event.extras) {
            StreamEvent only = said.getFirst();
            sink.frame(Frame.of(MessagesProtocol.NAME, only, bytes, offset, length));
            return only instanceof Delta delta ? delta : null;
        }
        sink.frame(
                Frame.of(
                        MessagesProtocol.NAME, said, bytes, offset, length, NO_CUTS, event.extras));
        return null;
    }

    @Override
    public void alive() {
        if (!over) {
            synthetic(new StreamEvent.Pinged());
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
            garbled("The upstream sent an event of more than " + limit + " bytes");
        }
    }

    private void malformed(String detail) {
        if (malformed) {
            garbled("The upstream sent two events in a row that are not valid");
            return;
        }
        malformed = true;
        synthetic(new StreamEvent.Malformed(detail));
    }

    /** What stands behind the last event, or in place of events. */
    private void remainder(byte[] rest) {
        String text = text(rest, 0, rest.length).strip();
        if (!anyEvent && "message".equals(JsonText.scalar(text, "type"))) {
            new WholeMessage(text).say(sink);
            return;
        }
        String object = text.startsWith("[") ? JsonText.firstElement(text) : text;
        Json error = JsonText.raw(object, "error");
        if (error != null) {
            refused(rest, 0, rest.length);
        } else if (!anyEvent && !text.isEmpty()) {
            String words = ErrorReader.words(0, text).message();
            garbled("The upstream sent something that is no event stream: " + words);
        }
    }

    private void refused(byte[] bytes, int offset, int length) {
        ProviderError error = ErrorReader.inBand(bytes, offset, length);
        if (error == null) {
            error = ErrorReader.words(0, text(bytes, offset, length));
        }
        fail(new Failure.Refused(error, true));
    }

    private void garbled(String message) {
        fail(new Failure.Garbled(message));
    }

    private void fail(Failure failure) {
        over = true;
        synthetic(new StreamEvent.Failed(failure));
    }

    private void synthetic(StreamEvent event) {
        sink.frame(Frame.synthetic(List.of(event)));
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
