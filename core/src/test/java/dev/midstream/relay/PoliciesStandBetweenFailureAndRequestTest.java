package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.BlockKind;
import dev.midstream.model.ErrorClass;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Held;
import dev.midstream.model.Method;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.routing.HoldToolCalls;
import dev.midstream.routing.MidStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every failure of an attempt is decided upon, once, before anything follows from it. */
class PoliciesStandBetweenFailureAndRequestTest {

    private static final String SAID = "The bridge was built in the year of the flood";

    private static Rig broken(Rig.Wish wish) {
        Rig rig = wish.begin().begins(SAID).hesitates().breaksOff();
        rig.did();
        return rig;
    }

    private static Rig.Wish erring() {
        return Rig.streaming().with(s -> s.midStream(MidStream.ERROR));
    }

    private static Rig.Wish alone() {
        return Rig.streaming().with(s -> s.retries(0).withoutFallbacks());
    }

    // ---- what is to be decided

    @Test
    void itIsSaidWhatHappenedAndWhatWouldBeDone() {
        DecisionPoint point = broken(Rig.streaming()).point();

        assertThat(point.failure().cause()).isEqualTo("cut");
        assertThat(point.attempts())
                .containsExactly(
                        new DecisionPoint.Tried(
                                1, "main", "main", Method.ORIGINAL, point.failure()));
        assertThat(point.delivered()).isTrue();
        assertThat(point.mode()).isEqualTo(MidStream.CONTINUE);
        assertThat(point.deployment().id()).isEqualTo("other");
        assertThat(point.group()).isEqualTo("other");
        assertThat(point.method()).isEqualTo(Method.USER_TURN);
        assertThat(point.draft().appended()).hasSize(2);
        assertThat(point.others()).containsExactly("main");
    }

    @Test
    void whatTheClientHasIsShownBlockByBlock() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.hold(HoldToolCalls.NEVER))
                        .begin()
                        .opens()
                        .thinks("Hm")
                        .ends(0)
                        .says(BlockStarted.text(1, 0))
                        .beginsCall(2, "now", "{")
                        .hesitates()
                        .breaksOff();
        Transcript transcript = rig.point().transcript();

        assertThat(transcript.blocks())
                .containsExactly(
                        new ReleasedBlock(0, 0, BlockKind.REASONING, "Hm", null, true),
                        new ReleasedBlock(1, 0, BlockKind.TEXT, "", null, false),
                        new ReleasedBlock(
                                2,
                                0,
                                BlockKind.TOOL_CALL,
                                "{",
                                new ToolCallHead("call-12", "now", false),
                                false));
        assertThat(transcript.reasoning()).isEqualTo("Hm");
    }

    @Test
    void anEarlyFailureIsDecidedUponToo() {
        Rig rig =
                Rig.streaming().begin().hesitates().ended(Rig.refused(529, ErrorClass.OVERLOADED));

        assertThat(rig.point().delivered()).isFalse();
        assertThat(rig.point().method()).isEqualTo(Method.ORIGINAL);
        rig.did();
        assertThat(rig.decides(new Decision.GiveUp()).did()).containsExactly("fail 529 overloaded");
    }

    @Test
    void askingOtherwiseIsDecidedUponToo() {
        Rig rig =
                Rig.streaming()
                        .methods(Method.PREFILL, Method.USER_TURN)
                        .begin()
                        .begins(SAID)
                        .breaksOff()
                        .hesitates()
                        .ended(Rig.refused(400, ErrorClass.PREFILL_REFUSED));

        assertThat(rig.point().method()).isEqualTo(Method.USER_TURN);
        assertThat(rig.point().attempts()).hasSize(2);
    }

    // ---- where the default is an error

    @Test
    void anErrorByTheSettingsIsProposedAsNothing() {
        Rig rig = broken(erring());

        assertThat(rig.point().deployment()).isNull();
        assertThat(rig.point().draft()).isNull();
        assertThat(rig.point().method()).isNull();
        assertThat(rig.point().mode()).isEqualTo(MidStream.ERROR);
        assertThat(rig.point().others()).containsExactly("main", "other");
        assertThat(rig.decides(new Decision.Proceed()).did()).containsExactly("fail 502 cut");
    }

    @Test
    void soIsTheErrorWhereNobodyIsLeft() {
        Rig rig = broken(alone());

        assertThat(rig.point().deployment()).isNull();
        assertThat(rig.point().others()).isEmpty();
        assertThat(rig.decides(new Decision.Proceed()).did()).containsExactly("fail 502 cut");
    }

    @Test
    void soIsTheOneWhereContinuationsAreUsedUp() {
        Rig rig = broken(Rig.streaming().with(s -> s.budget(0)));

        assertThat(rig.point().deployment()).isNull();
        assertThat(rig.decides(new Decision.Continue()).did()).containsExactly("fail 502 cut");
    }

    @Test
    void soIsWhatNobodyCanGoOnWith() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .says(BlockStarted.of(0, 0, BlockKind.OPAQUE))
                        .hesitates()
                        .breaksOff();
        rig.did();

        assertThat(rig.point().deployment()).isNull();
        assertThat(rig.point().others()).isEmpty();
        assertThat(rig.decides(new Decision.Continue("other")).did())
                .containsExactly("fail 502 cut");
    }

    // ---- what is not decided upon

    @Test
    void wholeToolCallsEndTheTurnWithoutADecision() {
        Rig rig = Rig.streaming().begin().opens().beginsCall(0, "now", "{}").ends(0);

        assertThat(rig.hesitates().breaksOff().did()).endsWith("stop TOOL_CALLS", "finish");
        assertThat(rig.decisions()).isZero();
    }

    @Test
    void aWholeDocumentIsFinishedWithoutADecision() {
        Rig rig = Rig.streaming().json().begin().begins("{\"a\":1}");

        assertThat(rig.hesitates().breaksOff().did()).endsWith("stop STOP", "finish");
    }

    @Test
    void aRefusalIsNotDecidedUpon() {
        Rig rig = Rig.streaming().begin().opens().says(BlockStarted.of(0, 0, BlockKind.REFUSAL));

        assertThat(rig.hesitates().breaksOff().did()).endsWith("fail 502 cut");
        assertThat(rig.decisions()).isZero();
    }

    // ---- decisions

    @Test
    void continuingAgainstTheSettings() {
        assertThat(broken(erring()).decides(new Decision.Continue()).did())
                .containsExactly("ask other by user_turn");
    }

    @Test
    void continuingAtAnotherDeployment() {
        assertThat(broken(erring()).decides(new Decision.Continue("main")).did())
                .containsExactly("ask main by user_turn");
    }

    @Test
    void itHoldsForOneFailureOnly() {
        Rig rig = broken(erring()).decides(new Decision.Continue()).breaksOff();
        rig.did();

        assertThat(rig.point().deployment()).isNull();
        assertThat(rig.point().attempts()).hasSize(2);
        assertThat(rig.decides(new Decision.Proceed()).did()).containsExactly("fail 502 cut");
    }

    @Test
    void startingAnewAgainstTheSettings() {
        Rig rig = broken(Rig.streaming()).decides(new Decision.Restart());

        assertThat(rig.did()).containsExactly("ask other by restart");
        assertThat(rig.begins("Penguins swim.").did()).contains("restarted 0", "1: Penguins swim.");
    }

    @Test
    void aContinuationInPlaceOfARestart() {
        Rig rig = broken(Rig.streaming().with(s -> s.midStream(MidStream.RESTART)));

        assertThat(rig.point().method()).isEqualTo(Method.RESTART);
        assertThat(rig.decides(new Decision.Continue()).did())
                .containsExactly("ask other by user_turn");
        assertThat(rig.begins(SAID + " of old.").did()).containsExactly("0:  of old.");
    }

    @Test
    void aDocumentIsNotStartedAnew() {
        Rig rig = Rig.streaming().json().begin().begins("{\"a\":").hesitates().breaksOff();
        rig.did();

        assertThat(rig.point().deployment()).isNotNull();
        assertThat(rig.decides(new Decision.Restart()).did()).containsExactly("fail 502 cut");
    }

    @Test
    void anAnswerThatNobodyHasSeenStartsOver() {
        Rig rig = broken(Rig.streaming().plain());

        assertThat(rig.point().delivered()).isFalse();
        assertThat(rig.point().method()).isEqualTo(Method.USER_TURN);
        assertThat(rig.decides(new Decision.Restart()).did())
                .containsExactly("reset", "ask other by original");
    }

    @Test
    void andGoesOnWhereItWouldHaveStartedOver() {
        Rig rig = broken(Rig.streaming().plain().with(s -> s.midStream(MidStream.RESTART)));

        assertThat(rig.point().method()).isEqualTo(Method.ORIGINAL);
        assertThat(rig.point().transcript().text()).isEqualTo(SAID);
        assertThat(rig.decides(new Decision.Continue()).did())
                .containsExactly("ask other by user_turn");
    }

    @Test
    void anotherDeployment() {
        Rig rig = broken(Rig.streaming()).decides(new Decision.Elsewhere("main"));

        assertThat(rig.did()).containsExactly("ask main by user_turn");
        assertThat(rig.begins(SAID + " of old.").did()).containsExactly("0:  of old.");
    }

    @Test
    void whoIsProposedMayBeNamed() {
        assertThat(broken(Rig.streaming()).decides(new Decision.Elsewhere("other")).did())
                .containsExactly("ask other by user_turn");
    }

    @Test
    void oneThatCannotBeAskedIsWarnedOf() {
        for (Decision made :
                List.of(new Decision.Elsewhere("nobody"), new Decision.Continue("nobody"))) {
            assertThat(broken(Rig.streaming()).decides(made).did())
                    .containsExactly("warn", "ask other by user_turn");
        }
        assertThat(broken(alone()).decides(new Decision.Elsewhere("other")).did())
                .containsExactly("warn", "fail 502 cut");
        assertThat(broken(erring()).decides(new Decision.Elsewhere("other")).did())
                .containsExactly("warn", "fail 502 cut");
    }

    @Test
    void givingUp() {
        assertThat(broken(Rig.streaming()).decides(new Decision.GiveUp()).did())
                .containsExactly("fail 502 cut");
    }

    @Test
    void givingUpWhereOnlyWeHadErredSaysWhatHappened() {
        Rig rig =
                Rig.streaming()
                        .begin()
                        .hesitates()
                        .ended(Rig.refused(400, ErrorClass.STREAM_REFUSED));
        rig.did();

        assertThat(rig.decides(new Decision.GiveUp()).did())
                .containsExactly("fail 400 stream_refused");
    }

    // ---- whatever is answered, it ends

    @Test
    void stubbornnessEnds() {
        for (Decision made :
                List.of(
                        new Decision.Continue(),
                        new Decision.Restart(),
                        new Decision.Continue("main"),
                        new Decision.Restart("other"),
                        new Decision.Elsewhere("main"),
                        new Decision.Elsewhere("other"),
                        new Decision.Proceed())) {
            Rig rig = Rig.streaming().begin().begins(SAID).answers(made).breaksOff();
            int attempts = 1;
            for (; !(rig.last() instanceof Step.Fail); attempts++) {
                assertThat(attempts).as(made.toString()).isLessThan(9);
                rig.breaksOff().wait(Duration.ofSeconds(30));
            }
            assertThat(rig.decisions()).as("one decision a failure").isEqualTo(attempts);
        }
    }

    @Test
    void whatWasProposedAndNotTakenCostsNothing() {
        Rig.Wish wish = Rig.streaming().with(s -> s.retries(1));
        Rig rig = broken(wish).decides(new Decision.Elsewhere("main"));

        assertThat(rig.breaksOff().point().deployment().id()).isEqualTo("other");
        assertThat(rig.point().others()).isEmpty();
    }

    // ---- generations that are taken up again

    private static Rig cut() {
        Rig rig =
                Rig.streaming()
                        .methods(Method.RESUME, Method.USER_TURN)
                        .begin()
                        .says(new Opened("r", "m", 1, new Held("main", "r")))
                        .says(BlockStarted.text(0, 0), new Delta(0, SAID))
                        .hesitates()
                        .breaksOff();
        rig.did();
        return rig;
    }

    @Test
    void takingUpAGenerationIsDecidedUpon() {
        assertThat(cut().point().method()).isEqualTo(Method.RESUME);
        assertThat(cut().point().others()).containsExactly("other");
        assertThat(cut().decides(new Decision.Proceed()).did())
                .containsExactly("ask main by resume");
        assertThat(cut().decides(new Decision.Continue()).did())
                .containsExactly("ask main by resume");
        assertThat(cut().decides(new Decision.GiveUp()).did())
                .containsExactly("stop r", "fail 502 cut");
    }

    @Test
    void aGenerationThatIsNotWantedIsStopped() {
        assertThat(cut().decides(new Decision.Elsewhere("other")).did())
                .containsExactly("stop r", "ask other by user_turn");
        assertThat(cut().decides(new Decision.Restart()).did())
                .containsExactly("stop r", "ask other by restart");
        assertThat(cut().decides(new Decision.Elsewhere("nobody")).did())
                .containsExactly("warn", "ask main by resume");
    }

    @Test
    void theWholeAnswerComesWhateverWasDecided() {
        Rig rig = broken(erring()).decides(new Decision.Continue("main"));

        rig.begins(SAID + " of old.").ends(0).stops(FinishReason.STOP);
        assertThat(rig.did()).endsWith("0:  of old.", "end 0", "stop STOP", "finish");
    }
}
