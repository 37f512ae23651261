package dev.midstream.config;

import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.routing.Clocks;
import dev.midstream.routing.HoldToolCalls;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.SettingsPatch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings being gathered at one level, key by key. Not thread-safe. */
final class SettingsDraft {

    @Nullable MidStream midStream;
    @Nullable Method continuation;
    @Nullable String continuationPrompt;
    @Nullable Integer maxContinuations;
    @Nullable SeamGrade minSeam;
    @Nullable HoldToolCalls holdToolCalls;
    @Nullable Duration commitAfter;
    @Nullable Duration heartbeatInterval;
    @Nullable Integer numRetries;
    @Nullable Integer maxFallbacks;
    @Nullable Integer maxAttempts;
    @Nullable Integer maxHeld;
    @Nullable Integer maxTranscript;
    @Nullable Boolean streamUpstream;
    @Nullable Boolean disableFallbacks;
    @Nullable Boolean seamComments;
    @Nullable Boolean evadeContentPolicy;
    @Nullable Duration requestTimeout;
    @Nullable Duration connect;
    @Nullable Duration firstToken;
    @Nullable Duration idle;
    @Nullable Duration timeout;
    @Nullable Duration streamTimeout;

    Clocks clocks() {
        return new Clocks(connect, firstToken, idle, timeout, streamTimeout);
    }

    SettingsPatch patch() {
        return new SettingsPatch(
                midStream,
                continuation,
                continuationPrompt,
                maxContinuations,
                minSeam,
                holdToolCalls,
                commitAfter,
                heartbeatInterval,
                numRetries,
                maxFallbacks,
                maxAttempts,
                maxHeld,
                maxTranscript,
                streamUpstream,
                disableFallbacks,
                seamComments,
                evadeContentPolicy,
                requestTimeout,
                clocks());
    }
}
