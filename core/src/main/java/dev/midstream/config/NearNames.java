package dev.midstream.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what somebody may have meant. */
final class NearNames {

    private static final int MOST = 3;
    private static final int LONGEST = 100;

    private record Candidate(String name, int distance) {}

    private NearNames() {}

    /** {@code ; did you mean `a` or `b`?}, or nothing. */
    static String question(String name, Collection<String> known) {
        List<String> near = of(name, known);
        return near.isEmpty()
                ? ""
                : near.stream()
                        .map(n -> "`" + n + "`")
                        .collect(Collectors.joining(" or ", "; did you mean ", "?"));
    }

    /** Those that differ least, by a typing error or two; at most three. */
    static List<String> of(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return List.of();
        }
        String given = name.toLowerCase(Locale.ROOT);
        int tolerated = Math.max(1, given.length() / 4);
        List<Candidate> near =
                known.stream()
                        .distinct()
                        .map(k -> new Candidate(k, distance(given, k.toLowerCase(Locale.ROOT))))
                        .filter(c -> c.distance() <= tolerated && c.distance() < given.length())
                        .sorted(
                                Comparator.comparingInt(Candidate::distance)
                                        .thenComparing(Candidate::name))
                        .toList();
        return near.stream()
                .filter(c -> c.distance() == near.getFirst().distance())
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /**
     * Insertions, deletions, replacements and swaps of neighbours that turn one text into the
     * other.
     */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
