package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.STALL;
import static dev.midstream.routing.World.deployment;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowedFailsByKindTest {

    private static final Failure LIMITED = error(ErrorClass.RATE_LIMIT, 429, Duration.ofSeconds(7));
    private static final Failure BAD = error(ErrorClass.BAD_REQUEST, 400);

    private static World world(Map<ErrorKind, Integer> policy) {
        World world = new World().group("g", "a");
        world.failsByKind = policy;
        return world;
    }

    private static void fail(World world, Failure failure) {
        world.ask("g").asks("a").fails(failure);
    }

    private static boolean cooled(World world) {
        return world.fleet().snapshot(world.now).getFirst().cooledFor() != null;
    }

    @Test
    void oneMoreThanIsAllowedCools() {
        World world = world(Map.of(ErrorKind.TIMEOUT, 2));
        fail(world, STALL);
        fail(world, STALL);
        assertThat(cooled(world)).isFalse();
        fail(world, STALL);
        assertThat(cooled(world)).isTrue();
    }

    @Test
    void kindsAreCountedApart() {
        World world = world(Map.of(ErrorKind.TIMEOUT, 1, ErrorKind.SERVICE_UNAVAILABLE, 1));
        fail(world, STALL);
        fail(world, CUT);
        assertThat(cooled(world)).isFalse();
        fail(world, CUT);
        assertThat(cooled(world)).isTrue();
    }

    @Test
    void aSuccessStartsTheCountAnew() {
        World world = world(Map.of(ErrorKind.TIMEOUT, 1));
        fail(world, STALL);
        world.ask("g").asks("a").succeeds();
        fail(world, STALL);
        assertThat(cooled(world)).isFalse();
    }

    @Test
    void soDoesAMinute() {
        World world = world(Map.of(ErrorKind.TIMEOUT, 1));
        fail(world, STALL);
        world.pass(61);
        fail(world, STALL);
        assertThat(cooled(world)).isFalse();
    }

    @Test
    void whatIsAllowedDoesNotCoolForItsRetryAfterEither() {
        World world = world(Map.of(ErrorKind.RATE_LIMIT, 1));
        fail(world, LIMITED);
        assertThat(cooled(world)).isFalse();
        fail(world, LIMITED);
        assertThat(world.fleet().snapshot(world.now).getFirst().cooledFor())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void badRequestsCoolOnlyWhereThePolicySaysSo() {
        World without = world(Map.of());
        World with = world(Map.of(ErrorKind.BAD_REQUEST, 1));
        for (int i = 0; i < 2; i++) {
            fail(without, BAD);
            fail(with, BAD);
        }
        assertThat(cooled(without)).isFalse();
        assertThat(cooled(with)).isTrue();
    }

    @Test
    void othersKeepTheUsualCount() {
        World world = world(Map.of(ErrorKind.TIMEOUT, 9));
        fail(world, CUT);
        fail(world, CUT);
        assertThat(cooled(world)).isTrue();
    }

    @Test
    void aDeploymentsOwnNumbersGoBeforeTheRouters() {
        AllowedFails own = new AllowedFails(null, Map.of(ErrorKind.TIMEOUT, 0));
        World world =
                new World().group("g", List.of(deployment("g", "a").allowedFails(own).build()));
        world.failsByKind = Map.of(ErrorKind.TIMEOUT, 9, ErrorKind.SERVICE_UNAVAILABLE, 2);
        fail(world, CUT);
        fail(world, CUT);
        assertThat(cooled(world)).as("what it does not speak of is the router's").isFalse();
        fail(world, STALL);
        assertThat(cooled(world)).isTrue();
    }

    @Test
    void aDeploymentsOwnNumberForAllGoesBeforeTheRoutersPolicy() {
        World world =
                new World()
                        .group(
                                "g",
                                List.of(
                                        deployment("g", "a")
                                                .allowedFails(new AllowedFails(0, Map.of()))
                                                .build()));
        world.failsByKind = Map.of(ErrorKind.TIMEOUT, 9);
        fail(world, STALL);
        assertThat(cooled(world)).isTrue();
    }
}
