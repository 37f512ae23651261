package dev.midstream.yaml;

import java.util.Comparator;

/**
 * Where something stands: in a file, or in the code that says it. Immutable.
 *
 * @param file the file, or the place in code in words: {@code deployment 2 of "chat": api_base}
 * @param line counted from 1; 0 for a place in code
 * @param column counted from 1, in characters; for a place in code its number among all of them, in
 *     the order in which they were said
 */
public record Position(String file, int line, int column) implements Comparable<Position> {

    private static final Comparator<Position> ORDER =
            Comparator.comparing((Position at) -> at.inCode())
                    .thenComparing(at -> at.inCode() ? "" : at.file())
                    .thenComparingInt(Position::line)
                    .thenComparingInt(Position::column)
                    .thenComparing(Position::file);

    /**
     * A place in code.
     *
     * @param place in words
     * @param number of this place among all of them
     */
    public static Position inCode(String place, int number) {
        return new Position(place, 0, number);
    }

    /** Whether it stands in code. */
    public boolean inCode() {
        return line == 0;
    }

    /** Files before code; in each, as it was written. */
    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    /** {@code config.yaml:12:7}, or the words. */
    @Override
    public String toString() {
        return inCode() ? file : file + ":" + line + ":" + column;
    }
}
