package dev.midstream.gateway.drill;

import java.time.Duration;

/** What a client of one protocol would have seen. Immutable. */
public sealed interface Cell {

    /** In a few words. */
    String words();

    /** Whether it was as it must be: the whole answer once, or the true error. */
    default boolean holds() {
        return !(this instanceof Broken);
    }

    /** How many requests were sent upstream. */
    default int attempts() {
        return 0;
    }

    /** How long the client had to wait for the end. */
    default Duration took() {
        return Duration.ZERO;
    }

    /**
     * The whole answer, as a valid stream.
     *
     * @param what came: {@code whole}, or what else is a whole answer there
     * @param how it came about: who went on, and by what method; empty where nobody had to
     */
    record Whole(String what, String how, int attempts, Duration took) implements Cell {
        @Override
        public String words() {
            return how.isEmpty() ? what : what + ", " + how;
        }
    }

    /**
     * The true error, as a status or inside a valid stream.
     *
     * @param what was delivered, and the error
     */
    record TrueError(String what, int attempts, Duration took) implements Cell {
        @Override
        public String words() {
            return what;
        }
    }

    /**
     * Neither: a bug of ours.
     *
     * @param why may have several lines
     */
    record Broken(String why) implements Cell {
        private static final int MOST_SHOWN = 80;

        @Override
        public String words() {
            String first = why.lines().findFirst().orElse("");
            return "BROKEN: "
                    + (first.length() > MOST_SHOWN ? first.substring(0, MOST_SHOWN) + "…" : first);
        }
    }

    /** It cannot happen to such a client there. */
    record NotPlayed() implements Cell {
        @Override
        public String words() {
            return "–";
        }
    }
}
