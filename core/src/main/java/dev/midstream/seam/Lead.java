package dev.midstream.seam;

import org.jspecify.annotations.Nullable;

/**
 * What may stand before the repeated text: blank space, an ellipsis, a known preamble that comes to
 * an end, and, where the delivered text stopped inside a code block, the fence that opens it again.
 *
 * @param fence the line that opened the code block in which it stopped, null if it did not
 */
record Lead(@Nullable String fence) {
    private static final int LONGEST = 240;
    private static final String ENDS = ":：.!。！…—–-";
    private static final String ELLIPSES = "….[(";

    /**
     * Whether the text before {@code index} may be dropped together with the delivered text that
     * begins there.
     */
    boolean allows(Flat text, int index) {
        int end = text.rawStart(index);
        String before = text.raw().substring(0, Math.min(end, LONGEST + 1));
        String words = Blanks.strip(before);
        return words.isEmpty()
                || ellipsis(words)
                || end <= LONGEST && (opensAgain(before, words) || preamble(before, words));
    }

    /** Whether what stands before {@code index} is short enough. */
    boolean reaches(Flat text, int index) {
        return text.rawStart(index) <= LONGEST;
    }

    /** Whether something that is allowed ends right before {@code index}. */
    boolean endsBefore(Flat text, int index) {
        if (index == 0 || !reaches(text, index) || text.charAt(index) == ' ') {
            return false;
        }
        char before = text.charAt(index - 1);
        return (before == ' ' || ENDS.indexOf(before) >= 0) && allows(text, index);
    }

    /**
     * Whether what came may still become something that is allowed, though it is no known preamble.
     */
    boolean mayCome(Flat text, int anchor) {
        char first = text.charAt(0);
        boolean ellipsis = ELLIPSES.indexOf(first) >= 0;
        boolean opens = fence != null && first == fence.charAt(0);
        return opens || ellipsis && text.length() <= anchor + 2 * Anchor.FEWEST_CHARACTERS;
    }

    private boolean opensAgain(String before, String words) {
        String line = words + "\n";
        return fence != null
                && opens(line)
                && before.substring(Blanks.end(before, 0)).indexOf('\n') >= 0
                && Fences.openingLine(line) == line.length();
    }

    /**
     * The bare fence opens no block that names its language: it wraps the whole continuation, and
     * its end would come as text.
     */
    private boolean opens(String line) {
        String other = Fences.openFence(line);
        return fence != null
                && other != null
                && Fences.run(other).equals(Fences.run(fence))
                && (!bare(other) || bare(fence));
    }

    private static boolean bare(String fence) {
        return fence.equals(Fences.run(fence));
    }

    private boolean preamble(String before, String words) {
        boolean ends =
                ENDS.indexOf(words.charAt(words.length() - 1)) >= 0
                        || before.substring(Blanks.trailingStart(before)).indexOf('\n') >= 0;
        return ends
                && (fence != null || !Fences.any(before))
                && Openers.preambleThroughout(withoutFence(words));
    }

    /** Inside a code block, after the preamble the block may be opened again. */
    private static String withoutFence(String words) {
        int last = words.lastIndexOf('\n') + 1;
        return Fences.any(words.substring(last)) ? words.substring(0, last) : words;
    }

    private static boolean ellipsis(String words) {
        return words.length() <= 5 && words.chars().allMatch(c -> "….[]()".indexOf(c) >= 0);
    }
}
