package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.REFUSED;
import static dev.midstream.routing.World.STALL;
import static dev.midstream.routing.World.deployment;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CooldownAtLowTrafficTest {

    private final World world = new World().group("g", "a", "f").group("f", "x");

    static Stream<Failure> downAtTheFirst() {
        return Stream.of(
                REFUSED,
                error(ErrorClass.RATE_LIMIT, 429),
                error(ErrorClass.OVERLOADED, 503),
                error(ErrorClass.OVERLOADED, 529),
                error(ErrorClass.SERVER_ERROR, 502),
                error(ErrorClass.AUTHENTICATION, 401),
                error(ErrorClass.PERMISSION, 403),
                error(ErrorClass.NOT_FOUND, 404),
                error(ErrorClass.QUOTA, 429));
    }

    static Stream<Failure> downAtTheSecond() {
        return Stream.of(
                CUT,
                STALL,
                new Failure.Cut(false, "reset"),
                new Failure.Truncated("no end"),
                new Failure.Garbled("not JSON"),
                new Failure.BadEnd("error"),
                error(ErrorClass.SERVER_ERROR, 500),
                error(ErrorClass.TIMEOUT, 504));
    }

    static Stream<Failure> neverDown() {
        return Stream.of(
                error(ErrorClass.BAD_REQUEST, 400),
                error(ErrorClass.CONTEXT_LENGTH, 400),
                error(ErrorClass.CONTENT_POLICY, 400),
                error(ErrorClass.TOO_LARGE, 413),
                error(ErrorClass.PREFILL_REFUSED, 400),
                error(ErrorClass.REASONING_REFUSED, 400),
                error(ErrorClass.STREAM_REFUSED, 400),
                new Failure.SeamRejected("starts anew", false),
                new Failure.Untranslatable("n", "n is not there"),
                new Failure.Internal("bug"),
                new Failure.ShuttingDown(),
                new Failure.DeadlinePassed(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("downAtTheFirst")
    void coolsAtTheFirst(Failure failure) {
        world.ask("g").asks("a").fails(failure);

        world.ask("g").asks("x");
    }

    @ParameterizedTest
    @MethodSource("downAtTheSecond")
    void coolsAtTheSecondWithinAMinute(Failure failure) {
        world.ask("g").asks("a").fails(failure);
        world.pass(59);
        world.ask("g").asks("a").fails(failure);

        world.ask("g").asks("x");
    }

    @ParameterizedTest
    @MethodSource("downAtTheSecond")
    void doesNotCoolWhenTheyAreFarApart(Failure failure) {
        world.ask("g").asks("a").fails(failure);
        world.pass(61);
        world.ask("g").asks("a").fails(failure);

        world.ask("g").asks("a");
    }

    @ParameterizedTest
    @MethodSource("neverDown")
    void neverCoolsForWhatIsNotItsFault(Failure failure) {
        for (int i = 0; i < 10; i++) {
            world.ask("g").asks("a").fails(failure);
        }

        world.ask("g").asks("a");
    }

    @Test
    void aSuccessStartsTheCountAnew() {
        world.ask("g").asks("a").fails(CUT);
        world.ask("g").asks("a").succeeds();
        world.ask("g").asks("a").fails(CUT);

        world.ask("g").asks("a");
    }

    @Test
    void lastsAsLongAsTheRouterSays() {
        world.ask("g").asks("a").fails(REFUSED);
        world.pass(4.9);
        world.ask("g").asks("x").succeeds();
        world.pass(0.1);

        world.ask("g").asks("a");
    }

    @Test
    void lastsAsLongAsTheDeploymentSays() {
        World own =
                new World()
                        .group(
                                "g",
                                List.of(
                                        deployment("g", "a")
                                                .cooldown(Duration.ofSeconds(30))
                                                .build()),
                                "f")
                        .group("f", "x");
        own.ask("g").asks("a").fails(error(ErrorClass.RATE_LIMIT, 429, Duration.ofSeconds(3)));
        own.pass(29);
        own.ask("g").asks("x").succeeds();
        own.pass(1);

        own.ask("g").asks("a");
    }

    @Test
    void lastsAMinuteWhereSomebodyHasToChangeSomething() {
        world.ask("g").asks("a").fails(error(ErrorClass.AUTHENTICATION, 401));
        world.pass(59);
        world.ask("g").asks("x").succeeds();
        world.pass(1);

        world.ask("g").asks("a");
    }

    @Test
    void oneFailureAfterwardsCoolsAgainAndForLonger() {
        world.ask("g").asks("a").fails(CUT);
        world.ask("g").asks("a").fails(CUT);
        world.pass(5);
        world.ask("g").asks("a").fails(CUT);
        world.pass(59);
        world.ask("g").asks("x").succeeds();
        world.pass(1);

        world.ask("g").asks("a");
    }

    @Test
    void aSuccessAfterwardsEndsTheProbation() {
        world.ask("g").asks("a").fails(REFUSED);
        world.pass(5);
        world.ask("g").asks("a").succeeds();
        world.ask("g").asks("a").fails(CUT);

        world.ask("g").asks("a");
    }

    @Test
    void manyStreamsThatBreakTogetherAreOneCooldown() {
        List<Walk> walks = Stream.generate(() -> world.ask("g").asks("a")).limit(50).toList();
        walks.forEach(walk -> walk.fails(CUT));
        world.pass(5);

        world.ask("g").asks("a");
    }

    @Test
    void whatBeganBeforeACooldownDoesNotEndTheProbation() {
        Walk old = world.ask("g").asks("a");
        world.pass(1);
        world.ask("g").asks("a").fails(REFUSED);
        world.pass(5);
        old.succeeds();
        world.ask("g").asks("a").fails(CUT);

        world.ask("g").asks("x");
    }

    /** Scenario S15 of the public failover bench: primary down for 60 s, 20 requests. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 1, 3})
    void aDeadPrimaryIsTouchedTwiceAtMost(double secondsBetween) {
        for (Failure failure : List.of(REFUSED, error(ErrorClass.OVERLOADED, 503))) {
            World dead = new World().group("g", "a", "f").group("f", "x");
            assertThat(touched(dead, failure, secondsBetween)).isBetween(1, 2);
        }
    }

    private static int touched(World world, Failure failure, double secondsBetween) {
        int touched = 0;
        for (int i = 0; i < 20; i++) {
            Walk walk = world.ask("g");
            while (walk.next() instanceof Choice.Ask ask && ask.deployment().id().equals("a")) {
                touched++;
                walk.fails(failure);
            }
            walk.succeeds();
            world.pass(secondsBetween);
        }
        return touched;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void allowedFailsAreLetPassWhateverTheyAre(int allowed) {
        world.allowedFails = allowed;
        for (int i = 0; i < allowed; i++) {
            world.ask("g").asks("a").fails(error(ErrorClass.RATE_LIMIT, 429));
        }
        world.ask("g").asks("a").fails(CUT);

        world.ask("g").asks("x");
    }

    @Test
    void allowedFailsAreThoseOfTheLastMinute() {
        world.allowedFails = 2;
        world.ask("g").asks("a").fails(CUT);
        world.pass(50);
        world.ask("g").asks("a").fails(CUT);
        world.pass(20);
        world.ask("g").asks("a").fails(CUT);
        world.ask("g").asks("a");
        world.pass(20);
        world.ask("g").asks("a").fails(CUT);

        world.ask("g").asks("x");
    }

    @Test
    void theLastDeploymentIsNeverSwitchedOff() {
        World single = new World().group("g", "a");
        single.ask("g").asks("a").fails(REFUSED);

        single.ask("g").asks("a");
    }

    @Test
    void whenAllAreCooledTheOneWhoseTimeEndsFirstIsAsked() {
        world.ask("g").asks("a").fails(REFUSED);
        world.pass(1);
        world.ask("g").asks("x").fails(REFUSED);
        world.pass(1);

        world.ask("g").asks("a").fails(REFUSED);
        world.ask("g").asks("x");
    }
}
