package dev.midstream.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model's name with {@code *} in it, each of which stands for any text but none. Immutable. */
public final class NamePattern {

    /** The longest literal text first, then the fewest stars. */
    public static final Comparator<NamePattern> MOST_SPECIFIC_FIRST =
            Comparator.comparingInt((NamePattern p) -> -p.literal)
                    .thenComparingInt(p -> p.parts.length);

    private static final int LONGEST = 256;

    private final String[] parts;
    private final int literal;

    public NamePattern(String pattern) {
        this.parts = pattern.split("\\*", -1);
        this.literal = pattern.length() - parts.length + 1;
    }

    public static boolean isPattern(String name) {
        return name.indexOf('*') >= 0;
    }

    /**
     * What the stars stand for in this name, in their order; null if it does not match. Names that
     * cannot be a model's never do: too long, empty, not printable ASCII, with a star in them, or
     * with a step that leads elsewhere in a URL's path.
     */
    public @Nullable List<String> match(String name) {
        if (!plausible(name) || !name.startsWith(parts[0])) {
            return null;
        }
        List<String> matched = new ArrayList<>();
        int from = parts[0].length();
        for (int i = 1; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            int at = last ? name.length() - parts[i].length() : name.indexOf(parts[i], from + 1);
            if (at <= from || !name.startsWith(parts[i], at)) {
                return null;
            }
            matched.add(name.substring(from, at));
            from = at + parts[i].length();
        }
        return matched;
    }

    private static boolean plausible(String name) {
        if (name.isEmpty() || name.length() > LONGEST || isPattern(name)) {
            return false;
        }
        for (String step : name.split("/", -1)) {
            if (step.equals(".") || step.equals("..")) {
                return false;
            }
        }
        return name.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    /**
     * A text with its stars filled in, in their order; the last filling serves all that are left.
     */
    public static String fill(String text, List<String> matched) {
        String[] parts = text.split("\\*", -1);
        StringBuilder filled = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            filled.append(matched.get(Math.min(i, matched.size()) - 1)).append(parts[i]);
        }
        return filled.toString();
    }
}
