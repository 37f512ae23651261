package dev.midstream.protocol.messages;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Frame;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent.BlockStarted;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether an upstream's beginning of a message or of a block can be shown to a client as it came:
 * official SDKs choke on members that are missing, and lose text where numbers leave a gap. Looked
 * up once a block. Stateless.
 */
final class AsItCame {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.]{0,63}");
    private static final Set<String> KNOWN =
            Set.of(
                    "message_start",
                    "content_block_start",
                    "content_block_delta",
                    "content_block_stop",
                    "message_delta",
                    "message_stop",
                    "ping",
                    "error");

    private AsItCame() {}

    /** Whether the event is a {@code message_start} that an SDK can begin with. */
    static boolean message(Frame frame) {
        String event = text(frame);
        Json message = member(event, "message_start", "message");
        Json usage = message == null ? null : JsonText.raw(message.text(), "usage");
        return message != null
                && usage != null
                && "message".equals(JsonText.scalar(message.text(), "type"))
                && "assistant".equals(JsonText.scalar(message.text(), "role"))
                && isEmpty(JsonText.raw(message.text(), "content"), "[", "]")
                && JsonText.has(message.text(), "stop_reason")
                && JsonText.raw(message.text(), "stop_reason") == null
                && JsonText.scalar(usage.text(), "input_tokens") != null;
    }

    /** Whether the event is the {@code content_block_start} of the block with this number. */
    static boolean block(Frame frame, int index) {
        String event = text(frame);
        Json block = member(event, "content_block_start", "content_block");
        if (block == null || !Integer.toString(index).equals(JsonText.scalar(event, "index"))) {
            return false;
        }
        BlockStarted start = (BlockStarted) frame.event(0);
        return start.kind() != BlockKind.TOOL_CALL
                || start.tool() != null
                        && !start.tool().name().isEmpty()
                        && isEmpty(JsonText.raw(block.text(), "input"), "{", "}");
    }

    /** The type of an event of a kind that is not known, null if it is known or no name. */
    static @Nullable String unknownType(Frame frame) {
        String type = JsonText.scalar(text(frame), "type");
        boolean unknown = type != null && !KNOWN.contains(type) && NAME.matcher(type).matches();
        return unknown ? type : null;
    }

    private static @Nullable Json member(String event, String type, String name) {
        return type.equals(JsonText.scalar(event, "type")) ? JsonText.raw(event, name) : null;
    }

    private static boolean isEmpty(@Nullable Json json, String open, String close) {
        return json != null
                && json.text().startsWith(open)
                && json.text().endsWith(close)
                && json.text().substring(1, json.text().length() - 1).isBlank();
    }

    private static String text(Frame frame) {
        return new String(frame.bytes(), frame.offset(), frame.length(), StandardCharsets.UTF_8);
    }
}
