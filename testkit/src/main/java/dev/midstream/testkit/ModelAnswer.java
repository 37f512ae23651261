package dev.midstream.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one thing that a scripted model has to say.
 *
 * <p>Immutable.
 */
public record ModelAnswer(List<Block> blocks) {

    /** A part of an answer. */
    public sealed interface Block {}

    /** The reasoning that precedes a text or a call. */
    public record ReasoningBlock(String text) implements Block {}

    /** A text. */
    public record TextBlock(String text) implements Block {}

    /** A tool call with its arguments as JSON. */
    public record ToolBlock(String id, String name, String arguments) implements Block {}

    public ModelAnswer {
        blocks = List.copyOf(blocks);
    }

    /** An answer of one text. */
    public static ModelAnswer text(String text) {
        return of(new TextBlock(text));
    }

    /** An answer of these blocks. */
    public static ModelAnswer of(Block... blocks) {
        return new ModelAnswer(Arrays.asList(blocks));
    }

    /** The text of all text blocks, joined: what a continuation is about. */
    public String text() {
        return blocks.stream()
                .map(block -> block instanceof TextBlock(String text) ? text : "")
                .collect(Collectors.joining());
    }
}
