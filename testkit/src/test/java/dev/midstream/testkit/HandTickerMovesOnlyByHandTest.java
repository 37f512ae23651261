package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HandTickerMovesOnlyByHandTest {

    private final HandTicker ticker = new HandTicker();

    @Test
    void standsStillByItself() {
        assertThat(ticker.getAsLong()).isEqualTo(ticker.getAsLong());
    }

    @Test
    void advancesByWhatItIsTold() {
        long before = ticker.getAsLong();
        assertThat(ticker.advance(Duration.ofMillis(3))).isEqualTo(before + 3_000_000);
        assertThat(ticker.getAsLong()).isEqualTo(before + 3_000_000);
    }

    @Test
    void neverGoesBack() {
        assertThatThrownBy(() -> ticker.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
