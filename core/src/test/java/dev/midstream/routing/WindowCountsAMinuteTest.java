package dev.midstream.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WindowCountsAMinuteTest {

    private static final long SECOND = 1_000_000_000L;

    private record Added(long at, long amount) {}

    @Test
    void whatIsYoungerThanAMinuteAndNothingOlderThanASecondMore() {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Window window = new Window();
            List<Added> all = new ArrayList<>();
            long now = random.nextBoolean() ? Long.MAX_VALUE - 5 : random.nextLong();
            for (int i = 0; i < 200; i++) {
                now += random.nextLong(random.nextInt(20) == 0 ? 90 * SECOND : 2 * SECOND);
                all.add(new Added(now, random.nextInt(50)));
                window.add(all.getLast().amount(), now);
                assertThat(window.sum(now))
                        .as("seed %d", seed)
                        .isBetween(younger(all, now, 60), younger(all, now, 61));
            }
        }
    }

    @Test
    void itForeseesWhenThereIsRoom() {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Window window = new Window();
            long now = random.nextLong();
            for (int i = 0; i < 40; i++) {
                now += random.nextLong(3 * SECOND);
                window.add(1 + random.nextInt(9), now);
            }
            long most = random.nextLong(window.sum(now) + 10);
            long wait = window.untilAtMost(most, now);
            assertThat(wait).isBetween(0L, 61 * SECOND);
            if (wait > 0) {
                assertThat(window.sum(now + wait - 1)).isGreaterThan(most);
            }
            assertThat(window.sum(now + wait)).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void whatWasTakenBackDoesNotCount() {
        Window window = new Window();
        window.add(10, 5);
        window.add(7, 30 * SECOND);
        window.takeBack(4, 5, 40 * SECOND);
        assertThat(window.sum(40 * SECOND)).isEqualTo(13);
        assertThat(window.sum(70 * SECOND)).isEqualTo(7);
        window.takeBack(4, 5, 70 * SECOND);
        assertThat(window.sum(70 * SECOND)).isEqualTo(7);
    }

    @Test
    void neverMoreRoomThanNone() {
        assertThat(new Window().untilAtMost(-1, 0)).isEqualTo(60 * SECOND);
        assertThat(new Window().untilAtMost(0, 0)).isZero();
    }

    private static long younger(List<Added> all, long now, int seconds) {
        return all.stream()
                .filter(added -> now - added.at() < seconds * SECOND)
                .mapToLong(Added::amount)
                .sum();
    }
}
