package dev.midstream.protocol.chat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Remembers the values of members that say the same on each chunk (fingerprint, service tier,
 * provider), so that only a change is news. Costs nothing while nothing changes. Bounded: what does
 * not fit is news each time.
 */
final class RecurringValues {

    private static final int MOST = 16;
    private static final int LONGEST = 256;

    private final @Nullable String[] names = new String[MOST];
    private final char[][] values = new char[MOST][];
    private int count;

    /** Whether the scalar that the parser is on differs from the last one of this name. */
    boolean isNew(String name, JsonParser parser) {
        char[] chars = parser.getStringCharacters();
        int from = parser.getStringOffset();
        int to = from + parser.getStringLength();
        int at = find(name);
        if (at < count && Arrays.equals(values[at], 0, values[at].length, chars, from, to)) {
            return false;
        }
        if (at < MOST && to - from <= LONGEST) {
            names[at] = name;
            values[at] = Arrays.copyOfRange(chars, from, to);
            count = Math.max(count, at + 1);
        }
        return true;
    }

    private int find(String name) {
        int at = 0;
        while (at < count && !name.equals(names[at])) {
            at++;
        }
        return at;
    }
}
