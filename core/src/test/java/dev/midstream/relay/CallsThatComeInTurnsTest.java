package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.StreamEvent;
import org.junit.jupiter.api.Test;

/** The pieces of parallel tool calls may come in turns: each call leaves in one piece. */
class CallsThatComeInTurnsTest {

    private static Rig bothBegin(Rig rig) {
        return rig.opens()
                .says(StreamEvent.BlockStarted.toolCall(0, 0, "a", "now"))
                .says(StreamEvent.BlockStarted.toolCall(1, 0, "b", "then"))
                .says(new StreamEvent.Delta(1, "{\"z\": "));
    }

    @Test
    void theFirstLeavesWholeAlthoughTheSecondHasBegun() {
        Rig rig = bothBegin(Rig.streaming().begin());
        rig.did();

        assertThat(rig.goesOn("{}").did())
                .containsExactly("commit", "open", "start 0 TOOL_CALL", "0: {}");
    }

    @Test
    void theSecondWaitsForTheFirst() {
        Rig rig = bothBegin(Rig.streaming().begin());
        rig.did();

        assertThat(rig.says(new StreamEvent.Delta(1, "1}")).did()).isEmpty();
        assertThat(rig.goesOn("{}").did())
                .containsExactly(
                        "commit",
                        "open",
                        "start 0 TOOL_CALL",
                        "0: {}",
                        "start 1 TOOL_CALL",
                        "1: {\"z\": ",
                        "1: 1}");
    }

    @Test
    void aBreakBehindTheFirstEndsTheTurnWithIt() {
        Rig rig = bothBegin(Rig.streaming().begin()).goesOn("{}");
        rig.did();

        assertThat(rig.breaksOff().did()).containsExactly("end 0", "stop TOOL_CALLS", "finish");
    }

    @Test
    void whereBlocksHaveAnOrderTheSecondWaitsForTheEndOfTheFirst() {
        Rig rig = bothBegin(Rig.streaming().ordered().begin()).goesOn("{}");
        rig.says(new StreamEvent.Delta(1, "1}")).did();

        assertThat(rig.says(new StreamEvent.BlockEnded(0), new StreamEvent.BlockEnded(1)).did())
                .containsExactly("end 0", "start 1 TOOL_CALL", "1: {\"z\": ", "1: 1}", "end 1");
    }

    @Test
    void aBreakBehindBothEndsTheTurnWithBoth() {
        Rig rig = bothBegin(Rig.streaming().ordered().begin()).goesOn("{}");
        rig.says(new StreamEvent.Delta(1, "1}")).did();

        assertThat(rig.breaksOff().did())
                .containsExactly(
                        "end 0",
                        "start 1 TOOL_CALL",
                        "1: {\"z\": ",
                        "1: 1}",
                        "end 1",
                        "stop TOOL_CALLS",
                        "finish");
    }

    @Test
    void aBreakInsideTheSecondEndsTheTurnWithTheFirst() {
        Rig rig = bothBegin(Rig.streaming().ordered().begin()).goesOn("{}");
        rig.did();

        assertThat(rig.breaksOff().did()).containsExactly("end 0", "stop TOOL_CALLS", "finish");
    }

    @Test
    void whatWouldWaitWithoutBoundIsABreak() {
        Rig rig = bothBegin(Rig.streaming().ordered().begin());
        rig.did();

        assertThat(rig.says(new StreamEvent.Delta(1, "1".repeat(3 << 20))).did())
                .contains("cancel 1");
    }
}
