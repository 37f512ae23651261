package dev.midstream.seam;

import dev.midstream.model.SeamGrade;
import dev.midstream.seam.Verdict.Joined;
import dev.midstream.seam.Verdict.NothingLeft;
import dev.midstream.seam.Verdict.Pending;
import dev.midstream.seam.Verdict.Reason;
import dev.midstream.seam.Verdict.Rejected;

/**
 * Joins what needs no proof: a resumed stream, or an answer of which at most blank space was
 * delivered.
 */
final class OpenJoiner implements SeamJoiner {
    private final String blank;
    private final boolean resumed;
    private final StringBuilder held = new StringBuilder();

    OpenJoiner(String blank, boolean resumed) {
        this.blank = blank;
        this.resumed = resumed;
    }

    @Override
    public Verdict text(String piece, long nowNanos) {
        held.append(piece);
        if (!Blanks.reconcilable(blank, held, false)) {
            return Pending.INSTANCE;
        }
        int dropped = Blanks.reconcile(blank, held);
        return new Joined(
                SeamGrade.EXACT, held.substring(dropped), dropped, resumed ? "resume" : "start");
    }

    @Override
    public Verdict finished(long nowNanos) {
        if (resumed) {
            return new NothingLeft(SeamGrade.EXACT);
        }
        return new Rejected(Reason.EMPTY, "the answer is empty");
    }

    @Override
    public Verdict wake(long nowNanos) {
        return Pending.INSTANCE;
    }

    @Override
    public long deadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public int held() {
        return held.length();
    }
}
