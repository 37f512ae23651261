package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.REFUSED;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryAfterIsPassedOnTest {

    private static final Failure TWO_SECONDS =
            error(ErrorClass.RATE_LIMIT, 429, Duration.ofSeconds(2));
    private static final Failure TWO_MINUTES =
            error(ErrorClass.RATE_LIMIT, 429, Duration.ofMinutes(2));

    private final World world = new World().group("g", "a");

    @Test
    void aShortOneIsWaitedForExactly() {
        Walk walk = world.ask("g").asks("a").fails(TWO_SECONDS);

        assertThat(walk.waits()).isEqualTo(2);
        walk.asks("a").succeeds();
    }

    @Test
    void aShortOneIsNotWaitedForWhileSomebodyElseIsLeft() {
        World two = new World().group("g", "a", "f").group("f", "x");
        Walk walk = two.ask("g").asks("a").fails(TWO_SECONDS).asks("x").fails(CUT);

        walk.asks("x").fails(CUT);
        assertThat(walk.waits()).isLessThan(0.5);
        walk.asks("x");
    }

    @Test
    void aLongOneRulesTheDeploymentOut() {
        Walk walk = world.ask("g").asks("a").fails(TWO_MINUTES);

        Choice.Exhausted end = walk.ends();

        assertThat(end.retryAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(end.failure()).isEqualTo(TWO_MINUTES);
    }

    @Test
    void aNewRequestIsToldAtOnceInTheProvidersWords() {
        world.ask("g").asks("a").fails(TWO_SECONDS);
        world.pass(0.5);

        Choice.Exhausted end = world.ask("g").ends();

        assertThat(end.retryAfter()).isEqualTo(Duration.ofMillis(1500));
        assertThat(end.failure()).isEqualTo(TWO_SECONDS);
    }

    @Test
    void theShortestIsTold() {
        World two = new World().group("g", "a", "f").group("f", "x");
        two.ask("g").asks("a").fails(TWO_MINUTES);
        two.ask("g").asks("x").fails(TWO_SECONDS);

        assertThat(two.ask("g").ends().retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whoMayNotBeAskedDoesNotCount() {
        World two = new World().group("g", "a", "f").group("f", "x");
        two.maxFallbacks = 0;
        two.ask("g").asks("a").fails(TWO_SECONDS);

        assertThat(two.ask("g").ends().failure()).isEqualTo(TWO_SECONDS);
    }

    @Test
    void whatIsOnlyCooledIsAskedInstead() {
        World two = new World().group("g", "a", "f").group("f", "x");
        two.ask("g").asks("a").fails(error(ErrorClass.OVERLOADED, 503, Duration.ofSeconds(1)));
        two.ask("g").asks("x").fails(REFUSED);

        two.ask("g").asks("x");
    }

    @Test
    void onceItIsOverTheDeploymentIsAsked() {
        world.ask("g").asks("a").fails(TWO_SECONDS);
        world.pass(2);

        world.ask("g").asks("a");
    }

    @Test
    void aRequestThatHasBegunWaitsForWhatOthersWereTold() {
        World two = new World().group("g", "a", "f").group("f", "x");
        two.ask("f").asks("x").fails(TWO_SECONDS);
        Walk walk = two.ask("g").asks("a").fails(error(ErrorClass.AUTHENTICATION, 401));

        assertThat(walk.waits()).isEqualTo(2);
        walk.asks("x");
    }

    @Test
    void aWaitIsNotDrawnOutByWhatOthersAreTold() {
        Walk other = world.ask("g").asks("a");
        Walk walk = world.ask("g").asks("a").fails(TWO_SECONDS);
        Choice wait = walk.next();
        other.fails(error(ErrorClass.RATE_LIMIT, 429, Duration.ofSeconds(50)));

        assertThat(wait).isEqualTo(new Choice.WaitUntil(world.now + 2_000_000_000L));
        world.pass(2);
        walk.asks("a");
    }

    @Test
    void anExhaustedBudgetTellsTheWaitToo() {
        world.numRetries = 1;
        Walk walk = world.ask("g").asks("a").fails(TWO_SECONDS);
        walk.waits();

        assertThat(walk.asks("a").fails(TWO_SECONDS).ends().retryAfter())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void nothingIsToldWhileSomebodyIsFree() {
        World two = new World().group("g", "a", "f").group("f", "x");
        two.maxAttempts = 2;
        Walk walk = two.ask("g").asks("a").fails(TWO_SECONDS).asks("x").fails(CUT);

        assertThat(walk.ends()).isEqualTo(new Choice.Exhausted(null, null));
    }
}
