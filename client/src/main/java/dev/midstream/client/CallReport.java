package dev.midstream.client;

import dev.midstream.model.Usage;
import dev.midstream.relay.Summary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a call went: every attempt, and what all of them cost. Immutable.
 *
 * @param attempts in the order in which they began
 * @param usage as of one seamless call: what the caller was given; attempts that broke off cost
 *     their own on top, see {@link AttemptReport#usage()}
 * @param cost of all attempts together in US dollars, null if that of one is unknown
 */
public record CallReport(List<AttemptReport> attempts, Usage usage, @Nullable Double cost) {

    /** Nothing was tried. */
    static final CallReport NONE = new CallReport(List.of(), Usage.NONE, null);

    public CallReport {
        attempts = List.copyOf(attempts);
    }

    /** Whether the answer came of more than one attempt. */
    public boolean recovered() {
        return attempts.size() > 1;
    }

    static CallReport of(@Nullable Summary summary, Map<Integer, Throwable> thrown, long now) {
        if (summary == null) {
            return NONE;
        }
        List<AttemptReport> attempts =
                summary.attempts().stream()
                        .map(a -> AttemptReport.of(a, thrown.get(a.number()), now))
                        .toList();
        return new CallReport(attempts, summary.usage(), summary.cost());
    }
}
