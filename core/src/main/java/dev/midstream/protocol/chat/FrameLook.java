package dev.midstream.protocol.chat;

import dev.midstream.model.Frame;
import java.util.BitSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What an encoder has to know of a chunk that goes out as it came, and no canonical event tells:
 * whose role it brings, and what it calls reasoning. Looked up a few times an answer, when blocks
 * start.
 */
final class FrameLook {

    static final String REASONING_CONTENT = "reasoning_content";
    static final String REASONING = "reasoning";

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Frame frame;
    private final BitSet roles = new BitSet();
    private String reasoning = "";

    private FrameLook(Frame frame) {
        this.frame = frame;
    }

    static FrameLook at(Frame frame) {
        FrameLook look = new FrameLook(frame);
        try (JsonParser parser =
                FACTORY.createParser(
                        ObjectReadContext.empty(), frame.bytes(), frame.offset(), frame.length())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean choices = parser.currentName().equals("choices");
                if (parser.nextToken() == JsonToken.START_ARRAY && choices) {
                    look.choices(parser);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException beyondSomeLimit) {
            return look;
        }
        return look;
    }

    private void choices(JsonParser parser) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int index = 0;
            boolean role = false;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("index")) {
                    index = Math.clamp(parser.getValueAsInt(0), 0, 1024);
                } else if (name.equals("delta") && value == JsonToken.START_OBJECT) {
                    role = delta(parser);
                } else {
                    parser.skipChildren();
                }
            }
            roles.set(index, roles.get(index) || role);
        }
    }

    private boolean delta(JsonParser parser) {
        boolean role = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            long at = parser.currentTokenLocation().getByteOffset();
            boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
            role |= name.equals("role") && text && !cut((int) at);
            boolean better = name.equals(REASONING_CONTENT) || reasoning.isEmpty();
            if (text && better && (name.equals(REASONING_CONTENT) || name.equals(REASONING))) {
                reasoning = name;
            }
            parser.skipChildren();
        }
        return role;
    }

    /** Whether what stands at this place of the frame is left out of what goes to clients. */
    private boolean cut(int at) {
        int[] cuts = frame.cuts();
        int place = frame.offset() + at;
        for (int i = 0; i < cuts.length; i += 2) {
            if (cuts[i] <= place && place < cuts[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** The choices whose role the chunk brings. */
    BitSet roles() {
        return roles;
    }

    /** The member that the chunk tells reasoning in, empty if it tells none. */
    String reasoning() {
        return reasoning;
    }
}
