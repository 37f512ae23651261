package dev.midstream.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings with some of them changed; each method gives a changed copy. */
public record SettingsWith(
        Settings s,
        MidStream midStream,
        HoldToolCalls hold,
        int numRetries,
        int maxFallbacks,
        @Nullable Integer maxAttempts,
        int maxContinuations,
        boolean disableFallbacks,
        Clocks clocks) {

    public SettingsWith(Settings s) {
        this(
                s,
                s.midStream(),
                s.holdToolCalls(),
                s.numRetries(),
                s.maxFallbacks(),
                s.maxAttempts(),
                s.maxContinuations(),
                s.disableFallbacks(),
                s.clocks());
    }

    public SettingsWith midStream(MidStream other) {
        return copy(other, hold, numRetries, disableFallbacks, clocks);
    }

    public SettingsWith hold(HoldToolCalls other) {
        return copy(midStream, other, numRetries, disableFallbacks, clocks);
    }

    public SettingsWith retries(int retries) {
        return copy(midStream, hold, retries, disableFallbacks, clocks);
    }

    public SettingsWith withoutFallbacks() {
        return copy(midStream, hold, numRetries, true, clocks);
    }

    /** The same limit for the first token and the gaps between two signs of progress. */
    public SettingsWith clocks(Duration limit) {
        Clocks other = new Clocks(null, limit, limit, null, null);
        return copy(midStream, hold, numRetries, disableFallbacks, other);
    }

    /** So many of everything that is counted. */
    public SettingsWith budget(int most) {
        return new SettingsWith(
                s, midStream, hold, most, most, null, most, disableFallbacks, clocks);
    }

    private SettingsWith copy(
            MidStream midStream,
            HoldToolCalls hold,
            int numRetries,
            boolean disableFallbacks,
            Clocks clocks) {
        return new SettingsWith(
                s,
                midStream,
                hold,
                numRetries,
                maxFallbacks,
                maxAttempts,
                maxContinuations,
                disableFallbacks,
                clocks);
    }

    public Settings settings() {
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
                disableFallbacks,
                s.seamComments(),
                s.evadeContentPolicy(),
                s.requestTimeout(),
                clocks,
                s.requestClocks());
    }
}
