package dev.midstream.simulation;

import dev.midstream.model.FinishReason;
import dev.midstream.simulation.WholeAnswer.Piece;
import java.util.List;

/**
 * What a model says to one request.
 *
 * @param refusesPrefill whether it answers 400 instead: the rest is empty then
 * @param joins whether a perfect relay can join it to what was delivered
 * @param text the text that the client has at last if this attempt completes the answer
 */
record Utterance(
        List<Piece> pieces, FinishReason finish, boolean refusesPrefill, Joins joins, String text) {

    /** Whether what is said can be joined. */
    enum Joins {
        SURELY,
        /** Nobody can be blamed for either. */
        MAYBE,
        NEVER
    }

    Utterance {
        pieces = List.copyOf(pieces);
    }
}
