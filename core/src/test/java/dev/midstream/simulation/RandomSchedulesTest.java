package dev.midstream.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens by chance, the client gets the whole answer or the first failure, as due.
 *
 * <p>{@code midstream.simulation.schedules} says how many schedules are played (30,000), {@code
 * midstream.simulation.seed} the seed of the first; the others follow it. So one seed replays
 * alone.
 */
class RandomSchedulesTest {

    private static final int SLICES = 8;
    private static final long SCHEDULES = Long.getLong("midstream.simulation.schedules", 30_000);
    private static final long SEED = Long.getLong("midstream.simulation.seed", 20_260_101L);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    @Execution(ExecutionMode.CONCURRENT)
    void everyScheduleEndsAsDue(int slice) {
        for (long i = slice; i < SCHEDULES; i += SLICES) {
            play(SEED + i);
        }
    }

    private static void play(long seed) {
        try {
            World.play(Schedules.of(seed), Engine::relay);
        } catch (RuntimeException broken) {
            fail(
                    """
                    seed %d: %s
                    replay: ./mvnw -q -pl core test -Dtest=RandomSchedulesTest \
                    -Dmidstream.simulation.seed=%d -Dmidstream.simulation.schedules=1"""
                            .formatted(seed, broken.getMessage(), seed),
                    broken);
        }
    }
}
