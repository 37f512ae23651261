package dev.midstream.seam;

import dev.midstream.model.SeamGrade;
import dev.midstream.seam.Verdict.Joined;
import dev.midstream.seam.Verdict.Pending;
import dev.midstream.seam.Verdict.Reason;
import dev.midstream.seam.Verdict.Rejected;
import java.util.Locale;
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
    private static final int MOST_LEADS = 8;

    private final Anchor anchor;
    private final int[] anchorBorders;
    private final Options options;
    private final Lead lead;
    private final Edge edge;
    private final String flatDelivered;
    private final Hold hold;
    private final Follower fromStart;
    private final Flat text = new Flat();
    private @Nullable Follower fromLead;
    private int leadEnd;
    private int leads;
    private int fed;
    private int matched;
    private int anew;
    private @Nullable Joint joint;

    AnchorJoiner(String delivered, Anchor anchor, Options options) {
        this.anchor = anchor;
        this.options = options;
        anchorBorders = Borders.of(anchor.flat());
        edge = Edge.of(delivered);
        lead = new Lead(Fences.openFence(delivered));
        String whole = Graphemes.withoutHalfPair(delivered);
        flatDelivered = Flat.of(whole.substring(0, Blanks.trailingStart(whole))).text();
        fromStart = new Follower(flatDelivered);
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
        return joint == null && (fromStart.repeating() || fromLead != null && fromLead.repeating());
    }

    private void feed(char c, long nowNanos) {
        if (matched == anchorBorders.length) {
            matched = anchorBorders[matched - 1];
        }
        matched = Borders.step(anchor.flat(), anchorBorders, matched, c);
        follow(c);
        fed++;
        anew = fromStart.fromTheBeginning() ? fed : anew;
        if (matched == anchorBorders.length && joinsHere()) {
            found(fed, SeamGrade.ANCHORED, "anchor", nowNanos);
        }
    }

    private void follow(char c) {
        fromStart.next(c);
        boolean lost = !fromStart.alive() && (fromLead == null || !fromLead.alive());
        if (lost && leads < MOST_LEADS && lead.endsBefore(text, fed)) {
            leads++;
            leadEnd = fed;
            fromLead = new Follower(flatDelivered);
        }
        if (fromLead != null) {
            fromLead.next(c);
        }
    }

    /** Whether everything up to here is something allowed and then delivered text up to its end. */
    private boolean joinsHere() {
        int start = fed - matched;
        if (anchor.ambiguous()) {
            return lead.allows(text, start) || replayed();
        }
        int earliest = earliestStart(start);
        if (!Anchor.tells(anchor.flat())) {
            return earliest == 0 && verbatim(start);
        }
        if (earliest == 0) {
            return true;
        }
        int at = earliest;
        while (at < start && lead.reaches(text, at) && !lead.endsBefore(text, at)) {
            at++;
        }
        return lead.endsBefore(text, at);
    }

    /** Quotation marks may be all there is of a short anchor: they have to be the same. */
    private boolean verbatim(int start) {
        for (int i = text.rawStart(start), j = 0; i < text.rawEnd(fed); i++, j++) {
            j = Blanks.end(anchor.text(), j);
            i = Blanks.end(text.raw(), i);
            if (text.raw().charAt(i) != anchor.text().charAt(j)) {
                return false;
            }
        }
        return true;
    }

    /** The whole delivered text came back, and it is not the same words over and over. */
    private boolean replayed() {
        return anew == flatDelivered.length() && !Anchor.overAndOver(anchor.repeated(), anew);
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
        joint = new Joint(text, flatEnd, grade, note, anchor, edge, lead.fence());
        hold.restart(text.rawEnd(flatEnd), nowNanos);
    }

    private int matchedOf(int flatEnd) {
        return Math.min(flatEnd, anchor.flat().length());
    }

    private Verdict judge(long nowNanos, boolean ended) {
        boolean due = ended || hold.over(held(), repeating(), nowNanos);
        if (joint == null && (due || !repeating())) {
            boolean undecided = seekOverlap(fromStart, 0, due, nowNanos);
            if (joint == null && fromLead != null) {
                undecided |= seekOverlap(fromLead, leadEnd, due, nowNanos);
            }
            if (joint == null && undecided) {
                return Pending.INSTANCE;
            }
        }
        return joint == null ? judgeWithoutJoint(due, ended) : judgeJoint(joint, nowNanos, ended);
    }

    /**
     * Takes less than the anchor for the proof, where the delivered text does not repeat itself:
     * among equal rows the missing words may be made up for by new ones, and so in what ends as it
     * begins.
     *
     * @return whether more text has to tell
     */
    private boolean seekOverlap(Follower follower, int start, boolean due, long nowNanos) {
        int overlap = follower.overlap();
        boolean proves =
                anchor.repeated() < Anchor.FEWEST_CHARACTERS
                        && overlap > anchor.repeated()
                        && Anchor.tells(text.slice(start, start + overlap))
                        && follower.overlapBorder() == 0;
        Repetition rows = proves ? Repetition.of(text, start, overlap, due) : Repetition.REPEATED;
        if (rows == Repetition.NONE) {
            found(start + overlap, SeamGrade.OVERLAPPING, "overlap", nowNanos);
        }
        return rows == Repetition.UNDECIDED;
    }

    private Verdict judgeJoint(Joint found, long nowNanos, boolean ended) {
        if (found.grade().compareTo(options.minimum()) < 0) {
            return new Rejected(
                    Reason.UNPROVEN,
                    "the seam is " + found.grade().name().toLowerCase(Locale.ROOT) + " at best");
        }
        return found.judge(ended || hold.over(held(), false, nowNanos), ended);
    }

    private Verdict judgeWithoutJoint(boolean due, boolean ended) {
        if (text.length() == 0) {
            return ended ? new Rejected(Reason.EMPTY, "the answer is empty") : blankSoFar();
        }
        if (repeating() && !due) {
            return Pending.INSTANCE;
        }
        Openers opener = Openers.of(text.raw(), ended);
        boolean mayLead =
                opener == Openers.UNDECIDED
                        || opener.mayPrecede()
                        || lead.mayCome(text, anchor.flat().length());
        boolean maySayNo = opener == Openers.UNDECIDED && options.minimum() == SeamGrade.UNPROVEN;
        if (mayLead && !due || maySayNo) {
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
