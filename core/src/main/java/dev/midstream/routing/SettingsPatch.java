package dev.midstream.routing;

import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings given at one level; null where that level says nothing. */
public record SettingsPatch(
        @Nullable MidStream midStream,
        @Nullable Method continuation,
        @Nullable String continuationPrompt,
        @Nullable Integer maxContinuations,
        @Nullable SeamGrade minSeam,
        @Nullable HoldToolCalls holdToolCalls,
        @Nullable Duration commitAfter,
        @Nullable Duration heartbeatInterval,
        @Nullable Integer numRetries,
        @Nullable Integer maxFallbacks,
        @Nullable Integer maxAttempts,
        @Nullable Integer maxHeld,
        @Nullable Integer maxTranscript,
        @Nullable Boolean streamUpstream,
        @Nullable Boolean disableFallbacks,
        @Nullable Boolean seamComments,
        @Nullable Boolean evadeContentPolicy,
        @Nullable Duration requestTimeout,
        Clocks clocks) {

    public static final SettingsPatch EMPTY =
            new SettingsPatch(
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Clocks.UNSET);

    /** {@code base} with everything that is set here, as the router's or a group's. */
    public Settings over(Settings base) {
        return over(base, clocks.orElse(base.clocks()), base.requestClocks());
    }

    /** {@code base} with everything that is set here, as the client's request names it. */
    public Settings requestedOver(Settings base) {
        return over(base, base.clocks(), clocks.orElse(base.requestClocks()));
    }

    private Settings over(Settings base, Clocks configured, Clocks requested) {
        return new Settings(
                or(midStream, base.midStream()),
                continuation != null ? continuation : base.continuation(),
                continuationPrompt != null ? continuationPrompt : base.continuationPrompt(),
                or(maxContinuations, base.maxContinuations()),
                or(minSeam, base.minSeam()),
                or(holdToolCalls, base.holdToolCalls()),
                or(commitAfter, base.commitAfter()),
                or(heartbeatInterval, base.heartbeatInterval()),
                or(numRetries, base.numRetries()),
                or(maxFallbacks, base.maxFallbacks()),
                maxAttempts != null ? maxAttempts : base.maxAttempts(),
                or(maxHeld, base.maxHeld()),
                or(maxTranscript, base.maxTranscript()),
                or(streamUpstream, base.streamUpstream()),
                or(disableFallbacks, base.disableFallbacks()),
                or(seamComments, base.seamComments()),
                or(evadeContentPolicy, base.evadeContentPolicy()),
                or(requestTimeout, base.requestTimeout()),
                configured,
                requested);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given != null ? given : otherwise;
    }
}
