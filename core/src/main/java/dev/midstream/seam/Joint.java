package dev.midstream.seam;

import dev.midstream.model.SeamGrade;
import dev.midstream.seam.Verdict.Joined;
import dev.midstream.seam.Verdict.NothingLeft;
import dev.midstream.seam.Verdict.Pending;
import dev.midstream.seam.Verdict.Reason;
import dev.midstream.seam.Verdict.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * The place in a continuation where the repeated text ends, and the check of what follows it: blank
 * space that the client has, a code block opened again, the anchor once more, a refusal.
 *
 * @param flatEnd where the repeated text ends in the flat continuation
 * @param fence the line that opened the code block in which the text broke off, null if none is
 *     open
 */
record Joint(
        Flat text,
        int flatEnd,
        SeamGrade grade,
        String note,
        Anchor anchor,
        Edge edge,
        @Nullable String fence) {
    private static final int MOST_MARKS = 12;
    private static final String MARKS = " \"'`*_«»….:>";

    /** {@code due}: no longer held than needed. {@code ended}: no more comes. */
    Verdict judge(boolean due, boolean ended) {
        int from = text.rawEnd(flatEnd);
        int at = edge.pass(text.raw(), from, ended);
        if (grown(from)) {
            return rejected(Reason.DIVERGED, "the last word came back longer than it was");
        }
        return switch (at) {
            case Edge.NOT_YET -> Edge.wait(text.raw().length() - from);
            case Edge.DIFFERS ->
                    rejected(Reason.DIVERGED, "the second half of a character did not come");
            default -> checkRest(from, at, due, ended);
        };
    }

    private Verdict checkRest(int from, int at, boolean due, boolean ended) {
        String rest = text.raw().substring(at);
        if (!ended && Blanks.end(rest, 0) == rest.length()) {
            return Edge.wait(text.raw().length() - from);
        }
        Verdict doubt = again(from, due);
        if (doubt == null) {
            doubt = opener(rest, due);
        }
        if (doubt == null && fence != null) {
            doubt = fence(fence, rest, due);
        }
        if (doubt != null) {
            return doubt;
        }
        int reopening = reopening(rest);
        if (reopening > 0 && edge.blank().indexOf('\n') < 0) {
            return rejected(
                    Reason.UNPROVEN, "it opens the code block again in the middle of a line");
        }
        int dropped = at + reopening;
        String release = text.raw().substring(dropped);
        return ended && release.isEmpty()
                ? new NothingLeft(grade)
                : new Joined(grade, release, dropped, note);
    }

    /** Blank space was delivered behind the last word, and the word goes on. */
    private boolean grown(int from) {
        return !edge.blank().isEmpty()
                && from < text.raw().length()
                && Character.isLetterOrDigit(text.raw().charAt(from))
                && Character.isLetterOrDigit(text.raw().charAt(from - 1));
    }

    /**
     * The anchor and right behind it the anchor again: once quoted, once gone on from. In a text
     * that says the same over and over that is new text, unless a blank line stands between them.
     */
    private @Nullable Verdict again(int from, boolean due) {
        if (!apart(from) && !anchor.tellsOnce()) {
            return null;
        }
        boolean mayCome = false;
        for (int at = flatEnd; at <= text.length(); at++) {
            String after = text.slice(at, text.length());
            if (after.startsWith(anchor.flat())) {
                return rejected(Reason.UNPROVEN, "the anchor came twice");
            }
            mayCome |= anchor.flat().startsWith(after);
            if (!mayStandBetween(at)) {
                break;
            }
        }
        return mayCome && !due ? Pending.INSTANCE : null;
    }

    private boolean mayStandBetween(int at) {
        return at < text.length()
                && at - flatEnd < MOST_MARKS
                && MARKS.indexOf(text.charAt(at)) >= 0;
    }

    /** Whether a blank line that was not delivered stands behind the repeated text. */
    private boolean apart(int from) {
        String gap = text.raw().substring(from, Blanks.end(text.raw(), from));
        return gap.chars().filter(c -> c == '\n').count() >= 2 && !gap.equals(edge.blank());
    }

    /**
     * After a short anchor the whole may be a preamble or a refusal that begins like the delivered
     * text.
     */
    private @Nullable Verdict opener(String rest, boolean due) {
        boolean tells = Anchor.tells(text.slice(0, flatEnd));
        return switch (tells ? Openers.refusal(rest, due) : Openers.of(text.raw(), due)) {
            case UNDECIDED -> Pending.INSTANCE;
            case REFUSAL, APOLOGY ->
                    rejected(Reason.REFUSED, "it refuses or apologises instead of going on");
            case PREAMBLE ->
                    rejected(
                            Reason.PREAMBLE_WITHOUT_OVERLAP,
                            "too little was delivered to tell it from a preamble");
            case NONE -> null;
        };
    }

    /**
     * A fence with words behind it closes nothing. It opens the same block again; or, in a block of
     * Markdown, another one; or nothing tells.
     */
    private static @Nullable Verdict fence(String fence, String rest, boolean due) {
        String line = rest.substring(Blanks.end(rest, 0));
        if (line.indexOf('\n') < 0 && Fences.mayOpen(line) && !due) {
            return Pending.INSTANCE;
        }
        String opened = Fences.openFence(line.substring(0, Fences.openingLine(line)));
        return opened == null || closes(opened) || opened.equals(fence) || markdown(fence)
                ? null
                : rejected(Reason.UNPROVEN, "it opens another code block inside the open one");
    }

    /** How much of {@code rest} opens the same code block again. */
    private int reopening(String rest) {
        int blank = Blanks.end(rest, 0);
        int line = fence == null ? 0 : Fences.openingLine(rest.substring(blank));
        boolean same = line > 0 && rest.substring(blank, blank + line).strip().equals(fence);
        return same && fence != null && !closes(fence) ? blank + line : 0;
    }

    private static boolean closes(String fence) {
        return fence.equals(Fences.run(fence));
    }

    private static boolean markdown(String fence) {
        String language = fence.substring(Fences.run(fence).length()).strip();
        return language.startsWith("md") || language.startsWith("markdown");
    }

    private static Rejected rejected(Reason reason, String message) {
        return new Rejected(reason, message);
    }
}
