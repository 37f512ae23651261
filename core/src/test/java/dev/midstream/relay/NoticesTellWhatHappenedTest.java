package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Held;
import dev.midstream.model.Method;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.routing.MidStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who looks on hears of each thing once, in its order, and never of tokens. */
class NoticesTellWhatHappenedTest {

    private static final String SAID = "The bridge was built in the year of the flood";

    private static Rig listening(Rig.Wish wish) {
        Rig rig = wish.begin().listens();
        rig.did();
        return rig;
    }

    @Test
    void theFirstTokenComesBeforeItIsReleasedAndOnce() {
        Rig rig = listening(Rig.streaming());

        assertThat(rig.begins("Once").goesOn(" upon").finishes().did())
                .containsExactly(
                        "first 1",
                        "commit",
                        "open",
                        "start 0 TEXT",
                        "0: Once",
                        "0:  upon",
                        "end 0",
                        "stop STOP",
                        "usage",
                        "finish");
    }

    @Test
    void reasoningIsAFirstTokenToo() {
        assertThat(listening(Rig.streaming()).opens().thinks("Hm").did()).startsWith("first 1");
    }

    @Test
    void aFirstTokenThatIsHeldIsOneAllTheSame() {
        assertThat(listening(Rig.streaming()).opens().beginsCall(0, "now", "{").did())
                .containsExactly("first 1");
    }

    @Test
    void anOpeningIsNone() {
        assertThat(listening(Rig.streaming()).opens().did()).isEmpty();
    }

    @Test
    void aFailureComesBeforeWhatIsDecidedAndAContinuationBeforeItsText() {
        Rig rig = listening(Rig.streaming()).begins(SAID);
        rig.did();

        assertThat(rig.breaksOff().did())
                .containsExactly("failed 1 cut", "decide", "ask other by user_turn");
        assertThat(rig.begins(SAID).did()).containsExactly("first 2");
        assertThat(rig.goesOn(", and it still").goesOn(" stands.").finishes().did())
                .containsExactly(
                        "continued 2 by user_turn ANCHORED",
                        "0: , and it still",
                        "0:  stands.",
                        "end 0",
                        "stop STOP",
                        "finish");
    }

    @Test
    void aRejectedSeamIsAFailureAndNoContinuation() {
        Rig rig = listening(Rig.streaming()).begins(SAID).breaksOff();
        rig.did();

        assertThat(rig.begins("Penguins swim.").did())
                .containsExactly(
                        "first 2", "failed 2 seam", "cancel 2", "decide", "ask main by user_turn");
    }

    @Test
    void whatTheClientAskedAnewIsNoContinuation() {
        Rig rig = listening(Rig.streaming()).opens().thinks("Hm").breaksOff();

        assertThat(rig.begins("Once").did())
                .contains("first 2")
                .noneMatch(word -> word.startsWith("continued"));
    }

    @Test
    void aRestartContinuesWithoutAProof() {
        Rig rig =
                listening(Rig.streaming().with(s -> s.midStream(MidStream.RESTART)))
                        .begins(SAID)
                        .breaksOff();
        rig.did();

        assertThat(rig.begins("Penguins swim in the sea.").did())
                .startsWith("first 2", "continued 2 by restart UNPROVEN")
                .contains("restarted 0");
    }

    @Test
    void aNewBlockBehindOneThatHadEndedHasNoSeam() {
        Rig rig =
                listening(Rig.streaming().methods(Method.PREFILL)).begins(SAID).ends(0).breaksOff();
        rig.did();

        assertThat(rig.opens().beginsCall(0, "now", "{}").ends(0).did())
                .startsWith("first 2", "continued 2 by prefill null", "start 1 TOOL_CALL");
    }

    @Test
    void aGenerationThatIsTakenUpAgainIsHeardFromAgain() {
        Rig rig =
                listening(Rig.streaming().methods(Method.RESUME, Method.USER_TURN))
                        .says(new Opened("resp_1", "m", 1, new Held("main", "resp_1")))
                        .says(BlockStarted.text(0, 0), new Delta(0, "One "));
        rig.did();

        assertThat(rig.breaksOff().goesOn("two").goesOn(" three").did())
                .containsExactly(
                        "failed 1 cut",
                        "decide",
                        "ask main by resume",
                        "first 2",
                        "continued 2 by resume EXACT",
                        "0: two",
                        "0:  three");
    }

    @Test
    void anErrorInTheStreamIsAFailure() {
        Rig rig = listening(Rig.streaming()).begins(SAID);
        rig.did();

        assertThat(rig.says(new StreamEvent.Failed(Rig.refused(529, ErrorClass.OVERLOADED))).did())
                .startsWith("failed 1 overloaded");
    }

    @Test
    void soIsAnEndWithoutTheLastWord() {
        Rig rig = listening(Rig.streaming()).begins(SAID);
        rig.did();

        assertThat(rig.ended(null).did()).startsWith("failed 1 truncated", "decide");
    }

    @Test
    void soIsAClockThatRanOut() {
        Rig rig = listening(Rig.streaming()).begins(SAID);
        rig.did();

        assertThat(rig.wait(Duration.ofSeconds(61)).did())
                .containsSubsequence("failed 1 stall", "cancel 1", "decide");
    }

    @Test
    void soIsTheDeadlineAndItIsNotDecidedUpon() {
        Rig rig = listening(Rig.streaming().with(s -> s.clocks(Duration.ofHours(3)))).begins(SAID);
        rig.did();

        assertThat(rig.wait(Duration.ofSeconds(6001)).did())
                .endsWith("failed 1 deadline", "cancel 1", "fail 504 deadline")
                .doesNotContain("decide");
    }

    @Test
    void soIsTheEndOfThisProcess() {
        Rig rig = listening(Rig.streaming()).begins(SAID);
        rig.did();

        assertThat(rig.shutdown().did())
                .containsExactly("failed 1 shutdown", "cancel 1", "fail 503 shutdown");
    }

    @Test
    void whenTheClientLeavesNothingHasFailed() {
        Rig rig = listening(Rig.streaming()).begins(SAID);
        rig.did();

        assertThat(rig.clientLeaves().did()).containsExactly("cancel 1", "abandon");
    }

    @Test
    void aCooldownIsToldByWhoBroughtItAndOnlyThen() {
        Rig rig = listening(Rig.streaming()).ended(Rig.refused(401, ErrorClass.AUTHENTICATION));

        assertThat(rig.did())
                .containsExactly(
                        "failed 1 authentication",
                        "cooled main of main for 60 s after authentication",
                        "decide",
                        "ask other by original");
        assertThat(rig.ended(new Failure.Cut(true, "cut")).did())
                .startsWith("failed 2 cut")
                .noneMatch(word -> word.startsWith("cooled"));
    }

    @Test
    void theEndComesLast() {
        Rig rig =
                listening(Rig.streaming().with(s -> s.retries(0).withoutFallbacks())).begins(SAID);
        rig.did();

        assertThat(rig.breaksOff().did()).startsWith("failed 1 cut").endsWith("fail 502 cut");
        assertThat(listening(Rig.streaming()).begins(SAID).ends(0).stops(FinishReason.STOP).did())
                .endsWith("finish");
    }
}
