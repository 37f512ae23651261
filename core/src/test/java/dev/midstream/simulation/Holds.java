package dev.midstream.simulation;

import dev.midstream.model.Method;
import dev.midstream.routing.MidStream;
import dev.midstream.simulation.Tried.Holding;

/**
 * What may be kept from a client, and how much of it: nothing without a reason, nothing beyond its
 * bound.
 */
final class Holds {

    /** More bytes than any answer here has, however its protocol spells it. */
    private static final int AMPLE = 10_000;

    /** Twice the 600 characters for which a seam is held without a proof. */
    private static final int SEAM = 1200;

    private final Schedule schedule;
    private final WholeAnswer answer;
    private final Client client;
    private final Spending spending;

    Holds(Schedule schedule, Client client, Spending spending) {
        this.schedule = schedule;
        this.answer = schedule.answer();
        this.client = client;
        this.spending = spending;
    }

    /** Whether a tool call that begins now has to be held: while there is somewhere else to go. */
    Holding ofNewCall(long now) {
        if (schedule.settings().maxHeld() < AMPLE || schedule.settings().maxTranscript() < AMPLE) {
            return Holding.OPEN;
        }
        return switch (schedule.settings().holdToolCalls()) {
            case ALWAYS -> Holding.DUE;
            case NEVER -> Holding.FORBIDDEN;
            case AUTO ->
                    schedule.settings().midStream() == MidStream.ERROR ? Holding.OPEN : auto(now);
        };
    }

    /**
     * With a whole call out there is somewhere to go as well: the turn can end without this one.
     */
    private Holding auto(long now) {
        if (spending.anybodyLeft(client.hasContent(), now)) {
            return Holding.DUE;
        }
        boolean nowhere = spending.surelyNobodyLeft() && client.calls() == 0;
        return nowhere ? Holding.FORBIDDEN : Holding.OPEN;
    }

    /** An input of this attempt has been dealt with. */
    void check(Tried t) {
        boolean behindCall = schedule.blocksInOrder() && t.callTextGiven > 0;
        if (t.direct() && !behindCall && t.givenNow().length() > 0) {
            Violation.unless(
                    CharSequence.compare(t.givenNow(), client.fresh()) == 0,
                    "text was held or altered that goes straight through: " + t.givenNow());
        }
        t.textReleased |= t.firstTextAt != Long.MIN_VALUE && client.fresh().length() > 0;
        seam(t);
        if (answer.hasCalls() && t.joinsSurely()) {
            calls(t);
        }
    }

    private void seam(Tried t) {
        boolean replay = t.method() == Method.REPLAY || t.method() == Method.RESTART;
        if (!t.direct() && !replay && !answer.text().equals(client.text(0))) {
            int bound = t.delivered.length() + SEAM + schedule.pace().longestPiece() + 1;
            Violation.unless(t.charactersGiven <= bound, "held more than a seam may hold");
        }
    }

    private void calls(Tried t) {
        int whole = client.wholeCalls().size();
        boolean waitsForEnds = schedule.blocksInOrder() && schedule.pace().inTurns();
        Violation.unless(
                waitsForEnds || t.wholeCalls() <= whole,
                "a tool call that is whole arrives at once");
        int held = t.callTextGiven - client.callText();
        int bound = schedule.settings().maxHeld() + schedule.pace().longestPiece() + 1;
        Violation.unless(held <= bound, "held more of a tool call than max_held");
        if (t.holding == Holding.DUE) {
            Violation.unless(client.calls() == whole, "an incomplete tool call was not held");
        }
        if (t.holding == Holding.FORBIDDEN && !waitsForEnds) {
            Violation.unless(held == 0, "a tool call was held although nobody else is left");
        }
    }
}
