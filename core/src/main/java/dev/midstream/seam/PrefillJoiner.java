package dev.midstream.seam;

import dev.midstream.model.SeamGrade;
import dev.midstream.seam.Verdict.Joined;
import dev.midstream.seam.Verdict.NothingLeft;
import dev.midstream.seam.Verdict.Pending;
import dev.midstream.seam.Verdict.Reason;
import dev.midstream.seam.Verdict.Rejected;

/**
 * Joins what a target says after its own unfinished turn.
 *
 * <p>What has to be ruled out is that it took the turn for a finished one: then it starts anew, or
 * talks. What has to come back, and is removed, is the echo, the word that was cut back and the
 * blank space that could not be sent.
 */
final class PrefillJoiner implements SeamJoiner {
    /** So many characters of the beginning are no coincidence. */
    private static final int ANEW = 40;

    private final Options options;
    private final String flatDelivered;
    private final String echo;
    private final String word;
    private final Edge edge;
    private final Edge whole;
    private final int repeatedEnd;
    private final Hold hold;
    private final Follower follower;
    private final Flat text = new Flat();
    private int echoed;
    private int fed;
    private int anew;

    PrefillJoiner(String delivered, Options options) {
        this.options = options;
        Prefill prefill = Prefill.of(delivered, options);
        echo = options.echo() ? prefill.sent() : "";
        word = prefill.word();
        edge = prefill.edge();
        whole = Edge.of(delivered);
        flatDelivered = Flat.of(delivered.substring(0, Blanks.trailingStart(delivered))).text();
        repeatedEnd = Anchor.longestRepeatedEnd(flatDelivered);
        follower = new Follower(flatDelivered);
        hold = new Hold(delivered.length());
    }

    @Override
    public Verdict text(String piece, long nowNanos) {
        hold.began(nowNanos);
        int at = 0;
        while (at < piece.length() && echoed < echo.length()) {
            if (piece.charAt(at) != echo.charAt(echoed)) {
                return new Rejected(
                        Reason.IGNORED_PREFILL, "the prefill did not come back as it should");
            }
            at++;
            echoed++;
        }
        text.append(piece.substring(at));
        follow();
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
        return echoed + text.raw().length();
    }

    private void follow() {
        for (; fed < text.length() && follower.alive(); fed++) {
            follower.next(text.charAt(fed));
            anew = follower.fromTheBeginning() ? fed + 1 : anew;
        }
    }

    /** In a text that repeats itself a continuation repeats it too: nothing to wait for. */
    private boolean repeating() {
        return echoed < echo.length()
                || follower.repeating()
                        && (follower.fromTheBeginning() || repeatedEnd < Anchor.FEWEST_CHARACTERS);
    }

    private Verdict judge(long nowNanos, boolean ended) {
        boolean due = ended || hold.over(held(), repeating(), nowNanos);
        if (!echo.isEmpty()) {
            return judgeEcho(ended);
        }
        if (text.length() == 0) {
            return blankSoFar(ended);
        }
        if (anew == flatDelivered.length()) {
            return judgeReplay(due, ended);
        }
        if (follower.alive() && !due) {
            return Pending.INSTANCE;
        }
        if (anew >= ANEW) {
            return startedAnew("differs after " + anew + " characters");
        }
        return judgeOpening(due, ended);
    }

    private Verdict judgeEcho(boolean ended) {
        if (echoed < echo.length()) {
            return ended
                    ? new Rejected(
                            echoed == 0 ? Reason.EMPTY : Reason.IGNORED_PREFILL,
                            "it ended within the echo")
                    : Pending.INSTANCE;
        }
        return afterWord(SeamGrade.EXACT, ended, "echo");
    }

    private Verdict blankSoFar(boolean ended) {
        if (ended) {
            return new Rejected(Reason.EMPTY, "the answer is empty");
        }
        return held() < Hold.CHARACTERS
                ? Pending.INSTANCE
                : new Rejected(Reason.UNPROVEN, "nothing but blank space came");
    }

    private Verdict judgeReplay(boolean due, boolean ended) {
        int length = flatDelivered.length();
        if (length < ANEW
                || !Anchor.tells(flatDelivered)
                || Anchor.overAndOver(repeatedEnd, length)) {
            return untold();
        }
        return switch (Repetition.of(text, 0, length, due)) {
            case UNDECIDED -> Pending.INSTANCE;
            case REPEATED -> untold();
            case NONE -> join(whole, SeamGrade.EXACT, text.rawEnd(length), ended, "replay");
        };
    }

    private Verdict judgeOpening(boolean due, boolean ended) {
        return switch (Openers.ofFreshTurn(text.raw(), due, ended)) {
            case UNDECIDED -> Pending.INSTANCE;
            case PREAMBLE ->
                    new Rejected(
                            Reason.IGNORED_PREFILL, "it talks about itself instead of going on");
            case REFUSAL, APOLOGY ->
                    new Rejected(Reason.REFUSED, "it refuses or apologises instead of going on");
            case NONE -> judgeOverlap(due, ended);
        };
    }

    private Verdict judgeOverlap(boolean due, boolean ended) {
        int overlap = follower.overlap();
        if (overlap <= repeatedEnd || !Anchor.tells(text.slice(0, overlap))) {
            return goesOn(ended);
        }
        return switch (Repetition.of(text, 0, overlap, due)) {
            case UNDECIDED -> Pending.INSTANCE;
            case REPEATED -> goesOn(ended);
            case NONE -> repeatsTheEnd(overlap, ended);
        };
    }

    private Verdict repeatsTheEnd(int overlap, boolean ended) {
        if (options.knownToContinue()) {
            return new Rejected(
                    Reason.UNPROVEN, "it says the last %d characters again".formatted(overlap));
        }
        return join(
                whole, SeamGrade.OVERLAPPING, text.rawEnd(overlap), ended, "overlap of " + overlap);
    }

    private Verdict goesOn(boolean ended) {
        return afterWord(
                options.knownToContinue() ? SeamGrade.EXACT : SeamGrade.UNPROVEN, ended, "prefill");
    }

    private Verdict afterWord(SeamGrade grade, boolean ended, String note) {
        int from = 0;
        if (!word.isEmpty()) {
            from = Blanks.end(text.raw(), 0);
            String came =
                    text.raw().substring(from, Math.min(text.raw().length(), from + word.length()));
            if (!word.equals(came)) {
                return word.startsWith(came) && !ended
                        ? Pending.INSTANCE
                        : new Rejected(
                                Reason.DIVERGED, "the word that was cut back did not return");
            }
            from += word.length();
        }
        return join(grade, from, ended, note);
    }

    private Verdict join(SeamGrade grade, int from, boolean ended, String note) {
        return join(edge, grade, from, ended, note);
    }

    private Verdict join(Edge edge, SeamGrade grade, int from, boolean ended, String note) {
        if (grade.compareTo(options.minimum()) < 0) {
            return new Rejected(Reason.UNPROVEN, "nothing proves that it goes on (" + note + ")");
        }
        int at = edge.pass(text.raw(), from, ended);
        if (at == Edge.NOT_YET) {
            return Edge.wait(text.raw().length() - from);
        }
        if (at == Edge.DIFFERS) {
            return new Rejected(Reason.DIVERGED, "the second half of a character did not come");
        }
        String release = text.raw().substring(at);
        if (release.isEmpty()) {
            return ended ? new NothingLeft(grade) : Pending.INSTANCE;
        }
        return new Joined(grade, release, echoed + at, note);
    }

    private static Rejected untold() {
        return new Rejected(
                Reason.UNPROVEN, "starting anew cannot be told from going on with the same words");
    }

    private static Rejected startedAnew(String message) {
        return new Rejected(Reason.STARTED_ANEW, "it starts anew: " + message);
    }
}
