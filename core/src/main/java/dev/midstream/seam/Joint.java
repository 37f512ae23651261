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
 * space that the client has, the closing mark of a quoted anchor, a code block opened again, the
 * anchor once more, a refusal.
 *
 * @param flatEnd where the repeated text ends in the flat continuation
 * @param closing the mark that closes a quotation around the anchor; empty if it is not quoted
 */
record Joint(
        Flat text,
        int flatEnd,
        String closing,
        SeamGrade grade,
        String note,
        Anchor anchor,
        Edge edge,
        boolean inCode) {

    /** {@code due}: no longer held than needed. {@code ended}: no more comes. */
    Verdict judge(boolean due, boolean ended) {
        int from = text.rawEnd(flatEnd);
        if (!closing.isEmpty()) {
            Verdict open = quotation(from, ended);
            if (open != null) {
                return open;
            }
            from += closing.length();
        }
        int at = edge.pass(text.raw(), from, ended);
        return switch (at) {
            case Edge.NOT_YET -> Pending.INSTANCE;
            case Edge.DIFFERS ->
                    rejected(Reason.DIVERGED, "the second half of a character did not come");
            default -> checkRest(from, at, due, ended);
        };
    }

    private Verdict checkRest(int from, int at, boolean due, boolean ended) {
        String rest = text.raw().substring(at);
        Verdict doubt = again(from, due);
        if (doubt == null) {
            doubt = opener(rest, due);
        }
        if (doubt == null && inCode) {
            doubt = fence(rest, due || ended);
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

    /**
     * A quotation has to close right behind the anchor, and new text to stand apart from it on the
     * same line.
     */
    private @Nullable Verdict quotation(int from, boolean ended) {
        String rest = text.raw().substring(from);
        if (rest.length() <= closing.length() && closing.startsWith(rest) && !ended) {
            return Pending.INSTANCE;
        }
        int behind = closing.length();
        boolean closes = rest.startsWith(closing);
        boolean apart =
                rest.length() == behind
                        || Blanks.blank(rest.charAt(Math.min(behind, rest.length() - 1)));
        if (!closes || !apart) {
            return rejected(
                    Reason.UNPROVEN,
                    "it quotes the anchor, and nothing tells where the quotation ends");
        }
        int end = Blanks.end(rest, behind);
        if (end == rest.length() && !ended) {
            return Pending.INSTANCE;
        }
        return rest.substring(behind, end).indexOf('\n') >= 0
                ? rejected(Reason.UNPROVEN, "it quotes the anchor in a paragraph of its own")
                : null;
    }

    /** The anchor on a line of its own and then again is a quotation without marks. */
    private @Nullable Verdict again(int from, boolean due) {
        String gap = text.raw().substring(from, Blanks.end(text.raw(), from));
        if (gap.chars().filter(c -> c == '\n').count() < 2 || gap.equals(edge.blank())) {
            return null;
        }
        String after = text.text().substring(Math.min(text.length(), flatEnd + 1));
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
        boolean tells = Anchor.tells(text.text().substring(0, flatEnd));
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
        if (rest.indexOf('\n') < 0 && Fences.mayOpen(rest) && !due) {
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
