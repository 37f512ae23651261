package dev.midstream.relay;

import dev.midstream.model.FinishReason;
import dev.midstream.seam.StopMatcher;
import dev.midstream.seam.TokenEstimate;
import org.jspecify.annotations.Nullable;

/**
 * Text behind a seam on its way to the client, held to the limits of the client's one request: its
 * stop strings (an upstream only sees its own part), its token limit, and, for structured output,
 * that the joined text stays a valid document.
 *
 * <p>Event-loop confined.
 */
final class ContinuedText {

    private static final int BYTES_OF_A_LONG_TOKEN = 6;

    /** Room for any amount of text. */
    static final long UNLIMITED = Long.MAX_VALUE;

    private final @Nullable StopMatcher stop;
    private final @Nullable Document document;
    private long tokensLeft;
    private @Nullable FinishReason end;
    private @Nullable String stopSequence;
    private boolean broken;

    /**
     * @param tokensLeft how many tokens the client's limit leaves
     * @param document the structured document so far, null where the text is free
     */
    ContinuedText(@Nullable StopMatcher stop, long tokensLeft, @Nullable Document document) {
        this.stop = stop;
        this.tokensLeft = tokensLeft;
        this.document = document;
    }

    static ContinuedText free() {
        return new ContinuedText(null, UNLIMITED, null);
    }

    /** What of the next piece may be released now. */
    String accept(String text) {
        if (stop == null) {
            return limited(text);
        }
        StopMatcher.Step step = stop.text(text);
        String released = limited(step.release());
        if (end == null && step.stop() != null) {
            end = FinishReason.STOP_SEQUENCE;
            stopSequence = step.stop();
        }
        return released;
    }

    /** The upstream ended: what was held back. */
    String rest() {
        return stop == null || end != null ? "" : limited(stop.finished());
    }

    private String limited(String text) {
        String fitting = tokensLeft == UNLIMITED ? text : fitting(text);
        if (document != null && !document.accept(fitting)) {
            broken = true;
            return "";
        }
        return fitting;
    }

    /**
     * A piece of one token fits or does not; a longer one is cut where the limit is certainly
     * reached, for a false end is worse than some tokens more.
     */
    private String fitting(String text) {
        long bytes = TokenEstimate.utf8Bytes(text);
        long tokens =
                TokenEstimate.ofPieces(1, bytes) == 1
                        ? 1
                        : (bytes + BYTES_OF_A_LONG_TOKEN - 1) / BYTES_OF_A_LONG_TOKEN;
        if (tokens <= tokensLeft) {
            tokensLeft -= tokens;
            return text;
        }
        end = FinishReason.LENGTH;
        int fits = 0;
        long room = tokens > 1 ? tokensLeft * BYTES_OF_A_LONG_TOKEN : 0;
        while (fits < text.length()) {
            int next = text.offsetByCodePoints(fits, 1);
            room -= TokenEstimate.utf8Bytes(text.substring(fits, next));
            if (room < 0) {
                break;
            }
            fits = next;
        }
        tokensLeft = 0;
        return text.substring(0, fits);
    }

    /** Why the answer ends here although the upstream may go on; null if it does not. */
    @Nullable FinishReason end() {
        return end;
    }

    @Nullable String stopSequence() {
        return stopSequence;
    }

    /**
     * Whether the joined document cannot become valid any more; the piece that broke it was not
     * released.
     */
    boolean broken() {
        return broken;
    }

    /** Whether a structured document is whole and fits its schema; true for free text. */
    boolean whole() {
        return document == null || document.complete();
    }
}
