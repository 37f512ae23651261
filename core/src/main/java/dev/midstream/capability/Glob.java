package dev.midstream.capability;

import java.util.Locale;

/** A pattern in which {@code *} stands for any text, also none; case does not matter. Immutable. */
record Glob(String pattern) {

    Glob {
        pattern = pattern.toLowerCase(Locale.ROOT);
    }

    boolean matches(String text) {
        return matches(text.toLowerCase(Locale.ROOT), 0, 0);
    }

    private boolean matches(String text, int from, int at) {
        int star = pattern.indexOf('*', at);
        if (star < 0) {
            return text.substring(from).equals(pattern.substring(at));
        }
        String literal = pattern.substring(at, star);
        if (!text.startsWith(literal, from)) {
            return false;
        }
        for (int next = from + literal.length(); next <= text.length(); next++) {
            if (matches(text, next, star + 1)) {
                return true;
            }
        }
        return false;
    }
}
