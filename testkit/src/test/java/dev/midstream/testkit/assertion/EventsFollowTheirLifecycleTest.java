package dev.midstream.testkit.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Failed;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.Pinged;
import dev.midstream.model.StreamEvent.Restarted;
import dev.midstream.model.StreamEvent.Terminated;
import dev.midstream.model.StreamEvent.UsageReported;
import dev.midstream.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsFollowTheirLifecycleTest {

    private static final List<StreamEvent> WHOLE =
            List.of(
                    new Opened("id", "model", 0),
                    BlockStarted.of(0, 0, BlockKind.REASONING),
                    new Delta(0, "Hm."),
                    new BlockEnded(0),
                    BlockStarted.text(1, 0),
                    new Delta(1, "Once"),
                    new Pinged(),
                    new Delta(1, " upon"),
                    new BlockEnded(1),
                    BlockStarted.toolCall(2, 0, "call_1", "weather"),
                    new Delta(2, "{}"),
                    new BlockEnded(2),
                    new ChoiceEnded(0, FinishReason.TOOL_CALLS, null),
                    new UsageReported(Usage.of(3, 4)),
                    new Terminated());

    @Test
    void aWholeAnswerPasses() {
        Events.of(WHOLE)
                .areInOrder()
                .areOneWholeAnswer()
                .haveText("Once upon")
                .haveReasoning("Hm.")
                .callTools("weather")
                .finishWith(FinishReason.TOOL_CALLS)
                .tellUsage();
    }

    /** A beginning is in order wherever it ends, and never whole. */
    @Test
    void everyBeginningIsBrokenOffAndNotWhole() {
        for (int end = 0; end < WHOLE.size(); end++) {
            Events beginning = Events.of(WHOLE.subList(0, end)).areBrokenOff();
            assertThatThrownBy(beginning::areOneWholeAnswer)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("never");
        }
        assertThatThrownBy(() -> Events.of(WHOLE).areBrokenOff())
                .hasMessageContaining("broken off");
    }

    /** Every event left out is noticed, but for those that may be missing. */
    @Test
    void everyMissingEventIsNoticed() {
        for (int i = 0; i < WHOLE.size(); i++) {
            List<StreamEvent> without = new ArrayList<>(WHOLE);
            StreamEvent gone = without.remove(i);
            if (gone instanceof Delta || gone instanceof Pinged || gone instanceof UsageReported) {
                Events.of(without).areOneWholeAnswer();
            } else {
                assertThatThrownBy(() -> Events.of(without).areOneWholeAnswer())
                        .as("without %s", gone)
                        .isInstanceOf(AssertionError.class);
            }
        }
    }

    /** Every event twice is noticed, but for those that may come again. */
    @Test
    void everyRepeatedEventIsNoticed() {
        for (int i = 0; i < WHOLE.size(); i++) {
            List<StreamEvent> twice = new ArrayList<>(WHOLE);
            StreamEvent again = WHOLE.get(i);
            twice.add(i, again);
            if (again instanceof Delta || again instanceof Pinged) {
                Events.of(twice).areOneWholeAnswer();
            } else {
                assertThatThrownBy(() -> Events.of(twice).areInOrder())
                        .as("twice %s", again)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("event " + (i + 2));
            }
        }
    }

    @Test
    void aRestartIsAboutTheLastBlockAfterItsEnd() {
        List<StreamEvent> events = new ArrayList<>(WHOLE.subList(0, 9));
        events.add(new Restarted(1));
        Events.of(events).areInOrder();
        events.set(9, new Restarted(0));
        assertThatThrownBy(() -> Events.of(events).areInOrder()).hasMessageContaining("event 10");
        events.set(9, new Restarted(7));
        assertThatThrownBy(() -> Events.of(events).areInOrder()).hasMessageContaining("event 10");
    }

    @Test
    void aFailureMakesNoWholeAnswer() {
        List<StreamEvent> events = new ArrayList<>(WHOLE);
        events.add(3, new Failed(new Failure.Truncated("no end")));

        Events.of(events).areInOrder().tellFailure(Failure.Truncated.class);
        assertThatThrownBy(() -> Events.of(events).areOneWholeAnswer())
                .hasMessageContaining("tells a failure");
        assertThatThrownBy(() -> Events.of(events).tellFailure(Failure.Cut.class))
                .hasMessageContaining("Cut");
    }

    @Test
    void messagesShowTheEvents() {
        assertThatThrownBy(() -> Events.of(WHOLE).haveText("Once"))
                .hasMessageContaining("expected text: \"Once\"")
                .hasMessageContaining("but was: \"Once upon\"")
                .hasMessageContaining("15 events")
                .hasMessageContaining("ChoiceEnded[choice=0, reason=TOOL_CALLS");
        assertThatThrownBy(() -> Events.of(WHOLE).callTools("time"))
                .hasMessageContaining("weather");
        assertThatThrownBy(() -> Events.of(WHOLE).haveReasoning("")).hasMessageContaining("Hm.");
        assertThatThrownBy(() -> Events.of(WHOLE).finishWith(FinishReason.STOP))
                .hasMessageContaining("[TOOL_CALLS]");
        assertThatThrownBy(() -> Events.of(WHOLE.subList(0, 3)).tellUsage())
                .hasMessageContaining("usage");
        assertThat(Events.of(WHOLE).text()).isEqualTo("Once upon");
    }
}
