package dev.midstream.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OldGenerationIsCollectedWhenItHasDoubledTest {

    private static final long MEGABYTE = 1 << 20;

    private long used;
    private long alive;
    private long threshold;
    private int collections;

    private final OldGeneration generation =
            new OldGeneration(
                    () -> used * MEGABYTE,
                    1000 * MEGABYTE,
                    bytes -> threshold = bytes / MEGABYTE,
                    this::collect);

    private void collect() {
        collections++;
        used = alive;
    }

    @Test
    void notBeforeItIsWorthIt() {
        generation.begin();
        assertThat(threshold).isEqualTo(96);
        assertThat(collections).isZero();
    }

    @Test
    void firstAndThenAtTwiceOfWhatWasLeft() {
        generation.begin();
        fill(97, 80);
        assertThat(collections).isEqualTo(1);
        assertThat(threshold).isEqualTo(160);
        fill(161, 20);
        assertThat(collections).isEqualTo(2);
        assertThat(threshold).isEqualTo(96);
    }

    @Test
    void atTheLatestWhenItIsFull() {
        generation.begin();
        fill(960, 900);
        assertThat(threshold).isEqualTo(1000);
    }

    private void fill(long to, long alive) {
        this.used = to;
        this.alive = alive;
        generation.exceeded();
    }
}
