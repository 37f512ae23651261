package dev.midstream.routing;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What a client is told whose request nobody may be asked because of limits of ours. */
final class LimitReached {

    /**
     * The longest that a client is told to wait: OpenAI's and Anthropic's SDKs take a longer
     * Retry-After for none and ask again within a second.
     */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private LimitReached() {}

    /**
     * @param stages in the order of the walk: a limit of the group that the client asked for is
     *     named rather than a fallback's
     * @param first who could be asked first, and has a limit that is reached
     * @param wait how long until then
     */
    static Choice.Exhausted of(List<Stage> stages, Candidate first, Duration wait, long now) {
        Candidate named = first;
        for (Candidate own : stages.getFirst().candidates()) {
            if (own.obstacle(now) != null) {
                named = own;
                break;
            }
        }
        Duration told = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        return new Choice.Exhausted(told, new Failure.Refused(refusal(named, told, now), false));
    }

    private static ProviderError refusal(Candidate named, Duration wait, long now) {
        Obstacle obstacle = Objects.requireNonNull(named.obstacle(now));
        String message =
                "The %s limit of %d of the model group \"%s\" is reached; try again in %d s"
                        .formatted(
                                obstacle.key(),
                                limit(named.stage, obstacle),
                                named.stage.at().group().name(),
                                wait.plusNanos(999_999_999).toSeconds());
        return new ProviderError(
                429,
                ErrorClass.RATE_LIMIT,
                "rate_limit_error",
                "rate_limit_exceeded",
                null,
                message,
                null,
                null,
                wait,
                false);
    }

    /** The group's: that of all its deployments together which have one. */
    private static long limit(Stage stage, Obstacle obstacle) {
        long sum = 0;
        for (Candidate candidate : stage.candidates()) {
            Long limit = obstacle.in(candidate.limits());
            sum += limit == null ? 0 : limit;
        }
        return sum;
    }
}
