package dev.midstream.protocol.chat;

import dev.midstream.model.Json;
import dev.midstream.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one chunk said, in its own words and in no order yet. Reused from event to event. */
final class Chunk {

    String id = "";
    String model = "";
    long created;
    @Nullable Usage usage;

    /** Whether the chunk reports an error, at the top, in a choice or in {@code x_groq}. */
    boolean error;

    /**
     * Whether it has an {@code error} member that says nothing, on which the Java SDK throws all
     * the same.
     */
    boolean emptyError;

    /** Whether it holds members with values that no canonical event carries. */
    boolean extras;

    /** Whether {@code choices} is there at all. */
    boolean hasChoices;

    private final List<ChoiceDelta> choices = new ArrayList<>();
    private int count;

    void clear() {
        id = "";
        model = "";
        created = 0;
        usage = null;
        error = false;
        emptyError = false;
        extras = false;
        hasChoices = false;
        count = 0;
    }

    int choices() {
        return count;
    }

    ChoiceDelta choice(int position) {
        return choices.get(position);
    }

    ChoiceDelta addChoice() {
        if (count == choices.size()) {
            choices.add(new ChoiceDelta());
        }
        ChoiceDelta choice = choices.get(count++);
        choice.clear();
        return choice;
    }

    /** What a chunk said of one choice. */
    static final class ChoiceDelta {
        int index;
        @Nullable String content;
        @Nullable String refusal;
        @Nullable String reasoning;

        /**
         * How well the member that {@link #reasoning} was taken from tells it: the best one counts.
         */
        int reasoningRank;

        /** Whether the content came as an array of parts, which OpenAI's clients cannot read. */
        boolean parts;

        @Nullable String finish;

        /**
         * Where a finish reason stands that says nothing ({@code ""}, {@code "null"}) and that
         * clients would take for an end; null if there is none.
         */
        int @Nullable [] emptyFinish;

        /** Where the role stands, null if there is none. */
        int @Nullable [] role;

        /** Whether index and delta are there, without which the Java SDK throws. */
        boolean indexed;

        boolean bodied;

        /** Whether a {@code message} was read, which in a chunk counts for want of a delta only. */
        boolean messaged;

        @Nullable Json audio;
        final List<CallDelta> calls = new ArrayList<>();

        private void clear() {
            index = 0;
            finish = null;
            emptyFinish = null;
            indexed = false;
            bodied = false;
            messaged = false;
            forget();
        }

        /** Drops what was said of the content. */
        void forget() {
            content = null;
            refusal = null;
            reasoning = null;
            reasoningRank = 0;
            parts = false;
            role = null;
            audio = null;
            calls.clear();
        }

        void reason(int rank, @Nullable String text) {
            if (rank > reasoningRank && text != null && !text.isEmpty()) {
                reasoning = text;
                reasoningRank = rank;
            }
        }
    }

    /** What a chunk said of one tool call. */
    static final class CallDelta {
        /** -1 where none was given. */
        int index = -1;

        String id = "";
        String name = "";
        String arguments = "";
        boolean typed;
        boolean custom;

        /** Whether it is the deprecated {@code function_call}. */
        boolean legacy;

        /** Whether the arguments were given as JSON instead of text. */
        boolean structured;

        @Nullable Json extra;
    }
}
