package dev.midstream.seam;

import java.util.Arrays;

/**
 * A growing text together with its flat form, in which blank space is collapsed and typographic
 * quotation marks are plain, so that texts can be compared that differ only there; places in it map
 * back to places in the text.
 *
 * <p>Blank space at the beginning does not show in the flat form; a run of it anywhere else is one
 * space.
 */
final class Flat {
    private final StringBuilder raw = new StringBuilder();
    private final StringBuilder flat = new StringBuilder();
    private int[] rawStart = new int[64];

    static Flat of(String text) {
        Flat flat = new Flat();
        flat.append(text);
        return flat;
    }

    void append(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (!Blanks.blank(c)) {
                push(plain(c));
            } else if (!flat.isEmpty() && flat.charAt(flat.length() - 1) != ' ') {
                push(' ');
            }
            raw.append(c);
        }
    }

    StringBuilder raw() {
        return raw;
    }

    int length() {
        return flat.length();
    }

    char charAt(int index) {
        return flat.charAt(index);
    }

    String text() {
        return flat.toString();
    }

    String slice(int from, int to) {
        return flat.substring(from, to);
    }

    /**
     * Where in the text the flat character at {@code index} stands; for blank space, where it
     * begins.
     */
    int rawStart(int index) {
        return index == flat.length() ? raw.length() : rawStart[index];
    }

    /** Where in the text the flat character before {@code index} ends, if it is not blank. */
    int rawEnd(int index) {
        return index == 0 ? 0 : rawStart[index - 1] + 1;
    }

    private void push(char c) {
        if (flat.length() == rawStart.length) {
            rawStart = Arrays.copyOf(rawStart, rawStart.length * 2);
        }
        rawStart[flat.length()] = raw.length();
        flat.append(c);
    }

    private static char plain(char c) {
        return switch (c) {
            case '\u2018', '\u2019', '\u201a', '\u201b' -> '\'';
            case '\u201c', '\u201d', '\u201e', '\u201f' -> '"';
            default -> c;
        };
    }
}
