package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import org.junit.jupiter.api.Test;

/** The client is told one usage, as if one call had answered. */
class UsageIsThatOfOneSeamlessCallTest {

    private static final String SAID = "The bridge was built in the year of the flood";

    private static Usage usage(Rig rig) {
        return ((Step.Finish) rig.last()).usage();
    }

    @Test
    void oneAttemptsOwnFiguresWhereItServedAlone() {
        assertThat(usage(Rig.streaming().begin().begins("Once").finishes()))
                .isEqualTo(Usage.of(10, 20));
    }

    @Test
    void thoseOfTheOneThatAnsweredAfterAnEarlyError() {
        assertThat(usage(Rig.streaming().begin().breaksOff().begins("Once").finishes()))
                .isEqualTo(Usage.of(10, 20));
    }

    @Test
    void theReleasedTokensOfBothPartsWithoutTheOverlap() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .opens()
                        .says(new StreamEvent.UsageReported(Usage.of(10, 1)))
                        .says(StreamEvent.BlockStarted.text(0, 0), new StreamEvent.Delta(0, SAID))
                        .breaksOff()
                        .begins(SAID + ", and it still stands.")
                        .finishes();

        Usage told = usage(rig);
        assertThat(told.input()).isEqualTo(10);
        assertThat(told.output()).isEqualTo(12 + 20 - 12);
        assertThat(told.estimated()).isTrue();
    }
}
