package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.MidStream;
import org.junit.jupiter.api.Test;

/**
 * With mid_stream: restart the original request is asked again, and a different answer is shown
 * whole and apart.
 */
class RestartIsShownApartTest {

    private static Rig broken() {
        return Rig.streaming()
                .with(s -> s.midStream(MidStream.RESTART))
                .begin()
                .begins("Once upon a time");
    }

    @Test
    void theIdenticalBeginningIsSwallowed() {
        Rig rig = broken().breaksOff();
        rig.did();

        assertThat(rig.begins("Once upon a time there").did()).containsExactly("0:  there");
    }

    @Test
    void fromTheFirstDifferenceItIsShownWhole() {
        Rig rig = broken().breaksOff();
        rig.did();

        assertThat(rig.begins("Once there was").did())
                .containsExactly("end 0", "restarted 0", "start 1 TEXT", "1: Once there was");
    }

    @Test
    void behindABlockThatHadEndedToo() {
        Rig rig = broken().ends(0).breaksOff();
        rig.did();

        assertThat(rig.begins("Once there was").did())
                .containsExactly("restarted 0", "start 1 TEXT", "1: Once there was");
    }

    @Test
    void aPlainAnswerThatNobodyHasSeenStartsOver() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.midStream(MidStream.RESTART))
                        .plain()
                        .begin()
                        .begins("Once upon a time");
        rig.did();
        rig.breaksOff();
        assertThat(rig.did()).containsExactly("reset", "ask other by original");
        assertThat(rig.begins("Twice").finishes().did()).contains("0: Twice").endsWith("finish");
    }
}
