package dev.midstream.model;

/**
 * Token counts of one attempt or of one answer.
 *
 * <p><b>Units</b>: tokens; {@link #UNKNOWN} where nobody told. {@code input} counts the whole
 * prompt, cached parts included (OpenAI's way of counting; Anthropic's {@code input_tokens} leaves
 * the cached ones out and is converted by its protocol). {@code output} includes {@code reasoning}.
 *
 * @param estimated whether any figure was estimated here rather than told by the provider
 */
public record Usage(
        int input, int output, int cacheRead, int cacheWrite, int reasoning, boolean estimated) {

    public static final int UNKNOWN = -1;

    public static final Usage NONE = new Usage(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, false);

    public static Usage of(int input, int output) {
        return new Usage(input, output, UNKNOWN, UNKNOWN, UNKNOWN, false);
    }

    /** Whether the provider told the two figures that every protocol wants. */
    public boolean told() {
        return input != UNKNOWN && output != UNKNOWN;
    }

    /**
     * This usage, with whatever {@code later} knows in place of what stands here (figures are
     * cumulative, never added).
     */
    public Usage updatedBy(Usage later) {
        return new Usage(
                known(later.input, input),
                known(later.output, output),
                known(later.cacheRead, cacheRead),
                known(later.cacheWrite, cacheWrite),
                known(later.reasoning, reasoning),
                estimated || later.estimated);
    }

    private static int known(int preferred, int otherwise) {
        return preferred == UNKNOWN ? otherwise : preferred;
    }
}
