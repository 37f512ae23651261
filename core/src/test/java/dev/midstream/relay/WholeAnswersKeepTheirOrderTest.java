package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.Terminated;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain answer is one frame, however many calls it holds. */
class WholeAnswersKeepTheirOrderTest {

    private static List<StreamEvent> answer(FinishReason reason) {
        return List.of(
                new Opened("id", "m", 0),
                BlockStarted.text(0, 0),
                new Delta(0, "Let me see"),
                new BlockEnded(0),
                BlockStarted.toolCall(1, 0, "a", "f"),
                new Delta(1, "{}"),
                new BlockEnded(1),
                BlockStarted.toolCall(2, 0, "b", "g"),
                new Delta(2, "{}"),
                new BlockEnded(2),
                new ChoiceEnded(0, reason, null),
                new Terminated());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsThatAreCompleteLeaveAsTheyCame(boolean inOrder) {
        HoldBack back = new HoldBack(inOrder, 1 << 20);
        assertThat(back.pass(Frame.synthetic(answer(FinishReason.TOOL_CALLS)), true)).isTrue();
        assertThat(back.holding()).isFalse();
        assertThat(back.poll()).isNull();
    }

    @Test
    void whatIsTakenApartLeavesInItsOrder() {
        HoldBack back = new HoldBack(true, 1 << 20);
        List<StreamEvent> answer = new ArrayList<>(answer(FinishReason.TOOL_CALLS));
        answer.remove(new Delta(2, "{}"));
        assertThat(back.pass(Frame.synthetic(answer), true)).isFalse();
        List<StreamEvent> left = new ArrayList<>();
        for (Frame frame = back.poll(); frame != null; frame = back.poll()) {
            left.add(frame.event(0));
        }
        assertThat(left).isEqualTo(answer(FinishReason.TOOL_CALLS));
    }
}
