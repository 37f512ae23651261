package dev.midstream.seam;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client's stop strings across a seam: an upstream sees only its own part of the text.
 *
 * <p><b>Shape</b>: constructed with the delivered text, then fed what is about to be released,
 * piece by piece. Holds back only what may be the beginning of a stop string. A stop string that
 * began in the delivered text ends the answer where it is completed: what is out stays out, the
 * rest of the stop string is never released. Not thread-safe.
 */
public final class StopMatcher {
    private final List<Pattern> patterns;
    private final StringBuilder held = new StringBuilder();

    /**
     * @param stops the client's stop strings; empty ones are ignored
     * @param delivered the text that the client has
     */
    public StopMatcher(List<String> stops, String delivered) {
        patterns = stops.stream().filter(stop -> !stop.isEmpty()).map(Pattern::new).toList();
        int longest = patterns.stream().mapToInt(p -> p.stop.length()).max().orElse(1);
        for (int i = Math.max(0, delivered.length() - longest + 1); i < delivered.length(); i++) {
            for (Pattern pattern : patterns) {
                pattern.next(delivered.charAt(i));
            }
        }
    }

    /**
     * @param release what may be released now
     * @param stop the stop string that ended the answer; null if it goes on
     */
    public record Step(String release, @Nullable String stop) {}

    /** The next piece. After a step with a stop string it is not asked any more. */
    public Step text(String piece) {
        if (patterns.isEmpty()) {
            return new Step(piece, null);
        }
        for (int i = 0; i < piece.length(); i++) {
            held.append(piece.charAt(i));
            Pattern matched = advance(piece.charAt(i));
            if (matched != null) {
                int cut = Math.max(0, held.length() - matched.stop.length());
                return new Step(held.substring(0, cut), matched.stop);
            }
        }
        return new Step(take(Math.max(0, held.length() - longestBeginning())), null);
    }

    /** The text ended: what was held back is no stop string. */
    public String finished() {
        return take(held.length());
    }

    /** How many characters are held back. */
    public int held() {
        return held.length();
    }

    private @Nullable Pattern advance(char c) {
        Pattern matched = null;
        for (Pattern pattern : patterns) {
            boolean longer = matched == null || pattern.stop.length() > matched.stop.length();
            if (pattern.next(c) && longer) {
                matched = pattern;
            }
        }
        return matched;
    }

    private int longestBeginning() {
        return patterns.stream().mapToInt(pattern -> pattern.matched).max().orElse(0);
    }

    private String take(int length) {
        String taken = held.substring(0, length);
        held.delete(0, length);
        return taken;
    }

    /** One stop string and how much of it the text so far ends with. */
    private static final class Pattern {
        private final String stop;
        private final int[] borders;
        private int matched;

        Pattern(String stop) {
            this.stop = stop;
            this.borders = Borders.of(stop);
        }

        boolean next(char c) {
            if (matched == stop.length()) {
                matched = borders[matched - 1];
            }
            matched = Borders.step(stop, borders, matched, c);
            return matched == stop.length();
        }
    }
}
