package dev.midstream.model;

import org.jspecify.annotations.Nullable;

/**
 * One canonical event of an answer.
 *
 * <p><b>Shape</b>: {@code Opened, (BlockStarted, Delta*, BlockEnded)*, ChoiceEnded per choice,
 * UsageReported?, Terminated}. Blocks are numbered from 0 in the order in which they start, over
 * all choices; several may be open at once. A decoder starts a block with its first content and
 * ends it when its protocol says so, or when the next one of its choice starts, or with its choice.
 * {@code Pinged}, {@code Malformed} and {@code Failed} may come anywhere.
 */
public sealed interface StreamEvent {

    /**
     * The answer begins.
     *
     * @param id the upstream's id of the answer, empty if it gave none
     * @param model the model as the upstream wrote it, empty if it did not
     * @param created seconds since the epoch, 0 if the upstream did not say
     * @param held where the provider keeps the answer, null if it does not
     */
    record Opened(String id, String model, long created, @Nullable Held held)
            implements StreamEvent {
        public Opened(String id, String model, long created) {
            this(id, model, created, null);
        }
    }

    /**
     * A content block begins.
     *
     * @param tool id and name, for tool calls only
     * @param raw the protocol's own start of an {@link BlockKind#OPAQUE} block, or further members
     *     of a tool call (such as {@code extra_content}), for the same protocol on the other side
     */
    record BlockStarted(
            int block, int choice, BlockKind kind, @Nullable ToolCallHead tool, @Nullable Json raw)
            implements StreamEvent {

        public static BlockStarted text(int block, int choice) {
            return new BlockStarted(block, choice, BlockKind.TEXT, null, null);
        }

        public static BlockStarted of(int block, int choice, BlockKind kind) {
            return new BlockStarted(block, choice, kind, null, null);
        }

        public static BlockStarted toolCall(int block, int choice, String id, String name) {
            return new BlockStarted(
                    block, choice, BlockKind.TOOL_CALL, new ToolCallHead(id, name, false), null);
        }
    }

    /**
     * What identifies a tool call.
     *
     * @param custom whether the call takes free text instead of JSON arguments (OpenAI's custom
     *     tools)
     */
    record ToolCallHead(String id, String name, boolean custom) {}

    /**
     * The incremental part of a block's text: never empty. For tool calls a piece of the arguments'
     * JSON text.
     */
    record Delta(int block, String text) implements StreamEvent {}

    /**
     * A reasoning block's proof of origin; opaque, only ever sent back to where it came from,
     * unaltered.
     */
    record Signed(int block, Seal seal) implements StreamEvent {}

    /**
     * Something that belongs to a block and is carried to the same protocol only (citations, log
     * probabilities).
     */
    record Attached(int block, Json raw) implements StreamEvent {}

    /**
     * @param broken whether the block ends here only because its upstream broke off, or was
     *     superseded
     */
    record BlockEnded(int block, boolean broken) implements StreamEvent {
        public BlockEnded(int block) {
            this(block, false);
        }
    }

    /**
     * A choice has ended well.
     *
     * @param stopSequence the stop string that came, where the protocol names it
     */
    record ChoiceEnded(int choice, FinishReason reason, @Nullable String stopSequence)
            implements StreamEvent {}

    /** Cumulative token counts so far; later ones overwrite earlier ones. */
    record UsageReported(Usage usage) implements StreamEvent {}

    /**
     * The answer starts over, where the operator chose that: the text of this block, the last one,
     * and of any before it is superseded, and what follows is a new answer, shown apart. Comes from
     * the relay only, after the old block's end and before the new one's start.
     */
    record Restarted(int block) implements StreamEvent {}

    /** The protocol's own terminal event: nothing follows. */
    record Terminated() implements StreamEvent {}

    /** The upstream is alive but made no progress: a ping, a comment, an empty delta. */
    record Pinged() implements StreamEvent {}

    /** An event that could not be decoded and was skipped. */
    record Malformed(String detail) implements StreamEvent {}

    /**
     * The upstream reported an error inside the stream, or what it sent cannot be a valid stream
     * any more.
     */
    record Failed(Failure failure) implements StreamEvent {}
}
