package dev.midstream.seam;

/**
 * The prefix function of Knuth, Morris and Pratt: how much of a pattern a text ends with, one
 * character after another.
 */
final class Borders {

    private Borders() {}

    /**
     * For every prefix of {@code pattern}, the length of its longest proper prefix that is also its
     * suffix.
     */
    static int[] of(CharSequence pattern) {
        int[] borders = new int[pattern.length()];
        for (int i = 1; i < borders.length; i++) {
            borders[i] = step(pattern, borders, borders[i - 1], pattern.charAt(i));
        }
        return borders;
    }

    /**
     * How much is matched after {@code c}, if {@code matched} (less than the whole pattern) was
     * before it.
     */
    static int step(CharSequence pattern, int[] borders, int matched, char c) {
        int length = matched;
        while (length > 0 && pattern.charAt(length) != c) {
            length = borders[length - 1];
        }
        return pattern.charAt(length) == c ? length + 1 : length;
    }
}
