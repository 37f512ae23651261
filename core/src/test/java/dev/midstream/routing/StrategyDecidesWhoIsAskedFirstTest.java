package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.REFUSED;
import static dev.midstream.routing.World.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midstream.model.Usage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StrategyDecidesWhoIsAskedFirstTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private static World world(Strategy strategy) {
        World world = new World();
        world.selection = new Selection(strategy, true, null, false);
        world.cooldown = Duration.ZERO;
        return world;
    }

    private static World streaming(World world) {
        world.demand = new Demand(true, 0, 0);
        return world;
    }

    private static String first(World world) {
        Walk walk = world.ask("g");
        String id = ((Choice.Ask) walk.next()).deployment().id();
        walk.plan.released(world.fleet().deployment(id).orElseThrow(), world.now);
        return id;
    }

    private static Map<String, Integer> firsts(World world, int requests) {
        Map<String, Integer> firsts = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            firsts.merge(first(world), 1, Integer::sum);
        }
        return firsts;
    }

    /** One request that is answered there in so many seconds. */
    private static void answers(
            World world, String id, double firstToken, double rest, int tokens) {
        Deployment deployment = world.fleet().deployment(id).orElseThrow();
        Plan plan =
                world.fleet()
                        .plan(
                                world.fleet().group(id).orElseThrow(),
                                world.settings(),
                                world.random);
        assertThat(plan.next(world.now, d -> true)).isInstanceOf(Choice.Ask.class);
        world.pass(firstToken);
        plan.answering(deployment, world.now);
        world.pass(rest);
        plan.used(deployment, Usage.of(10, tokens));
        plan.succeeded(deployment, world.now);
    }

    private static void fails(World world, String id) {
        world.ask(id).asks(id).fails(REFUSED);
    }

    @Test
    void leastBusyGoesByWhatRuns() {
        World world = world(new LeastBusy()).group("g", "a b c");
        world.ask("a").asks("a");
        world.ask("a").asks("a");
        world.ask("b").asks("b");

        assertThat(firsts(world, 50)).containsOnlyKeys("c");
        world.ask("c").asks("c");
        assertThat(firsts(world, 50)).containsOnlyKeys("b", "c");
    }

    @Test
    void leastBusySpreadsManyAtOnceEvenly() {
        World world = world(new LeastBusy()).group("g", "a b c d");
        for (int i = 0; i < 40; i++) {
            world.ask("g").next();
        }
        assertThat(world.fleet().snapshot(world.now))
                .allSatisfy(state -> assertThat(state.inFlight()).isEqualTo(10));
    }

    @Test
    void amongTheLeastBusyTheWeightDecides() {
        World world =
                world(new LeastBusy())
                        .group(
                                "g",
                                List.of(
                                        deployment("g", "a").weight(3).build(),
                                        deployment("g", "b").build()));
        assertThat(firsts(world, 8000).get("a")).isCloseTo(6000, within(200));
    }

    @Test
    void streamsGoWhereTheFirstTokenComesSoonest() {
        World world = streaming(world(new LowestLatency(HOUR, 0)).group("g", "a b"));
        answers(world, "a", 0.2, 60, 10);
        answers(world, "b", 0.4, 1, 10);
        assertThat(firsts(world, 50)).containsOnlyKeys("a");

        world.demand = new Demand(false, 0, 0);
        assertThat(firsts(world, 50)).as("plain answers").containsOnlyKeys("b");
    }

    @Test
    void plainAnswersGoByTheTimeOfAToken() {
        World world = world(new LowestLatency(HOUR, 0)).group("g", "a b");
        answers(world, "a", 1, 99, 1000);
        answers(world, "b", 1, 9, 10);
        assertThat(firsts(world, 50)).containsOnlyKeys("a");
    }

    @Test
    void whoeverIsNotMeasuredYetIsTriedFirstByOneRequestAtATime() {
        World world = streaming(world(new LowestLatency(HOUR, 0)).group("g", "a b"));
        answers(world, "a", 0.2, 1, 10);
        assertThat(firsts(world, 50)).containsOnlyKeys("b");

        world.ask("b").asks("b");
        assertThat(firsts(world, 200)).containsOnlyKeys("a", "b");
    }

    @Test
    void aBufferMakesThoseAlikeThatAreNearlyAsFast() {
        World world = streaming(world(new LowestLatency(HOUR, 0.5)).group("g", "a b c"));
        answers(world, "a", 1, 1, 10);
        answers(world, "b", 1.4, 1, 10);
        answers(world, "c", 1.6, 1, 10);
        Map<String, Integer> firsts = firsts(world, 4000);
        assertThat(firsts).containsOnlyKeys("a", "b");
        assertThat(firsts.get("a")).isCloseTo(2000, within(150));
    }

    @Test
    void oldMeasurementsAreForgotten() {
        World world =
                streaming(world(new LowestLatency(Duration.ofSeconds(60), 0)).group("g", "a b"));
        answers(world, "a", 5, 0, 10);
        world.pass(50);
        answers(world, "b", 1, 0, 10);
        assertThat(firsts(world, 50)).containsOnlyKeys("b");
        world.pass(20);
        assertThat(firsts(world, 50)).as("a is not measured any more").containsOnlyKeys("a");
    }

    @Test
    void onlyTheLastTenCount() {
        World world = streaming(world(new LowestLatency(HOUR, 0)).group("g", "a b"));
        answers(world, "a", 100, 0, 10);
        answers(world, "b", 1, 0, 10);
        for (int i = 0; i < 10; i++) {
            answers(world, "a", 0.5, 0, 10);
        }
        assertThat(firsts(world, 50)).containsOnlyKeys("a");
    }

    @Test
    void aFailureCountsAsSlowForAMinute() {
        World world = streaming(world(new LowestLatency(HOUR, 0)).group("g", "a b"));
        answers(world, "a", 0.1, 1, 10);
        answers(world, "b", 0.9, 1, 10);
        fails(world, "a");
        assertThat(firsts(world, 50)).containsOnlyKeys("b");
        world.pass(61);
        assertThat(firsts(world, 50)).containsOnlyKeys("a");
    }

    @Test
    void whoeverHasOnlyFailedIsNotTriedFirst() {
        World world = streaming(world(new LowestLatency(HOUR, 0)).group("g", "a b"));
        answers(world, "b", 0.9, 1, 10);
        fails(world, "a");
        assertThat(firsts(world, 50)).containsOnlyKeys("b");
    }

    @Test
    void theCheapestIsAskedFirstAndUnknownPricesLast() {
        World world =
                world(new LowestCost())
                        .group(
                                "g",
                                List.of(
                                        priced("dear", new Prices(3e-6, 15e-6, null, null)),
                                        priced("unknown", null),
                                        priced("cheap", new Prices(5e-6, 1e-6, null, null))));
        assertThat(world.ask("g").failsThroughout(CUT)).startsWith("cheap", "dear", "unknown");
    }

    private static Deployment priced(String id, @Nullable Prices prices) {
        return deployment("g", id).facts(null, prices).build();
    }

    @Test
    void usageGoesByTokensOfTheMinute() {
        World world = world(new LowestUsage()).group("g", "a b");
        answers(world, "a", 0, 0, 100);
        answers(world, "b", 0, 0, 200);
        assertThat(firsts(world, 50)).containsOnlyKeys("a");
        world.pass(30);
        answers(world, "a", 0, 0, 150);
        assertThat(firsts(world, 50)).containsOnlyKeys("b");
        world.pass(31);
        assertThat(firsts(world, 50)).as("b's minute is over").containsOnlyKeys("b");
    }

    @Test
    void usageIsAShareOfTheLimitWhereAllHaveOne() {
        World world =
                world(new LowestUsage())
                        .group(
                                "g",
                                List.of(
                                        deployment("g", "a").limits(null, 100_000L, null).build(),
                                        deployment("g", "b").limits(null, 1000L, null).build()));
        answers(world, "a", 0, 0, 400);
        answers(world, "b", 0, 0, 100);
        assertThat(firsts(world, 50)).containsOnlyKeys("a");
    }

    @Test
    void tokensOfRequestsThatRunCountAsEstimated() {
        World world = world(new LowestUsage()).group("g", "a b");
        world.demand = new Demand(false, 4000, 0);
        String one = ((Choice.Ask) world.ask("g").next()).deployment().id();
        String other = ((Choice.Ask) world.ask("g").next()).deployment().id();
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void anOrderGoesBeforeEveryStrategy() {
        World world =
                world(new LeastBusy())
                        .group(
                                "g",
                                List.of(
                                        deployment("g", "a").order(1).build(),
                                        deployment("g", "b").order(2).build()));
        world.ask("a").asks("a");
        assertThat(firsts(world, 50)).containsOnlyKeys("a");
    }

    @Test
    void whoIsPreferredComesBeforeAll() {
        World world = world(new LeastBusy()).group("g", "a b");
        world.ask("a").asks("a");
        world.preferred = deployment -> deployment.id().equals("a");
        assertThat(firsts(world, 50)).containsOnlyKeys("a");
    }

    @Test
    void whoIsCooledComesLast() {
        World world = world(new LowestCost());
        world.cooldown = Duration.ofSeconds(5);
        world.group(
                "g",
                List.of(
                        priced("dear", new Prices(1, 1, null, null)),
                        priced("cheap", new Prices(0, 0, null, null))));
        fails(world, "cheap");
        assertThat(firsts(world, 50)).containsOnlyKeys("dear");
    }
}
