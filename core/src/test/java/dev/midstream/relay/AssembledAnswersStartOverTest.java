package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.HoldToolCalls;
import dev.midstream.routing.MidStream;
import org.junit.jupiter.api.Test;

/**
 * Nobody has seen an answer that is being assembled: where a stream would end in an error it starts
 * over.
 */
class AssembledAnswersStartOverTest {

    @Test
    void whereAToolCallBrokeOffThatWasShownAlready() {
        Rig rig =
                Rig.streaming()
                        .plain()
                        .with(s -> s.hold(HoldToolCalls.NEVER))
                        .begin()
                        .opens()
                        .beginsCall(0, "now", "{");
        rig.did();

        assertThat(rig.breaksOff().did()).containsExactly("reset", "ask other by original");
    }

    @Test
    void whereMidStreamIsError() {
        Rig rig =
                Rig.streaming()
                        .plain()
                        .with(s -> s.midStream(MidStream.ERROR))
                        .begin()
                        .begins("Once");
        rig.did();

        assertThat(rig.breaksOff().did()).containsExactly("reset", "ask other by original");
    }

    @Test
    void butNotWhereItWasDecidedToGiveUp() {
        Rig rig = Rig.streaming().plain().begin().begins("Once").hesitates().breaksOff();
        rig.did();

        assertThat(rig.decides(new Decision.GiveUp()).did()).containsExactly("fail 502 cut");
    }

    @Test
    void andEndInAStatusWhereNobodyIsLeft() {
        Rig rig =
                Rig.streaming()
                        .plain()
                        .with(s -> s.retries(0).withoutFallbacks())
                        .begin()
                        .begins("Once")
                        .breaksOff();

        assertThat(rig.did()).endsWith("fail 502 cut").doesNotContain("commit");
    }
}
