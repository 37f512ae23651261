package dev.midstream.seam;

import dev.midstream.model.SeamGrade;
import dev.midstream.seam.Verdict.Apart;
import dev.midstream.seam.Verdict.Joined;
import dev.midstream.seam.Verdict.NothingLeft;
import dev.midstream.seam.Verdict.Pending;
import dev.midstream.seam.Verdict.Reason;
import dev.midstream.seam.Verdict.Rejected;

/**
 * Swallows an answer as long as it repeats the delivered text. There is no bound while it does; the
 * idle clock is running.
 */
final class ReplayJoiner implements SeamJoiner {
    private final String delivered;
    private final boolean restart;
    private int repeated;

    ReplayJoiner(String delivered, boolean restart) {
        this.delivered = delivered;
        this.restart = restart;
    }

    @Override
    public Verdict text(String piece, long nowNanos) {
        int at = 0;
        while (at < piece.length() && repeated < delivered.length()) {
            if (piece.charAt(at) != delivered.charAt(repeated)) {
                return differs(piece.substring(at));
            }
            at++;
            repeated++;
        }
        return at == piece.length() ? Pending.INSTANCE : joined(piece.substring(at));
    }

    @Override
    public Verdict finished(long nowNanos) {
        if (repeated == 0) {
            return new Rejected(Reason.EMPTY, "the answer is empty");
        }
        return repeated == delivered.length() ? new NothingLeft(SeamGrade.EXACT) : differs("");
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
        return repeated;
    }

    private Verdict joined(String release) {
        return new Joined(SeamGrade.EXACT, release, repeated, "replay");
    }

    private Verdict differs(String rest) {
        return restart
                ? new Apart(delivered.substring(0, repeated) + rest)
                : new Rejected(
                        Reason.DIVERGED,
                        "the answer differs after %d of %d delivered characters"
                                .formatted(repeated, delivered.length()));
    }
}
