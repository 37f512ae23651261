package dev.midstream.client;

import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.model.Usage;
import dev.midstream.relay.Summary;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to one deployment, and what came of it. Immutable.
 *
 * @param number counted from 1, in the order in which attempts began
 * @param deployment the id of the deployment that was asked
 * @param group the model group that it belongs to
 * @param model the model as its provider calls it
 * @param fallback whether that is another group than the one that was asked for
 * @param method how the attempt took up what was delivered before; {@link Method#ORIGINAL} where
 *     nothing was
 * @param firstToken from its beginning to its first content, null if none came
 * @param time from its beginning to its end
 * @param failure why it ended, null if it ended well or was cancelled
 * @param thrown what the transport, or a provider that was plugged in, threw: that very object;
 *     null if nothing was thrown
 * @param seam how well its answer joined what was delivered before, null if it had nothing to join
 * @param usage as its provider told it, or estimated
 * @param cost in US dollars by what is known of the model's prices, null where that is nothing
 * @param requestId what its provider calls the request, null if it said nothing
 */
public record AttemptReport(
        int number,
        String deployment,
        String group,
        String model,
        boolean fallback,
        Method method,
        @Nullable Duration firstToken,
        Duration time,
        @Nullable Failure failure,
        @Nullable Throwable thrown,
        @Nullable SeamGrade seam,
        Usage usage,
        @Nullable Double cost,
        @Nullable String requestId) {

    /**
     * @param now monotonic nanoseconds, for an attempt that has not ended
     */
    static AttemptReport of(Summary.Attempt attempt, @Nullable Throwable thrown, long now) {
        long began = attempt.startedNanos();
        long ended = attempt.endedNanos() == 0 ? now : attempt.endedNanos();
        long first = attempt.firstTokenNanos();
        return new AttemptReport(
                attempt.number(),
                attempt.deployment(),
                attempt.group(),
                attempt.model(),
                attempt.fallback(),
                attempt.method(),
                first == 0 ? null : Duration.ofNanos(first - began),
                Duration.ofNanos(ended - began),
                attempt.failure(),
                thrown,
                attempt.grade(),
                attempt.usage(),
                attempt.cost(),
                attempt.requestId());
    }
}
