package dev.midstream.protocol.messages;

import dev.midstream.model.Frame;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent;
import dev.midstream.protocol.FrameSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plain answer, told as a stream would tell it: it is written anew as stream events, which {@link
 * EventReader} and {@link AnswerEvents} read, so that there is one reading of the protocol. Frames
 * are synthetic. Not thread-safe, for one answer.
 */
final class WholeMessage {

    private final String message;
    private final EventReader event = new EventReader();
    private final AnswerEvents answer = new AnswerEvents();

    /**
     * @param message the JSON of a message: an object whose type is {@code message}
     */
    WholeMessage(String message) {
        this.message = message;
    }

    /** All that the answer says, in one list. */
    List<StreamEvent> said() {
        List<StreamEvent> all = new ArrayList<>();
        say(
                frame -> {
                    for (int i = 0; i < frame.size(); i++) {
                        all.add(frame.event(i));
                    }
                });
        return all;
    }

    void say(FrameSink sink) {
        event("{\"type\":\"message_start\",\"message\":" + message + "}", sink);
        Json content = JsonText.raw(message, "content");
        List<String> blocks = content == null ? List.of() : JsonText.elements(content.text());
        for (int i = 0; i < blocks.size(); i++) {
            block(i, blocks.get(i), sink);
        }
        event(
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
                        + member("stop_reason")
                        + ",\"stop_sequence\":"
                        + member("stop_sequence")
                        + "},\"usage\":"
                        + member("usage")
                        + "}",
                sink);
        event("{\"type\":\"message_stop\"}", sink);
    }

    private void block(int index, String block, FrameSink sink) {
        String head = "{\"type\":\"content_block_start\",\"index\":" + index;
        event(head + ",\"content_block\":" + block + "}", sink);
        Json citations = JsonText.raw(block, "citations");
        if (citations != null) {
            for (String citation : JsonText.elements(citations.text())) {
                event(
                        "{\"type\":\"content_block_delta\",\"index\":"
                                + index
                                + ",\"delta\":{\"type\":\"citations_delta\",\"citation\":"
                                + citation
                                + "}}",
                        sink);
            }
        }
        event("{\"type\":\"content_block_stop\",\"index\":" + index + "}", sink);
    }

    private String member(String name) {
        @Nullable Json value = JsonText.raw(message, name);
        return value == null ? "null" : value.text();
    }

    private void event(String json, FrameSink sink) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        List<StreamEvent> said = new ArrayList<>();
        if (event.read(bytes, 0, bytes.length)) {
            answer.say(event, said);
            sink.frame(Frame.synthetic(said));
        }
    }
}
