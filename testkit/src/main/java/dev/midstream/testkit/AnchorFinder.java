package dev.midstream.testkit;

import java.util.Optional;

/** Finds the words in a user turn that a continuation is to begin with. */
@FunctionalInterface
public interface AnchorFinder {

    /**
     * What a turn quotes.
     *
     * @param words what the reply is to begin with; the end of the tail
     * @param tail all that is quoted; its place in the answer is where the answer broke off
     */
    record Anchor(String words, String tail) {}

    /**
     * The anchor in this turn.
     *
     * @param userTurn the last user message
     * @param answer what the model has said so far, if the request tells it; else all that it has
     *     to say
     * @return empty if the turn quotes nothing of the answer
     */
    Optional<Anchor> find(String userTurn, String answer);

    /**
     * Finds quotes whatever the words around them are: the longest piece of the answer that ends in
     * the turn where a line or a quotation ends. Where a second quotation repeats the end of that
     * piece, or the turn speaks of its last so many words, only those are the anchor.
     */
    static AnchorFinder longestQuote() {
        return new LongestQuote();
    }
}
