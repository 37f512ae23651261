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
 */
record Joint(
        Flat text,
        int flatEnd,
        SeamGrade grade,
        String note,
        Anchor anchor,
        Edge edge,
        boolean inCode) {

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
        if (doubt == null && inCode) {
            doubt = fence(rest, due);
        }
        if (doubt != null) {
            return doubt;
        }
        int dropped = at + reopening(rest);
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

    /** The anchor on a line of its own and then again is a quotation without marks. */
    private @Nullable Verdict again(int from, boolean due) {
        String gap = text.raw().substring(from, Blanks.end(text.raw(), from));
        if (gap.chars().filter(c -> c == '\n').count() < 2 || gap.equals(edge.blank())) {
            return null;
        }
        String after = text.slice(Math.min(text.length(), flatEnd + 1), text.length());
        if (after.startsWith(anchor.flat())) {
            return rejected(Reason.UNPROVEN, "the anchor came twice");
        }
        return anchor.flat().startsWith(after) && !due ? Pending.INSTANCE : null;
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

    /** Opened again in the middle of a line, nothing tells where the line goes on. */
    private @Nullable Verdict fence(String rest, boolean due) {
        String line = rest.substring(Blanks.end(rest, 0));
        boolean open = line.indexOf('\n') < 0 && Fences.mayOpen(line);
        if (open && !due) {
            return Pending.INSTANCE;
        }
        boolean lineBegan = edge.blank().indexOf('\n') >= 0;
        return reopening(rest) > 0 && !lineBegan
                ? rejected(Reason.UNPROVEN, "it opens the code block again in the middle of a line")
                : null;
    }

    /**
     * How much of {@code rest} opens a code block inside the open one, which only a fence with
     * words behind it does.
     */
    private int reopening(String rest) {
        int blank = Blanks.end(rest, 0);
        int line = inCode ? Fences.openingLine(rest.substring(blank)) : 0;
        boolean words = line > 0 && !Fences.closing(rest.substring(blank, blank + line));
        return words ? blank + line : 0;
    }

    private static Rejected rejected(Reason reason, String message) {
        return new Rejected(reason, message);
    }
}
