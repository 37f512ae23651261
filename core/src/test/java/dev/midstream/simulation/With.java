package dev.midstream.simulation;

import dev.midstream.routing.Clocks;
import dev.midstream.routing.HoldToolCalls;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings with some of them changed. */
record With(
        Settings s,
        MidStream midStream,
        HoldToolCalls hold,
        int numRetries,
        int maxFallbacks,
        @Nullable Integer maxAttempts,
        int maxContinuations,
        Clocks clocks) {

    With(Settings s) {
        this(
                s,
                s.midStream(),
                s.holdToolCalls(),
                s.numRetries(),
                s.maxFallbacks(),
                s.maxAttempts(),
                s.maxContinuations(),
                s.clocks());
    }

    With midStream(MidStream other) {
        return new With(
                s, other, hold, numRetries, maxFallbacks, maxAttempts, maxContinuations, clocks);
    }

    With hold(HoldToolCalls other) {
        return new With(
                s,
                midStream,
                other,
                numRetries,
                maxFallbacks,
                maxAttempts,
                maxContinuations,
                clocks);
    }

    With retries(int retries) {
        return new With(
                s, midStream, hold, retries, maxFallbacks, maxAttempts, maxContinuations, clocks);
    }

    /** So many of everything that is counted. */
    With budget(int most) {
        return new With(s, midStream, hold, most, most, null, most, clocks);
    }

    /** The same limit for the first token and the gaps between two signs of progress. */
    With clocks(Duration limit) {
        Clocks other = new Clocks(null, limit, limit, null, null);
        return new With(
                s, midStream, hold, numRetries, maxFallbacks, maxAttempts, maxContinuations, other);
    }

    Settings settings() {
        return new Settings(
                midStream,
                s.continuation(),
                s.continuationPrompt(),
                maxContinuations,
                s.minSeam(),
                hold,
                s.commitAfter(),
                s.heartbeatInterval(),
                numRetries,
                maxFallbacks,
                maxAttempts,
                s.maxHeld(),
                s.maxTranscript(),
                s.streamUpstream(),
                s.disableFallbacks(),
                s.seamComments(),
                s.evadeContentPolicy(),
                s.requestTimeout(),
                clocks,
                s.requestClocks());
    }
}
