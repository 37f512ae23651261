package dev.midstream.routing;

import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one request is routed and recovered, everything decided: defaults, the router's settings, the
 * group's and the request's own, in this order. The keys are listed in {@code
 * docs/configuration.md}.
 *
 * @param continuation the one method to continue by, null to take the best that the deployment has
 * @param continuationPrompt the words of the user turn with {@code {tail}} in them; null for the
 *     default; empty rules the user turn out
 * @param maxAttempts null for {@code 1 + numRetries + maxFallbacks}
 * @param maxHeld bytes of a tool call that are held at most
 * @param maxTranscript characters of an answer up to which it can be continued
 * @param streamUpstream whether a plain request runs upstream as a stream and is assembled here
 * @param clocks the time limits of the router and the group: those of a deployment come before them
 * @param requestClocks the time limits that the client's request names: they come before all others
 * @param seamComments whether a stream says at a seam what happened, in a comment
 * @param evadeContentPolicy whether a refusal by content policy goes to the next group
 */
public record Settings(
        MidStream midStream,
        @Nullable Method continuation,
        @Nullable String continuationPrompt,
        int maxContinuations,
        SeamGrade minSeam,
        HoldToolCalls holdToolCalls,
        Duration commitAfter,
        Duration heartbeatInterval,
        int numRetries,
        int maxFallbacks,
        @Nullable Integer maxAttempts,
        int maxHeld,
        int maxTranscript,
        boolean streamUpstream,
        boolean disableFallbacks,
        boolean seamComments,
        boolean evadeContentPolicy,
        Duration requestTimeout,
        Clocks clocks,
        Clocks requestClocks) {

    private static final int UNBOUNDED = 10_000;

    public static final Settings DEFAULTS =
            new Settings(
                    MidStream.CONTINUE,
                    null,
                    null,
                    3,
                    SeamGrade.OVERLAPPING,
                    HoldToolCalls.AUTO,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    2,
                    5,
                    null,
                    1 << 20,
                    256 * 1024,
                    true,
                    false,
                    true,
                    false,
                    Duration.ofSeconds(6000),
                    Clocks.UNSET,
                    Clocks.UNSET);

    /** The limits for an attempt at this deployment. */
    public AttemptClocks clocks(Deployment deployment, boolean reasoningAsked) {
        return requestClocks.orElse(deployment.clocks()).orElse(clocks).resolve(reasoningAsked);
    }

    /**
     * The methods by which a text that broke off would be taken up at this deployment, best first;
     * empty where the client is told of the break. What was learnt at run time, and what a request
     * rules out, is not known here.
     */
    public List<Method> ways(Deployment deployment) {
        return ways(deployment, midStream);
    }

    /** The methods as above, were breaks recovered in this way. */
    public List<Method> ways(Deployment deployment, MidStream mode) {
        return switch (mode) {
            case ERROR -> List.of();
            case RESTART -> List.of(Method.RESTART);
            case CONTINUE -> {
                List<Method> ways = new ArrayList<>();
                if (continuation != null) {
                    ways.add(continuation);
                }
                deployment.methods().stream().filter(m -> !ways.contains(m)).forEach(ways::add);
                yield ways.stream().filter(this::possible).toList();
            }
        };
    }

    private boolean possible(Method method) {
        boolean wordless = continuationPrompt != null && continuationPrompt.isBlank();
        return switch (method) {
            case RESUME -> false;
            case USER_TURN -> !wordless;
            case PREFILL, PREFIX, PARTIAL, CONTINUE_FINAL_MESSAGE ->
                    continuation == null || continuation == Method.RESUME || continuation.prefill();
            case ORIGINAL, REPLAY, RESTART -> true;
        };
    }

    /**
     * Whether the operator wants generations of this deployment to run in the background, so that
     * they can be taken up again where a connection broke.
     */
    public boolean resumes(Deployment deployment) {
        return midStream == MidStream.CONTINUE
                && (continuation == Method.RESUME || deployment.methods().contains(Method.RESUME));
    }

    /** The same with fallbacks, and without a bound on attempts that a walk could meet. */
    public Settings unbounded() {
        return new Settings(
                midStream,
                continuation,
                continuationPrompt,
                maxContinuations,
                minSeam,
                holdToolCalls,
                commitAfter,
                heartbeatInterval,
                numRetries,
                UNBOUNDED,
                null,
                maxHeld,
                maxTranscript,
                streamUpstream,
                false,
                seamComments,
                evadeContentPolicy,
                requestTimeout,
                clocks,
                requestClocks);
    }
}
