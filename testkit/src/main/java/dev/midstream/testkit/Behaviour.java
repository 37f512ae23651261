package dev.midstream.testkit;

/**
 * What a model makes of a request to go on with an answer that broke off.
 *
 * <p>Each of them was reported of real models in 2025 and 2026.
 *
 * <p>Immutable.
 */
public sealed interface Behaviour {

    /**
     * Does what was asked: goes on exactly after a prefill; repeats the anchor that a user turn
     * demands and goes on after it.
     */
    record Obeys() implements Behaviour {}

    /** As {@link Obeys}, but repeats about so many characters more than asked. */
    record Repeats(int characters) implements Behaviour {
        /** About ten words. */
        public Repeats() {
            this(60);
        }
    }

    /** Says this first, then does as {@link Obeys}. */
    record Preamble(String words) implements Behaviour {
        /** In the words that most models use. */
        public Preamble() {
            this("Sure, continuing where I left off:\n\n");
        }
    }

    /** Says the whole answer again from its beginning. */
    record StartsAnew() implements Behaviour {}

    /** Says this instead. */
    record Digresses(String words) implements Behaviour {
        /** Speaks of rivers. */
        public Digresses() {
            this(
                    "There is another way to look at it. Rivers were roads long before there were"
                            + " roads, and whoever wanted to cross them paid.");
        }
    }

    /** Says this instead, in the manner of a refusal. */
    record RefusesTask(String words) implements Behaviour {
        /** In the words that most models use. */
        public RefusesTask() {
            this("I'm sorry, but I can't help with continuing that text.");
        }
    }

    /**
     * Answers a prefill with HTTP status 400; obeys a user turn. Claude 4.6 and later do, in these
     * words.
     */
    record RefusesPrefill() implements Behaviour {
        /** The provider's words. */
        public static final String MESSAGE =
                "This model does not support assistant message prefill. The conversation must end"
                        + " with a user message.";
    }

    /** Repeats the whole prefill before it goes on, as Mistral does; obeys a user turn. */
    record EchoesPrefill() implements Behaviour {}

    /** Opens the stream and says nothing. */
    record FallsSilent() implements Behaviour {}

    /** Goes on at the right place without the anchor that was demanded. */
    record ContinuesWithoutAnchor() implements Behaviour {}

    /** Opens the code fence again in which the text broke off, then does as {@link Obeys}. */
    record ReopensFence() implements Behaviour {}

    /** As {@link Obeys}, but without the white space at its beginning, as Nova does. */
    record TrimsLeadingSpace() implements Behaviour {}
}
