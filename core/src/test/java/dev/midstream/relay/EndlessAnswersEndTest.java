package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.StreamEvent.Delta;
import org.junit.jupiter.api.Test;

final class EndlessAnswersEndTest {

    private static final String MILLION = "0123456789".repeat(100_000);

    @Test
    void plainOnesInAnError() {
        Rig rig = Rig.streaming().plain().begin().begins("Once ");
        int said = 0;
        while (!(rig.last() instanceof Step.Fail) && said++ < 20) {
            rig.says(new Delta(0, MILLION));
        }
        assertThat(said).isEqualTo(16);
        assertThat(rig.did()).contains("cancel 1").endsWith("fail 502 garbled");
    }

    @Test
    void streamsToo() {
        Rig rig = Rig.streaming().begin().begins("Once ");
        for (int i = 0; i < 20; i++) {
            rig.says(new Delta(0, MILLION));
        }
        assertThat(rig.did()).endsWith("fail 502 garbled");
    }
}
