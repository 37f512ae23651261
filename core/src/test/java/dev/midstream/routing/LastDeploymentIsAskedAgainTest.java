package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LastDeploymentIsAskedAgainTest {

    private final World world = new World().group("g", "a");

    @Test
    void atOnceAfterTheFirstCutThenAfterAWait() {
        Walk walk = world.ask("g").asks("a").fails(CUT).asks("a").fails(CUT);

        assertThat(walk.waits()).isBetween(0.25, 0.5);
        walk.asks("a").fails(CUT);
        walk.ends();
    }

    @Test
    void neverWithoutRetries() {
        world.numRetries = 0;

        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("a");
    }

    @Test
    void afterAWaitWhereItIsOverloaded() {
        Failure overloaded = error(ErrorClass.OVERLOADED, 529);
        Walk walk = world.ask("g").asks("a").fails(overloaded);

        assertThat(walk.waits()).isBetween(0.25, 0.5);
        walk.asks("a").fails(overloaded);
        assertThat(walk.waits()).isBetween(0.5, 1.0);
        walk.asks("a");
    }

    @Test
    void waitsAtMostEightSeconds() {
        world.numRetries = 12;
        Walk walk = world.ask("g").asks("a").fails(error(ErrorClass.OVERLOADED, 529));
        double longest = 0;
        for (int i = 0; i < 12; i++) {
            longest = Math.max(longest, walk.waits());
            walk.asks("a").fails(error(ErrorClass.OVERLOADED, 529));
        }

        assertThat(longest).isBetween(4.0, 8.0);
    }

    @Test
    void notBeforeTheConfiguredLeastWait() {
        world.retryAfterFloor = Duration.ofSeconds(3);
        Walk walk = world.ask("g").asks("a").fails(CUT);

        assertThat(walk.waits()).isEqualTo(3);
        walk.asks("a");
    }

    @Test
    void notIfTheProviderForbidsIt() {
        Failure vetoed = error(ErrorClass.SERVER_ERROR, 500, null, true);

        assertThat(world.ask("g").failsThroughout(vetoed)).containsExactly("a");
    }

    @Test
    void onlyWhenTheFallbacksHaveFailedToo() {
        World two = new World().group("g", "a", "f").group("f", "x");

        assertThat(two.ask("g").failsThroughout(CUT)).containsExactly("a", "x", "a", "x");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "BAD_REQUEST",
                "UNSUPPORTED_PARAMETER",
                "CONTEXT_LENGTH",
                "CONTENT_POLICY",
                "TOO_LARGE",
                "AUTHENTICATION",
                "PERMISSION",
                "QUOTA",
                "NOT_FOUND"
            })
    void neverAfterWhatWouldBeSaidAgain(ErrorClass errorClass) {
        assertThat(world.ask("g").failsThroughout(error(errorClass, 400))).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"PREFILL_REFUSED", "REASONING_REFUSED", "STREAM_REFUSED", "PROTOCOL_REFUSED"})
    void beforeAnybodyElseWhereOnlyOurWayOfAskingWasRefused(ErrorClass errorClass) {
        World two = new World().group("g", "a", "f").group("f", "x");
        two.numRetries = 0;

        two.ask("g").asks("a").fails(error(errorClass, 400)).asks("a").fails(CUT).asks("x");
    }

    @Test
    void beforeAnybodyElseWhereItTookTheMethodForSomethingElse() {
        World two = new World().group("g", "a", "f").group("f", "x");
        two.numRetries = 0;
        Failure ignored = new Failure.SeamRejected("starts anew", true);

        two.ask("g").asks("a").fails(CUT).asks("x").fails(ignored).asks("x").fails(CUT).ends();
    }

    @Test
    void notOtherwiseOnceTheCallerCannot() {
        World two = new World().group("g", "a", "f").group("f", "x");
        Walk walk = two.ask("g").asks("a").fails(error(ErrorClass.PREFILL_REFUSED, 400));

        assertThat(walk.next(d -> !d.id().equals("a")))
                .isInstanceOfSatisfying(
                        Choice.Ask.class, ask -> assertThat(ask.deployment().id()).isEqualTo("x"));
    }
}
