package dev.midstream.testkit;

import java.time.Duration;

/**
 * Something that is said token by token and can break on the way: one {@link Answer}, or what a
 * {@link ScriptedModel} has to say.
 *
 * <p><b>Shape.</b> A break stands after a number of tokens, which are the deltas of an answer and
 * what a model's {@link Tokeniser} makes of its text (words, unless told otherwise). With 0 tokens
 * it happens before the response begins, so that the client sees neither status nor headers. Where
 * there are not more tokens than that, it happens before the finish reason. A request that does not
 * ask for a stream gets nothing of the answer, and the same fault.
 *
 * <p>An answer is changed in a copy. A model is changed itself: its first break is about the first
 * request that it gets, the second one about the second request, and so on; all others it answers
 * well.
 *
 * @param <T> what is broken
 */
public sealed interface Breakable<T> permits Answer, ScriptedModel {

    /**
     * Breaks after that many tokens.
     *
     * @param fault what happens in place of the rest; ends cleanly if it does not say how
     */
    T breakingAfter(int tokens, Step... fault);

    /** Takes this time before each token. */
    T slowedBy(Duration perToken);

    /** The connection is reset (RST): what pulled cables and killed processes look like. */
    default T cutAfter(int tokens) {
        return breakingAfter(tokens, new Step.Cut());
    }

    /** The connection is closed (FIN) in the middle of the body's framing. */
    default T closedAfter(int tokens) {
        return breakingAfter(tokens, new Step.Close());
    }

    /** The response ends properly, but without finish reason and terminal event. */
    default T truncatedAfter(int tokens) {
        return breakingAfter(tokens, new Step.CleanEnd());
    }

    /** Nothing more comes; the connection stays open until the client leaves. */
    default T stalledAfter(int tokens) {
        return breakingAfter(tokens, new Step.Stall());
    }

    /** An error in the provider's own words, inside the stream; with 0 tokens as an HTTP status. */
    default T rejectedAfter(int tokens, Rejection error) {
        return breakingAfter(tokens, new Step.Rejected(error));
    }

    /** An event comes whose JSON is broken off, and nothing after it. */
    default T garbledAfter(int tokens) {
        return breakingAfter(tokens, new Step.Malformed());
    }
}
