package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.STALL;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryPoliciesDecideTest {

    private static final Failure LIMITED = error(ErrorClass.RATE_LIMIT, 429);
    private static final Failure DENIED = error(ErrorClass.AUTHENTICATION, 401);
    private static final Failure BAD = error(ErrorClass.BAD_REQUEST, 400);

    private static World world(Map<ErrorKind, Integer> policy) {
        World world = new World().group("g", "a", "h").group("h", "b");
        world.retries = new Retries(new RetryPolicy(policy), Map.of());
        return world;
    }

    private static Walk failing(World world, String id, Failure failure, int times) {
        Walk walk = world.ask("g");
        for (int i = 0; i < times; i++) {
            fail(world, walk, id, failure);
        }
        return walk;
    }

    private static void fail(World world, Walk walk, String id, Failure failure) {
        Choice choice = walk.next();
        if (choice instanceof Choice.WaitUntil wait) {
            world.now = wait.nanos();
            choice = walk.next();
        }
        assertThat(choice)
                .isInstanceOfSatisfying(
                        Choice.Ask.class, ask -> assertThat(ask.deployment().id()).isEqualTo(id));
        walk.fails(failure);
    }

    @Test
    void noneMeansOnToTheFallbacks() {
        World world = new World().group("g", "a c d", "h").group("h", "b");
        world.retries = new Retries(new RetryPolicy(Map.of(ErrorKind.RATE_LIMIT, 0)), Map.of());
        Walk walk = world.ask("g");
        walk.next();
        walk.fails(LIMITED);
        walk.asks("b").fails(LIMITED).ends();
    }

    @Test
    void aNumberGoesBeforeThatOfAllRetries() {
        World world = world(Map.of(ErrorKind.TIMEOUT, 4));
        world.numRetries = 0;
        world.disableFallbacks = true;
        assertThat(world.ask("g").failsThroughout(STALL)).hasSize(5);
        assertThat(world.ask("g").failsThroughout(CUT)).hasSize(1);
    }

    @Test
    void andBeforeADeploymentsAndARequestsOwn() {
        World world = world(Map.of(ErrorKind.TIMEOUT, 1));
        world.numRetries = 5;
        world.requestNamesRetries = true;
        world.disableFallbacks = true;
        assertThat(world.ask("g").failsThroughout(STALL)).hasSize(2);
    }

    @Test
    void eachKindIsCountedByItself() {
        World world = world(Map.of(ErrorKind.TIMEOUT, 1, ErrorKind.SERVICE_UNAVAILABLE, 2));
        world.numRetries = 0;
        world.disableFallbacks = true;
        Walk walk = failing(world, "a", STALL, 1);
        fail(world, walk, "a", CUT);
        fail(world, walk, "a", CUT);
        fail(world, walk, "a", STALL);
        walk.ends();
    }

    @Test
    void othersKeepTheUsualNumber() {
        World world = world(Map.of(ErrorKind.TIMEOUT, 3));
        world.numRetries = 1;
        world.disableFallbacks = true;
        Walk walk = failing(world, "a", STALL, 3);
        fail(world, walk, "a", CUT);
        fail(world, walk, "a", CUT);
        walk.ends();
    }

    @Test
    void whatIsSaidOfAllSpeaksOfThoseThatAreNotNamed() {
        World world = world(Map.of(ErrorKind.OTHER, 1, ErrorKind.TIMEOUT, 0));
        world.disableFallbacks = true;
        assertThat(world.ask("g").failsThroughout(CUT)).hasSize(2);
        assertThat(world.ask("g").failsThroughout(STALL)).hasSize(1);
    }

    @Test
    void whatWouldNotBeRetriedIsIfTheOperatorWantsIt() {
        World world = world(Map.of(ErrorKind.AUTHENTICATION, 2, ErrorKind.BAD_REQUEST, 1));
        assertThat(world.ask("g").failsThroughout(DENIED)).as("b first").hasSize(4);
        world.disableFallbacks = true;
        assertThat(world.ask("g").failsThroughout(DENIED)).containsExactly("a", "a", "a");
        assertThat(world.ask("g").failsThroughout(BAD)).containsExactly("a", "a");
    }

    @Test
    void butNeverWhatCannotFitAndWhatTheProviderForbids() {
        World world = world(Map.of(ErrorKind.BAD_REQUEST, 3, ErrorKind.INTERNAL_SERVER, 3));
        world.disableFallbacks = true;
        failing(world, "a", error(ErrorClass.CONTEXT_LENGTH, 400), 1).ends();
        failing(world, "a", error(ErrorClass.SERVER_ERROR, 500, null, true), 1).ends();
    }

    @Test
    void aGroupsOwnPolicyCountsInsteadOfTheGeneralOne() {
        World world = world(Map.of());
        world.retries =
                new Retries(
                        new RetryPolicy(Map.of(ErrorKind.TIMEOUT, 5)),
                        Map.of("g", new RetryPolicy(Map.of(ErrorKind.TIMEOUT, 1))));
        world.disableFallbacks = true;
        assertThat(world.ask("g").failsThroughout(STALL)).hasSize(2);
        assertThat(world.ask("h").failsThroughout(STALL)).hasSize(6);
    }

    @Test
    void allAttemptsTogetherStayWithinTheirBound() {
        World world = world(Map.of(ErrorKind.TIMEOUT, 50));
        world.maxAttempts = 4;
        assertThat(world.ask("g").failsThroughout(STALL)).hasSize(4);
    }

    @Test
    void askingOtherwiseIsNotGoverned() {
        World world = world(Map.of(ErrorKind.OTHER, 0));
        world.disableFallbacks = true;
        failing(world, "a", error(ErrorClass.PREFILL_REFUSED, 400), 1).asks("a");
    }
}
