package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A whole tool call that is out is never asked for again: the turn ends with it. */
class WholeCallEndsTheTurnTest {

    @Test
    void whenTheUpstreamBreaksOffBehindIt() {
        Rig rig = Rig.streaming().begin().opens().beginsCall(0, "now", "{}");
        rig.did();

        assertThat(rig.breaksOff().did()).containsExactly("end 0", "stop TOOL_CALLS", "finish");
    }

    @Test
    void whenTheNextCallBreaksOff() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .opens()
                        .beginsCall(0, "now", "{}")
                        .ends(0)
                        .beginsCall(1, "then", "{\"a");
        rig.did();

        assertThat(rig.breaksOff().did()).containsExactly("stop TOOL_CALLS", "finish");
    }

    @Test
    void whenTheNextCallBreaksOffAndNobodyElseIsLeft() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.retries(0).withoutFallbacks())
                        .begin()
                        .opens()
                        .beginsCall(0, "now", "{}")
                        .ends(0)
                        .beginsCall(1, "then", "{\"a")
                        .breaksOff();

        assertThat(rig.did()).endsWith("stop TOOL_CALLS", "finish");
    }
}
