package dev.midstream.seam;

import java.util.Arrays;

/**
 * Where in the delivered text a continuation that repeats it from some place on stands, one
 * character after another.
 *
 * <p>The search of Knuth, Morris and Pratt with a pattern that grows: the candidate is the leftmost
 * place at which everything that came occurs; it only moves to the right, so that all of it is
 * linear in the two texts together. When no place is left, what remains is the longest beginning of
 * the continuation that is an end of the delivered text.
 */
final class Follower {
    private final String text;
    private final StringBuilder pattern = new StringBuilder();
    private int[] borders = new int[64];
    private int position;
    private int matched;
    private boolean alive = true;

    Follower(String flatDelivered) {
        text = flatDelivered;
    }

    void next(char c) {
        if (!alive) {
            return;
        }
        grow(c);
        while (matched < pattern.length() && position < text.length()) {
            matched = Borders.step(pattern, borders, matched, text.charAt(position));
            position++;
        }
        alive = matched == pattern.length();
    }

    /** Whether all that came occurs in the delivered text; true before anything came. */
    boolean alive() {
        return alive;
    }

    /** Whether something came and all of it occurs. */
    boolean repeating() {
        return alive && pattern.length() > 0;
    }

    /** Whether what came is the delivered text from its beginning on. */
    boolean fromTheBeginning() {
        return alive && position == matched;
    }

    /** Whether the end of the delivered text has been reached: nothing longer can be alive. */
    boolean atTheEnd() {
        return position == text.length();
    }

    /**
     * The longest beginning of what came that is an end of the delivered text, as far as it has
     * been followed.
     */
    int overlap() {
        return atTheEnd() ? matched : 0;
    }

    /** How much of the overlap's beginning is also its end. */
    int overlapBorder() {
        return overlap() == 0 ? 0 : borders[overlap() - 1];
    }

    private void grow(char c) {
        int at = pattern.length();
        if (at == borders.length) {
            borders = Arrays.copyOf(borders, at * 2);
        }
        pattern.append(c);
        borders[at] = at == 0 ? 0 : Borders.step(pattern, borders, borders[at - 1], c);
    }
}
