package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.MidStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is switched off does not happen. */
class OffMeansOffTest {

    @Test
    void noOtherGroupSeesTheRequest() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.withoutFallbacks())
                        .begin()
                        .begins("Once upon")
                        .breaksOff()
                        .breaksOff()
                        .wait(Duration.ofSeconds(1))
                        .breaksOff();

        assertThat(rig.did())
                .doesNotContain("ask other by user_turn", "ask other by original")
                .endsWith("fail 502 cut");
    }

    @Test
    void nobodyIsAskedTwiceWithoutRetries() {
        Rig rig = Rig.streaming().with(s -> s.retries(0)).begin().breaksOff().breaksOff();

        assertThat(rig.did())
                .containsExactly("ask main by original", "ask other by original", "fail 502 cut");
    }

    @Test
    void midStreamErrorIsTheTrueError() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.midStream(MidStream.ERROR))
                        .begin()
                        .begins("Once upon")
                        .breaksOff();

        assertThat(rig.did()).endsWith("0: Once upon", "fail 502 cut");
    }

    @Test
    void midStreamErrorLeavesWhatIsBeforeTheContentAsItIs() {
        Rig rig =
                Rig.streaming().with(s -> s.midStream(MidStream.ERROR)).begin().opens().breaksOff();

        assertThat(rig.did()).endsWith("ask other by original");
    }
}
