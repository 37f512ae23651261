package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Held;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.relay.Rig.Wish;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CutGenerationsAreTakenUpAgainTest {

    private static final Held KEPT = new Held("main", "resp_1");

    private static Wish resuming() {
        return Rig.streaming().methods(Method.RESUME, Method.USER_TURN);
    }

    private static Rig begun(Wish wish, String text) {
        return wish.begin()
                .says(new Opened("resp_1", "m", 1, KEPT))
                .says(BlockStarted.text(0, 0), new Delta(0, text));
    }

    @Test
    void theSameGenerationGoesOnWhereItWasCut() {
        Rig rig = begun(resuming(), "One ");
        assertThat(rig.draft().background()).isTrue();
        rig.did();
        rig.breaksOff();
        assertThat(rig.did()).containsExactly("ask main by resume");
        assertThat(rig.draft().resumed()).isEqualTo(KEPT);
        rig.goesOn("two").finishes();
        assertThat(rig.did()).containsExactly("0: two", "end 0", "stop STOP", "usage", "finish");
        Step.Finish finish = (Step.Finish) rig.last();
        assertThat(finish.usage().output()).isEqualTo(20);
        assertThat(finish.usage().estimated()).isFalse();
        assertThat(finish.summary().attempts().getLast().grade()).isEqualTo(SeamGrade.EXACT);
    }

    @Test
    void aHeldCallIsStillHeldAndLeavesWhenItIsComplete() {
        Rig rig = begun(resuming(), "One ").beginsCall(1, "f", "{\"a\":");
        rig.did();
        rig.breaksOff().says(new Delta(1, "1}")).ends(1);
        assertThat(rig.did())
                .containsExactly(
                        "ask main by resume", "start 1 TOOL_CALL", "1: {\"a\":", "1: 1}", "end 1");
        rig.stops(FinishReason.TOOL_CALLS);
        assertThat(rig.did()).endsWith("finish");
    }

    @Test
    void aStalledConnectionIsClosedAndReplaced() {
        Rig rig = begun(resuming(), "One ");
        rig.did();
        rig.wait(Duration.ofSeconds(61));
        assertThat(rig.did()).contains("cancel 1", "ask main by resume").doesNotContain("stop");
    }

    @Test
    void whereItCannotBeTakenUpAnotherDeploymentGoesOnAndItIsStopped() {
        Rig rig = begun(resuming(), "One two three four ");
        rig.did();
        rig.breaksOff().ended(Rig.refused(404, ErrorClass.NOT_FOUND));
        assertThat(rig.did())
                .containsExactly("ask main by resume", "stop resp_1", "ask other by user_turn");
    }

    @Test
    void withoutProgressItIsNotTakenUpTwice() {
        Rig rig = begun(resuming(), "One two three four ");
        rig.did();
        rig.breaksOff().breaksOff();
        assertThat(rig.did())
                .containsExactly("ask main by resume", "stop resp_1", "ask other by user_turn");
    }

    @Test
    void withProgressItIs() {
        Rig rig = begun(resuming(), "One ");
        rig.did();
        rig.breaksOff().goesOn("two ").breaksOff().goesOn("three").finishes();
        assertThat(rig.did())
                .containsExactly(
                        "ask main by resume",
                        "0: two ",
                        "ask main by resume",
                        "0: three",
                        "end 0",
                        "stop STOP",
                        "usage",
                        "finish");
    }

    @Test
    void asOftenAsThatTakesWithinReason() {
        Rig rig = begun(resuming(), "One ");
        for (int i = 0; i < 20; i++) {
            rig.breaksOff().goesOn("more ");
        }
        rig.did();
        for (int i = 0; i < 30; i++) {
            rig.breaksOff().goesOn("and more words ");
        }
        assertThat(rig.did()).contains("stop resp_1", "ask other by user_turn");
    }

    @Test
    void anErrorOfTheProvidersIsNoCutConnection() {
        Rig rig = begun(resuming(), "One two three four ");
        rig.did();
        rig.ended(Rig.refused(500, ErrorClass.SERVER_ERROR));
        assertThat(rig.did())
                .doesNotContain("ask main by resume")
                .contains("ask other by user_turn");
    }

    @Test
    void anAnswerThatNobodyKeepsIsContinuedAsUsual() {
        Rig rig = resuming().begin().begins("One two three four ");
        rig.did();
        rig.breaksOff();
        assertThat(rig.did()).containsExactly("ask other by user_turn");
    }

    @Test
    void nothingRunsOnInTheBackgroundUnlessItIsWanted() {
        Rig rig = begun(Rig.streaming(), "One two three four ");
        assertThat(rig.draft().background()).isFalse();
        rig.did();
        rig.breaksOff();
        assertThat(rig.did()).containsExactly("ask other by user_turn");
    }

    @Test
    void whoeverLeavesStopsTheGeneration() {
        Rig running = begun(resuming(), "One ");
        running.did();
        running.clientLeaves();
        assertThat(running.did()).containsExactly("cancel 1", "stop resp_1", "abandon");
        Rig cutOff = begun(resuming().with(s -> s), "One ").hesitates();
        cutOff.breaksOff();
        cutOff.did();
        cutOff.clientLeaves();
        assertThat(cutOff.did()).containsExactly("stop resp_1", "abandon");
    }

    @Test
    void nothingIsTakenUpWhileTheClientTakesNothing() {
        Rig rig = begun(resuming(), "One ");
        rig.clientTakes(false).did();
        rig.breaksOff();
        assertThat(rig.did()).isEmpty();
        rig.clientTakes(true);
        assertThat(rig.did()).containsExactly("ask main by resume");
    }

    @Test
    void theFirstFailureSurfacesWhenNobodyIsLeft() {
        Rig rig = begun(resuming(), "One two three four ");
        rig.breaksOff();
        rig.ended(Rig.refused(404, ErrorClass.NOT_FOUND));
        rig.ended(Rig.refused(500, ErrorClass.SERVER_ERROR));
        while (!(rig.last() instanceof Step.Fail)) {
            rig.wait(Duration.ofSeconds(10)).ended(Rig.refused(500, ErrorClass.SERVER_ERROR));
        }
        assertThat(((Step.Fail) rig.last()).report().first()).isInstanceOf(Failure.Cut.class);
    }
}
