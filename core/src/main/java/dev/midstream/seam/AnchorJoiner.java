package dev.midstream.seam;

import dev.midstream.model.SeamGrade;
import dev.midstream.seam.Verdict.Joined;
import dev.midstream.seam.Verdict.Pending;
import dev.midstream.seam.Verdict.Reason;
import dev.midstream.seam.Verdict.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * Joins the answer to a user turn that asked to repeat the anchor and to go on.
 *
 * <p>The answer has to be the end of the delivered text, from some place that lies at or before the
 * anchor, and then new text. Before it only a known preamble is allowed: if anything else stood
 * there it would be new text, and dropping it would lose it.
 */
final class AnchorJoiner implements SeamJoiner {
    private static final int ANEW = 40;

    private final Anchor anchor;
    private final int[] anchorBorders;
    private final Options options;
    private final Lead lead;
    private final Edge edge;
    private final String flatDelivered;
    private final Hold hold;
    private final Follower follower;
    private final Flat text = new Flat();
    private int fed;
    private int matched;
    private int anew;
    private String closing = "";
    private @Nullable Joint joint;

    AnchorJoiner(String delivered, Anchor anchor, Options options) {
        this.anchor = anchor;
        this.options = options;
        anchorBorders = Borders.of(anchor.flat());
        edge = Edge.of(delivered);
        lead = new Lead(Fences.inside(delivered));
        String whole = Graphemes.withoutHalfPair(delivered);
        flatDelivered = Flat.of(whole.substring(0, Blanks.trailingStart(whole))).text();
        follower = new Follower(flatDelivered);
        hold = new Hold(delivered.length());
    }

    @Override
    public Verdict text(String piece, long nowNanos) {
        hold.began(nowNanos);
        text.append(piece);
        while (joint == null && fed < text.length()) {
            feed(text.charAt(fed), nowNanos);
        }
        return judge(nowNanos, false);
    }

    @Override
    public Verdict finished(long nowNanos) {
        return judge(nowNanos, true);
    }

    @Override
    public Verdict wake(long nowNanos) {
        return judge(nowNanos, false);
    }

    @Override
    public long deadline() {
        return hold.deadline(repeating());
    }

    @Override
    public int held() {
        return text.raw().length();
    }

    private boolean repeating() {
        return joint == null && follower.repeating();
    }

    private void feed(char c, long nowNanos) {
        if (matched == anchorBorders.length) {
            matched = anchorBorders[matched - 1];
        }
        matched = Borders.step(anchor.flat(), anchorBorders, matched, c);
        follower.next(c);
        fed++;
        anew = follower.fromTheBeginning() ? fed : anew;
        if (matched == anchorBorders.length && joinsHere()) {
            found(fed, SeamGrade.ANCHORED, "anchor", nowNanos);
        }
    }

    /** Whether everything up to here is something allowed and then delivered text up to its end. */
    private boolean joinsHere() {
        int start = fed - matched;
        if (anchor.ambiguous()) {
            return anew == flatDelivered.length() || lead.allows(text, start);
        }
        int earliest = earliestStart(start);
        if (earliest == 0) {
            return true;
        }
        if (!Anchor.tells(anchor.flat())) {
            return false;
        }
        closing = Lead.quotation(text, earliest);
        if (!closing.isEmpty()) {
            return true;
        }
        for (int at = start; at >= earliest; at--) {
            if (lead.allows(text, at)) {
                return true;
            }
        }
        return false;
    }

    /**
     * How far back from the anchor the continuation repeats what stands before the anchor in the
     * delivered text.
     */
    private int earliestStart(int start) {
        int at = start;
        int there = flatDelivered.length() - matched;
        while (at > 0 && there > 0 && text.charAt(at - 1) == flatDelivered.charAt(there - 1)) {
            at--;
            there--;
        }
        return at;
    }

    private void found(int flatEnd, SeamGrade grade, String how, long nowNanos) {
        String note =
                how + " of " + matchedOf(flatEnd) + " after " + (flatEnd - matchedOf(flatEnd));
        joint = new Joint(text, flatEnd, closing, grade, note, anchor, edge, lead.inCode());
        hold.restart(text.rawEnd(flatEnd), nowNanos);
    }

    private int matchedOf(int flatEnd) {
        return Math.min(flatEnd, anchor.flat().length());
    }

    private Verdict judge(long nowNanos, boolean ended) {
        boolean due = ended || hold.over(held(), repeating(), nowNanos);
        if (joint == null && text.length() > 0 && (due || !follower.alive())) {
            Repetition rows = overlapInRows(due);
            if (rows == Repetition.UNDECIDED) {
                return Pending.INSTANCE;
            }
            if (rows == Repetition.NONE) {
                found(follower.overlap(), SeamGrade.OVERLAPPING, "overlap", nowNanos);
            }
        }
        return joint == null ? judgeWithoutJoint(due, ended) : judgeJoint(joint, nowNanos, ended);
    }

    private Verdict judgeJoint(Joint found, long nowNanos, boolean ended) {
        if (found.grade().compareTo(options.minimum()) < 0) {
            return new Rejected(Reason.UNPROVEN, "the seam is " + found.grade() + " at best");
        }
        return found.judge(hold.over(held(), false, nowNanos), ended);
    }

    /**
     * Whether less than the anchor came back and proves the join all the same: it has to occur
     * nowhere else in the delivered text. {@code REPEATED} also where it proves nothing.
     */
    private Repetition overlapInRows(boolean due) {
        int overlap = follower.overlap();
        boolean proves =
                overlap > anchor.repeated()
                        && !anchor.ambiguous()
                        && Anchor.tells(text.text().substring(0, overlap));
        return proves ? Repetition.of(text, overlap, due) : Repetition.REPEATED;
    }

    private Verdict judgeWithoutJoint(boolean due, boolean ended) {
        if (text.length() == 0) {
            return ended ? new Rejected(Reason.EMPTY, "the answer is empty") : blankSoFar();
        }
        if (follower.alive() && !due) {
            return Pending.INSTANCE;
        }
        Openers opener = Openers.of(text.raw(), due);
        boolean mayLead =
                opener == Openers.UNDECIDED
                        || opener.mayPrecede()
                        || lead.mayCome(text, anchor.flat().length());
        if (mayLead && !due) {
            return Pending.INSTANCE;
        }
        return switch (opener) {
            case REFUSAL, APOLOGY ->
                    new Rejected(Reason.REFUSED, "it refuses or apologises instead of going on");
            case PREAMBLE ->
                    new Rejected(
                            Reason.PREAMBLE_WITHOUT_OVERLAP,
                            "it opens with words of its own and does not take up the text");
            case NONE, UNDECIDED -> judgeUnproven(ended);
        };
    }

    private Verdict blankSoFar() {
        return held() < Hold.CHARACTERS
                ? Pending.INSTANCE
                : new Rejected(Reason.UNPROVEN, "nothing but blank space came");
    }

    private Verdict judgeUnproven(boolean ended) {
        if (anew >= ANEW) {
            return new Rejected(
                    Reason.STARTED_ANEW,
                    "it starts anew and differs after %d characters".formatted(anew));
        }
        if (options.minimum() != SeamGrade.UNPROVEN) {
            return new Rejected(Reason.UNPROVEN, "the anchor did not come back");
        }
        int at = edge.pass(text.raw(), 0, ended);
        return at < 0
                ? new Rejected(Reason.DIVERGED, "the second half of a character did not come")
                : new Joined(SeamGrade.UNPROVEN, text.raw().substring(at), at, "unproven");
    }
}
