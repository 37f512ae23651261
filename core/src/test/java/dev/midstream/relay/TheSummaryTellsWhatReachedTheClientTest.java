package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.relay.Summary.Attempt;
import dev.midstream.relay.Summary.Delivery;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of each attempt was released, and how long the client waited at a seam. */
class TheSummaryTellsWhatReachedTheClientTest {

    private static final String SAID = "The bridge was built in the year of the flood";

    private static List<Delivery> deliveries(Rig rig) {
        Summary summary = ((Step.Finish) rig.last()).summary();
        return summary.attempts().stream().map(Attempt::delivery).toList();
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    @Test
    void anUnbrokenAnswerHasNoGap() {
        Rig rig = Rig.streaming().begin().wait(Duration.ofMillis(30)).begins("Once").finishes();
        Delivery only = deliveries(rig).get(0);
        assertThat(only.tokensBefore()).isZero();
        assertThat(only.tokens()).isEqualTo(1);
        assertThat(only.gapNanos()).isZero();
        assertThat(millis(only.firstNanos() - Duration.ofDays(1).toNanos())).isEqualTo(30);
    }

    @Test
    void theGapIsFromTheLastWordBeforeTheBreakToTheFirstAfterIt() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .begins("The bridge was built ")
                        .wait(Duration.ofMillis(100))
                        .goesOn("in the year of the flood")
                        .wait(Duration.ofMillis(20))
                        .breaksOff()
                        .wait(Duration.ofMillis(300))
                        .opens()
                        .wait(Duration.ofMillis(7))
                        .begins(SAID + ", and it still stands.")
                        .finishes();

        List<Delivery> told = deliveries(rig);
        assertThat(told.get(0).tokens()).isEqualTo(12);
        assertThat(told.get(1).tokensBefore()).isEqualTo(12);
        assertThat(told.get(1).tokens()).isEqualTo(6);
        assertThat(millis(told.get(1).gapNanos())).isEqualTo(327);
    }

    @Test
    void anEarlyErrorLeavesNoGap() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .breaksOff()
                        .wait(Duration.ofMillis(50))
                        .begins("Once")
                        .finishes();
        assertThat(deliveries(rig)).extracting(Delivery::gapNanos).containsExactly(0L, 0L);
        assertThat(deliveries(rig).get(0).firstNanos()).isZero();
    }
}
