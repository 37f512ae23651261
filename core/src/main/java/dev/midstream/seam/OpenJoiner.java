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
    private final Edge edge;
    private final boolean resumed;
    private final StringBuilder held = new StringBuilder();

    OpenJoiner(Edge edge, boolean resumed) {
        this.edge = edge;
        this.resumed = resumed;
    }

    @Override
    public Verdict text(String piece, long nowNanos) {
        held.append(piece);
        if (held.length() > Hold.CHARACTERS && Blanks.end(held, 0) == held.length()) {
            return new Rejected(Reason.UNPROVEN, "nothing but blank space came");
        }
        int at = edge.pass(held, 0, false);
        return switch (at) {
            case Edge.NOT_YET -> Pending.INSTANCE;
            case Edge.DIFFERS ->
                    new Rejected(Reason.DIVERGED, "the second half of a character did not come");
            default ->
                    new Joined(
                            SeamGrade.EXACT, held.substring(at), at, resumed ? "resume" : "start");
        };
    }

    @Override
    public Verdict finished(long nowNanos) {
        return resumed
                ? new NothingLeft(SeamGrade.EXACT)
                : new Rejected(Reason.EMPTY, "the answer is empty");
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
