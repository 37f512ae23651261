package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import org.junit.jupiter.api.Test;

final class RefusedReasoningIsLeftOutTest {

    @Test
    void theSameTargetIsAskedOnceWithoutOldReasoningAndWithThinkingOff() {
        Rig rig = Rig.streaming().begin();
        rig.did();
        rig.ended(Rig.refused(400, ErrorClass.REASONING_REFUSED));
        assertThat(rig.did()).containsExactly("ask main by original");
        assertThat(rig.draft().withoutOldReasoning()).isTrue();
        assertThat(rig.draft().withoutReasoning()).isTrue();
        rig.begins("Hi").finishes();
        assertThat(rig.did()).endsWith("finish");
    }

    @Test
    void aSecondRefusalIsTheRequestsOwnFault() {
        Rig rig = Rig.streaming().begin();
        rig.ended(Rig.refused(400, ErrorClass.REASONING_REFUSED));
        rig.did();
        rig.ended(Rig.refused(400, ErrorClass.REASONING_REFUSED));
        assertThat(rig.did()).doesNotContain("ask main by original");
    }

    @Test
    void anotherTargetIsStillShownIt() {
        Rig rig = Rig.streaming().begin();
        rig.ended(Rig.refused(400, ErrorClass.REASONING_REFUSED));
        rig.ended(Rig.refused(500, ErrorClass.SERVER_ERROR));
        assertThat(rig.did()).contains("ask other by original");
        assertThat(rig.draft().withoutOldReasoning()).isFalse();
    }
}
