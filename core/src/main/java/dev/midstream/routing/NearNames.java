package dev.midstream.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Names that a mistyped one may have meant: few edits away, or one inside the other, letter case
 * aside. The work is bounded whatever the client sends.
 */
final class NearNames {

    private static final int MOST = 3;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_NAMES = 1000;
    private static final int SHORTEST_PART = 3;

    private record Near(String name, int distance, int lengthsApart) {}

    private NearNames() {}

    static List<String> of(String asked, List<String> names) {
        if (asked.isEmpty() || asked.length() > LONGEST_NAME) {
            return List.of();
        }
        String wanted = asked.toLowerCase(Locale.ROOT);
        List<Near> near = new ArrayList<>();
        for (String name : names.subList(0, Math.min(names.size(), MOST_NAMES))) {
            int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
            if (distance <= limit(wanted)) {
                near.add(new Near(name, distance, Math.abs(wanted.length() - name.length())));
            }
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparingInt(Near::lengthsApart));
        return near.stream().limit(MOST).map(Near::name).toList();
    }

    private static int limit(String wanted) {
        return 1 + wanted.length() / 4;
    }

    /**
     * Edits between the two; one that holds the other counts as near as may be, after those with
     * fewer edits.
     */
    private static int distance(String wanted, String name) {
        int limit = limit(wanted);
        boolean part =
                Math.min(wanted.length(), name.length()) >= SHORTEST_PART
                        && (wanted.contains(name) || name.contains(wanted));
        int edits =
                Math.abs(wanted.length() - name.length()) > limit
                        ? Integer.MAX_VALUE
                        : edits(wanted, name);
        return part ? Math.min(edits, limit) : edits;
    }

    /** The Levenshtein distance, by rows. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int above = row[j];
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
