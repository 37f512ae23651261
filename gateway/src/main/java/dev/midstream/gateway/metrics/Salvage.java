package dev.midstream.gateway.metrics;

import dev.midstream.driver.Outcome;
import dev.midstream.model.Method;
import dev.midstream.model.Usage;
import dev.midstream.relay.Summary;
import dev.midstream.relay.Summary.Attempt;
import dev.midstream.seam.TokenEstimate;
import java.util.List;

/**
 * What it saved that an answer went on, and what was paid for twice all the same, in tokens.
 *
 * @param salvaged delivered before the last break, and not generated again
 * @param inputAgain prompts that were read although an earlier attempt had read them
 * @param outputAgain what was generated and dropped: overlaps at seams, replays, candidates that
 *     could not be joined
 */
record Salvage(long salvaged, long inputAgain, long outputAgain) {

    static Salvage of(Outcome outcome) {
        Summary summary = outcome.summary();
        List<Attempt> attempts = summary == null ? List.of() : summary.attempts();
        boolean whole = outcome instanceof Outcome.Completed;
        return new Salvage(whole ? salvaged(attempts) : 0, inputAgain(attempts), dropped(attempts));
    }

    /** Whether a failure ended it after something of it was released. */
    static boolean interrupted(Attempt attempt) {
        return attempt.failure() != null && attempt.delivery().firstNanos() != 0;
    }

    /** Whether it began behind something that was released. */
    static boolean recovery(Attempt attempt) {
        return attempt.delivery().tokensBefore() > 0;
    }

    private static long salvaged(List<Attempt> attempts) {
        long salvaged = 0;
        for (Attempt attempt : attempts) {
            if (recovery(attempt) && attempt.delivery().firstNanos() != 0 && keeps(attempt)) {
                salvaged = attempt.delivery().tokensBefore();
            }
        }
        Attempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        if (last != null && interrupted(last)) {
            salvaged = last.delivery().tokensBefore() + last.delivery().tokens();
        }
        return salvaged;
    }

    private static boolean keeps(Attempt attempt) {
        return attempt.method() != Method.REPLAY && attempt.method() != Method.RESTART;
    }

    private static long inputAgain(List<Attempt> attempts) {
        long sum = 0;
        boolean read = false;
        for (Attempt attempt : attempts) {
            if (read && attempt.method() != Method.RESUME) {
                sum += Math.max(0, attempt.usage().input());
            }
            read |= attempt.failure() == null || !attempt.failure().surelyNotProcessed();
        }
        return sum;
    }

    private static long dropped(List<Attempt> attempts) {
        long sum = 0;
        for (Attempt attempt : attempts) {
            sum += TokenEstimate.tokensOfBytes(attempt.seamDropped());
            boolean unseen = attempt.failure() != null && attempt.delivery().firstNanos() == 0;
            int told = attempt.usage().output();
            sum += unseen && told != Usage.UNKNOWN ? told : 0;
        }
        return sum;
    }
}
