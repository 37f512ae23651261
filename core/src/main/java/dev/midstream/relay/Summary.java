package dev.midstream.relay;

import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.model.Usage;
import java.util.List;
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

    /**
     * One attempt.
     *
     * @param startedNanos,firstTokenNanos,endedNanos monotonic times; 0 where it never came to that
     * @param failure null if it ended well or was cancelled
     * @param grade of its seam, null if it had none
     * @param usage as told by this upstream, or estimated
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
            boolean served) {}
}
