package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.FinishReason;
import dev.midstream.model.StreamEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What cannot be recovered ends in the first failure, whatever came after it. */
class FirstFailureSurfacesTest {

    @Test
    void beforeTheContent() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.retries(0))
                        .begin()
                        .ended(Rig.refused(400, ErrorClass.CONTEXT_LENGTH))
                        .ended(Rig.refused(401, ErrorClass.AUTHENTICATION));

        assertThat(rig.did()).endsWith("fail 400 context_length");
    }

    @Test
    void behindIt() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.retries(0))
                        .begin()
                        .begins("Once")
                        .wait(Duration.ofSeconds(60))
                        .ended(Rig.refused(500, ErrorClass.SERVER_ERROR));

        assertThat(rig.did()).endsWith("fail 504 stall");
    }

    @Test
    void anEndWithoutATerminalEventIsOne() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.retries(0).withoutFallbacks())
                        .begin()
                        .begins("Once")
                        .ended(null);

        assertThat(rig.did()).endsWith("fail 502 truncated");
    }

    @Test
    void aBreakBehindTheFinishReasonIsNone() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .begins("Once")
                        .ends(0)
                        .says(new StreamEvent.ChoiceEnded(0, FinishReason.STOP, null))
                        .breaksOff();

        assertThat(rig.did()).endsWith("stop STOP", "finish");
    }

    @Test
    void allAttemptsAreTold() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.retries(0))
                        .begin()
                        .ended(Rig.refused(529, ErrorClass.OVERLOADED))
                        .breaksOff();

        Step.Fail fail = (Step.Fail) rig.last();
        assertThat(fail.report().attempts())
                .extracting(a -> a.group() + " " + a.status() + " " + a.cause())
                .containsExactly("main 529 overloaded", "other 0 cut");
    }
}
