package dev.midstream.client.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens by chance, whoever asks the library gets the whole answer or the first failure,
 * and nothing is left behind.
 *
 * <p>{@code midstream.simulation.calls} says how many are played (5,000), {@code
 * midstream.simulation.seed} the seed of the first; the others follow it. So one seed replays
 * alone.
 */
class RandomSchedulesTest {

    private static final int SLICES = 4;
    private static final long CALLS = Long.getLong("midstream.simulation.calls", 5_000);
    private static final long SEED = Long.getLong("midstream.simulation.seed", 20_260_101L);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Execution(ExecutionMode.CONCURRENT)
    void everyCallEndsAsPromised(int slice) {
        for (long i = slice; i < CALLS; i += SLICES) {
            play(SEED + i);
        }
    }

    private static void play(long seed) {
        try {
            Judge.judge(World.play(seed));
        } catch (RuntimeException broken) {
            fail(
                    """
                    %s: %s
                    replay: ./mvnw -q -pl client -am test -Dtest=dev.midstream.client.simulation.* \
                    -Dmidstream.simulation.seed=%d -Dmidstream.simulation.calls=1"""
                            .formatted(
                                    new Schedule(seed, World.random(seed)),
                                    broken.getMessage(),
                                    seed),
                    broken);
        }
    }
}
