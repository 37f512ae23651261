package dev.midstream.seam;

import dev.midstream.model.SeamGrade;

/**
 * What is known of the target of a continuation, and how sure the seam has to be.
 *
 * @param stripTrailingWhitespace the target refuses a prefill that ends in blank space
 * @param echo the target repeats the prefill at the beginning of its answer (Mistral)
 * @param knownToContinue a prefill on this target is known to be continued, by the capability table
 *     or by experience
 * @param trimsLeadingWhitespace the target loses blank space at the beginning of its answer
 *     (Bedrock Nova): the prefill is cut back to the last whole word and the rest of the word has
 *     to come back
 * @param minimum the weakest grade that is accepted
 */
public record Options(
        boolean stripTrailingWhitespace,
        boolean echo,
        boolean knownToContinue,
        boolean trimsLeadingWhitespace,
        SeamGrade minimum) {

    /** A target of which nothing is known. */
    public static final Options UNKNOWN =
            new Options(false, false, false, false, SeamGrade.OVERLAPPING);
}
