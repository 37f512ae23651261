package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever decides may take his time: what else concerns the request goes on. */
class DecisionsMayComeLateTest {

    private static final String SAID = "The bridge was built in the year of the flood";

    private static Rig pending() {
        Rig rig = Rig.streaming().begin().begins(SAID).hesitates().breaksOff();
        rig.did();
        return rig;
    }

    @Test
    void theClientIsKeptAliveMeanwhile() {
        Rig rig = pending();

        assertThat(rig.wait(Duration.ofSeconds(25)).did())
                .containsExactly("heartbeat", "heartbeat");
        assertThat(rig.decides(new Decision.Proceed()).did())
                .containsExactly("ask other by user_turn");
    }

    @Test
    void aResponseIsCommittedMeanwhile() {
        Rig rig = Rig.streaming().begin().hesitates().breaksOff();
        rig.did();

        assertThat(rig.wait(Duration.ofSeconds(10)).did()).containsExactly("commit", "heartbeat");
    }

    @Test
    void theDeadlineDoesNotWait() {
        Rig rig = pending();

        assertThat(rig.wait(Duration.ofSeconds(6001)).did()).endsWith("fail 502 cut");
        assertThat(rig.decides(new Decision.Proceed()).did()).isEmpty();
    }

    @Test
    void norDoesTheEndOfThisProcess() {
        Rig rig = pending();

        assertThat(rig.shutdown().did()).containsExactly("fail 503 shutdown");
        assertThat(rig.decides(new Decision.Restart()).did()).isEmpty();
    }

    @Test
    void norDoesAClientThatLeaves() {
        Rig rig = pending();

        assertThat(rig.clientLeaves().did()).containsExactly("abandon");
        assertThat(rig.decides(new Decision.Elsewhere("main")).did()).isEmpty();
    }

    @Test
    void nothingStartsWhileTheClientTakesNothing() {
        Rig rig = pending();

        assertThat(rig.clientTakes(false).decides(new Decision.Restart("main")).did()).isEmpty();
        assertThat(rig.clientTakes(true).did()).containsExactly("ask main by restart");
    }

    @Test
    void theFirstAnswerCounts() {
        Rig rig = pending();

        rig.clientTakes(false).decides(new Decision.Proceed()).decides(new Decision.GiveUp());
        assertThat(rig.clientTakes(true).did()).containsExactly("ask other by user_turn");
        assertThat(rig.decides(new Decision.GiveUp()).did()).isEmpty();
    }

    @Test
    void oneThatNobodyAskedForIsForgotten() {
        Rig rig = Rig.streaming().begin().begins(SAID);
        rig.did();

        rig.clientTakes(false).decides(new Decision.GiveUp()).clientTakes(true);
        rig.hesitates().breaksOff();
        assertThat(rig.did()).isEmpty();
        assertThat(rig.decides(new Decision.Proceed()).did())
                .containsExactly("ask other by user_turn");
    }

    @Test
    void whatStopsMeanwhileIsDecidedUponWhenTheClientTakesAgain() {
        Rig rig = Rig.streaming().begin().begins(SAID).clientTakes(false).hesitates().breaksOff();
        rig.did();

        assertThat(rig.decisions()).isZero();
        rig.clientTakes(true);
        assertThat(rig.decisions()).isOne();
        assertThat(rig.decides(new Decision.Proceed()).did())
                .containsExactly("ask other by user_turn");
    }

    @Test
    void aClientThatStopsWhileADecisionIsOutIsWaitedForAfterIt() {
        Rig rig = pending();

        assertThat(rig.clientTakes(false).wait(Duration.ofSeconds(100)).did()).isEmpty();
        assertThat(rig.clientTakes(true).did()).isEmpty();
        assertThat(rig.decides(new Decision.Proceed()).did())
                .containsExactly("ask other by user_turn");
    }
}
