package dev.midstream.routing;

import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import java.time.Duration;
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
}
