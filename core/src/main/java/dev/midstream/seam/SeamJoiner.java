package dev.midstream.seam;

/**
 * Holds the beginning of one continuation until it is known whether and where it joins.
 *
 * <p><b>Shape</b>: the text of the continuation goes in piece by piece; each input answers with a
 * {@link Verdict}. After the first that is not {@link Verdict.Pending} it is not asked any more.
 * <b>Units</b>: times are nanoseconds of one monotonic clock; lengths are UTF-16 characters. Not
 * thread-safe.
 */
public interface SeamJoiner {

    /** The next piece of text, of any length, cut anywhere. */
    Verdict text(String piece, long nowNanos);

    /** The model ended its answer in good order. Never {@link Verdict.Pending}. */
    Verdict finished(long nowNanos);

    /** The deadline has passed, or may have. */
    Verdict wake(long nowNanos);

    /** When {@link #wake} is due, {@link Long#MAX_VALUE} for never. Moves with every input. */
    long deadline();

    /** How many characters are held now. */
    int held();
}
