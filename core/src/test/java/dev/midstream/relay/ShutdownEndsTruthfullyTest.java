package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What has not ended when the process goes away ends in an error that says so. */
class ShutdownEndsTruthfullyTest {

    @Test
    void aStreamThatRuns() {
        Rig rig = Rig.streaming().begin().begins("Once");
        rig.did();

        assertThat(rig.shutdown().did()).containsExactly("cancel 1", "fail 503 shutdown");
    }

    @Test
    void whatHasEndedStaysEnded() {
        Rig rig = Rig.streaming().begin().begins("Once").finishes();
        rig.did();

        assertThat(rig.shutdown().did()).isEmpty();
    }
}
