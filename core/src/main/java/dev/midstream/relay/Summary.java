package dev.midstream.relay;

import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.model.Usage;
import dev.midstream.routing.Face;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a request went, for the log line, the metrics and the response headers.
 *
 * @param malformed events skipped because they could not be decoded
 */
public record Summary(List<Attempt> attempts, Usage usage, boolean committed, int malformed) {

    public Summary {
        attempts = List.copyOf(attempts);
    }

    /** What all attempts together cost, in US dollars; null if that of one that cost is unknown. */
    public @Nullable Double cost() {
        boolean known =
                attempts.stream().noneMatch(a -> a.cost() == null && !a.usage().equals(Usage.NONE));
        List<Double> costs = attempts.stream().map(Attempt::cost).filter(Objects::nonNull).toList();
        return known && !costs.isEmpty()
                ? costs.stream().mapToDouble(Double::doubleValue).sum()
                : null;
    }

    /**
     * One attempt.
     *
     * @param startedNanos,firstTokenNanos,endedNanos monotonic times; 0 where it never came to that
     * @param failure null if it ended well or was cancelled
     * @param grade of its seam, null if it had none
     * @param usage as told by this upstream, or estimated; of a generation that another attempt
     *     took up again nothing: it is told there
     * @param face how the deployment was asked
     * @param fallback whether it went to another group than asked for
     * @param requestId what the upstream calls the request, as it came: hostile
     * @param cost in US dollars, by what is known of the model's prices; null where that is nothing
     */
    public record Attempt(
            int number,
            String deployment,
            String group,
            String model,
            Method method,
            long startedNanos,
            long firstTokenNanos,
            long endedNanos,
            @Nullable Failure failure,
            @Nullable SeamGrade grade,
            int seamDropped,
            Usage usage,
            boolean served,
            Face face,
            boolean fallback,
            @Nullable String requestId,
            Delivery delivery,
            @Nullable Double cost) {}

    /**
     * What reached the client of an attempt, or its encoder where the answer is assembled.
     *
     * @param tokensBefore what had been released when the attempt began, estimated
     * @param tokens what it added, estimated
     * @param firstNanos when the first of it was released, monotonic; 0 where nothing was
     * @param gapNanos how long the client had waited for that since the last of an earlier attempt;
     *     0 where nothing was released before
     */
    public record Delivery(long tokensBefore, long tokens, long firstNanos, long gapNanos) {}
}
