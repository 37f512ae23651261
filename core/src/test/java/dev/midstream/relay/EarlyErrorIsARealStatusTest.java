package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.StreamEvent;
import org.junit.jupiter.api.Test;

/** What fails before any content is answered by a status, and nothing is written before it. */
class EarlyErrorIsARealStatusTest {

    @Test
    void theStatusIsTheFirstFailures() {
        Rig rig =
                Rig.streaming()
                        .with(s -> s.retries(0))
                        .begin()
                        .ended(Rig.refused(429, ErrorClass.RATE_LIMIT))
                        .ended(Rig.refused(503, ErrorClass.OVERLOADED));

        assertThat(rig.did())
                .containsExactly(
                        "ask main by original", "ask other by original", "fail 429 rate_limit");
    }

    @Test
    void anErrorInTheFirstFrameCountsAsItsTwin() {
        Failure overloaded = Rig.refused(529, ErrorClass.OVERLOADED);
        Rig rig =
                Rig.streaming()
                        .with(s -> s.retries(0).withoutFallbacks())
                        .begin()
                        .opens()
                        .says(new StreamEvent.Failed(overloaded));

        assertThat(rig.did())
                .containsExactly("ask main by original", "cancel 1", "fail 529 overloaded");
    }

    @Test
    void aPolicyIsNotEvaded() {
        Rig rig = Rig.streaming().begin().ended(Rig.refused(400, ErrorClass.CONTENT_POLICY));

        assertThat(rig.did()).containsExactly("ask main by original", "fail 400 content_policy");
    }
}
