package dev.midstream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import org.junit.jupiter.api.Test;

/**
 * Who refuses a prefill is asked again at once by the next method, and the refusal never surfaces.
 */
class RefusedPrefillIsNoFailureTest {

    private static final Failure REFUSED = Rig.refused(400, ErrorClass.PREFILL_REFUSED);

    private static Rig.Wish prefilling() {
        return Rig.streaming().methods(Method.PREFILL, Method.USER_TURN);
    }

    @Test
    void theSameDeploymentIsAskedOtherwise() {
        Rig rig = prefilling().begin().begins("Once upon").breaksOff();
        rig.did();

        assertThat(rig.ended(REFUSED).did()).containsExactly("warn", "ask other by user_turn");
    }

    @Test
    void itCostsNoRetry() {
        Rig rig =
                prefilling()
                        .with(s -> s.retries(1).withoutFallbacks())
                        .begin()
                        .begins("Once upon")
                        .breaksOff();
        rig.did();

        assertThat(rig.ended(REFUSED).did()).containsExactly("warn", "ask main by user_turn");
    }

    @Test
    void itNeverSurfaces() {
        Rig rig =
                prefilling()
                        .with(s -> s.retries(0))
                        .begin()
                        .begins("Once upon")
                        .breaksOff()
                        .ended(REFUSED)
                        .ended(Rig.refused(503, ErrorClass.OVERLOADED));

        assertThat(rig.did()).endsWith("fail 502 cut");
    }

    @Test
    void oneThatTheClientWroteItselfIsItsError() {
        Rig rig = prefilling().with(s -> s.withoutFallbacks()).begin().ended(REFUSED);

        assertThat(rig.did()).endsWith("fail 400 bad_request");
    }
}
