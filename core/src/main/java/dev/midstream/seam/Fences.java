package dev.midstream.seam;

import org.jspecify.annotations.Nullable;

/**
 * Fenced code blocks of Markdown.
 *
 * <p><b>Source</b>: CommonMark 0.31.2, section 4.5: a fence is a line of at least three backticks
 * or tildes; one of backticks has no backtick behind them; a block is closed by a fence of the same
 * character, at least as long, with nothing behind it. Indentation is not looked at, because lists
 * and quotations shift it.
 */
public final class Fences {

    private Fences() {}

    /** Whether a code block is open at the end of {@code text}. */
    public static boolean inside(String text) {
        return openFence(text) != null;
    }

    /** The line that opened the code block which is open at the end, null if none is. */
    static @Nullable String openFence(String text) {
        String open = null;
        for (int start = 0; start < text.length(); ) {
            int end = lineEnd(text, start);
            String run = fenceRun(text, start, end);
            if (run != null) {
                open = after(open, run, text.substring(start, end).strip());
            }
            start = end + 1;
        }
        return open;
    }

    /** The run of backticks or tildes at the beginning of a fence. */
    static String run(String fence) {
        return fence.substring(0, runEnd(fence, 0, fence.length()));
    }

    /**
     * The length of a first line that opens a code block, its line break included; 0 if it does not
     * or is not whole.
     */
    static int openingLine(String text) {
        int end = text.indexOf('\n');
        return end >= 0 && fenceRun(text, 0, end) != null ? end + 1 : 0;
    }

    /** Whether the beginning of a line may become a fence, or is one whose line is not whole. */
    static boolean mayOpen(String start) {
        String run = start.stripLeading();
        return run.length() < 3
                ? run.chars().allMatch(c -> c == '`') || run.chars().allMatch(c -> c == '~')
                : fenceRun(run, 0, run.length()) != null;
    }

    /** Whether any line of it is a fence. */
    static boolean any(String text) {
        return text.lines().anyMatch(line -> fenceRun(line, 0, line.length()) != null);
    }

    private static @Nullable String after(@Nullable String open, String run, String line) {
        if (open == null) {
            return line;
        }
        boolean same = run.charAt(0) == open.charAt(0) && run.length() >= run(open).length();
        return same && line.equals(run) ? null : open;
    }

    private static @Nullable String fenceRun(String text, int start, int end) {
        int from = start;
        while (from < end && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
            from++;
        }
        int to = runEnd(text, from, end);
        if (to - from < 3) {
            return null;
        }
        boolean inlineCode = text.charAt(from) == '`' && text.substring(to, end).indexOf('`') >= 0;
        return inlineCode ? null : text.substring(from, to);
    }

    private static int runEnd(String text, int from, int end) {
        if (from == end || (text.charAt(from) != '`' && text.charAt(from) != '~')) {
            return from;
        }
        int to = from;
        while (to < end && text.charAt(to) == text.charAt(from)) {
            to++;
        }
        return to;
    }

    private static int lineEnd(String text, int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }
}
