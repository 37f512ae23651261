package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of an item that the client has been shown: of a message's content, of reasoning's
 * summary or content. Its text is kept as it stands in JSON. Event-loop confined.
 */
final class AnswerPart {

    static final String TEXT = "output_text";
    static final String REFUSAL = "refusal";
    static final String SUMMARY = "summary_text";
    static final String REASONING = "reasoning_text";

    final String type;
    final int index;
    final Bytes text = new Bytes(256);
    final List<String> annotations = new ArrayList<>();

    /** Whether its text has been told whole. */
    boolean told;

    /** Whether its end is out. */
    boolean closed;

    /** The event that brings a piece of its text. */
    final String delta;

    /** How that event is written, null as long as none has been. */
    @Nullable PieceEvent piece;

    AnswerPart(String type, int index) {
        this.type = type;
        this.index = index;
        this.delta = events() + ".delta";
    }

    boolean summary() {
        return type.equals(SUMMARY);
    }

    /** The member that holds the text. */
    String member() {
        return type.equals(REFUSAL) ? "refusal" : "text";
    }

    /** The family of events that tell of it: {@code response.output_text}. */
    String events() {
        return summary() ? "response.reasoning_summary_text" : "response." + type;
    }

    /** The family of events that open and close it. */
    String frame() {
        return summary() ? "response.reasoning_summary_part" : "response.content_part";
    }

    String indexMember() {
        return summary() ? "summary_index" : "content_index";
    }

    /** Writes a member whose value is a text as it stands in JSON. */
    static void writeText(JsonOut out, String name, Bytes text) {
        out.name(name).raw("");
        out.bytes().write('"').write(text.array(), 0, text.length()).write('"');
    }

    /** Writes the part as it opens, empty. */
    void writeEmpty(JsonOut out) {
        write(out, List.of());
        out.member(member(), "").close('}');
    }

    /** Writes the whole part. */
    void write(JsonOut out) {
        write(out, annotations);
        writeText(out, member(), text);
        out.close('}');
    }

    private void write(JsonOut out, List<String> notes) {
        out.open('{').member("type", type);
        if (type.equals(TEXT)) {
            out.name("annotations").open('[');
            notes.forEach(out::raw);
            out.close(']').name("logprobs").open('[').close(']');
        }
    }
}
