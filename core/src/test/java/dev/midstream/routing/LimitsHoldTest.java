package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitsHoldTest {

    private static World limited(
            @Nullable Long rpm, @Nullable Long tpm, @Nullable Integer parallel) {
        return new World()
                .group(
                        "g",
                        List.of(deployment("g", "a").order(1).limits(rpm, tpm, parallel).build()),
                        "h")
                .group("h", "b");
    }

    private static ProviderError refusal(Choice.Exhausted exhausted) {
        assertThat(exhausted.failure()).isInstanceOf(Failure.Refused.class);
        return ((Failure.Refused) Objects.requireNonNull(exhausted.failure())).error();
    }

    private static void asked(World world, String id) {
        world.ask("g").asks(id).succeeds();
    }

    @Test
    void whoIsAtItsLimitIsPassedOver() {
        World world = limited(2L, null, null);
        asked(world, "a");
        asked(world, "a");
        asked(world, "b");
        world.pass(61);
        asked(world, "a");
    }

    @Test
    void otherDeploymentsOfTheGroupComeFirst() {
        World world =
                new World()
                        .group(
                                "g",
                                List.of(
                                        deployment("g", "a")
                                                .order(1)
                                                .limits(1L, null, null)
                                                .build(),
                                        deployment("g", "c").order(2).build()),
                                "h")
                        .group("h", "b");
        asked(world, "a");
        asked(world, "c");
        asked(world, "c");
    }

    @Test
    void whoIsCooledComesBeforeWhoIsFull() {
        World world = limited(1L, null, null);
        asked(world, "a");
        world.ask("h").asks("b").fails(World.REFUSED);
        asked(world, "b");
    }

    /** OpenAI's and Anthropic's SDKs take a Retry-After of more than 60 s for none. */
    @Test
    void nobodyIsToldToWaitForMoreThanAMinute() {
        World world = limited(1L, null, null);
        world.disableFallbacks = true;
        asked(world, "a");

        Choice.Exhausted exhausted = world.ask("g").ends();

        assertThat(exhausted.retryAfter()).isEqualTo(Duration.ofSeconds(60));
        assertThat(refusal(exhausted).message()).endsWith("try again in 60 s");
        assertThat(refusal(exhausted).retryAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whereNobodyIsLeftTheLimitIsNamedWithTheTimeUntilThereIsRoom() {
        World world = limited(2L, null, null);
        world.disableFallbacks = true;
        asked(world, "a");
        world.pass(20);
        asked(world, "a");

        Choice.Exhausted exhausted = world.ask("g").ends();

        assertThat(exhausted.retryAfter()).isEqualTo(Duration.ofSeconds(41));
        ProviderError refusal = refusal(exhausted);
        assertThat(refusal.message())
                .isEqualTo(
                        "The rpm limit of 2 of the model group \"g\" is reached; try again in 41 s");
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.code()).isEqualTo("rate_limit_exceeded");
        assertThat(refusal.errorClass()).isEqualTo(ErrorClass.RATE_LIMIT);
        world.pass(41);
        asked(world, "a");
    }

    @Test
    void aGroupsLimitIsThatOfAllItsDeployments() {
        World world =
                new World()
                        .group(
                                "g",
                                List.of(
                                        deployment("g", "a").limits(1L, null, null).build(),
                                        deployment("g", "b").limits(2L, null, null).build()));
        for (int i = 0; i < 3; i++) {
            world.ask("g").next();
        }
        assertThat(refusal(world.ask("g").ends()).message()).contains("rpm limit of 3");
    }

    @Test
    void theLimitOfTheGroupAskedForIsNamedBeforeAFallbacks() {
        World world =
                new World()
                        .group(
                                "g",
                                List.of(deployment("g", "a").limits(1L, null, null).build()),
                                "h")
                        .group("h", List.of(deployment("h", "b").limits(null, null, 1).build()));
        world.ask("g").asks("a");
        world.ask("g").asks("b");
        Choice.Exhausted exhausted = world.ask("g").ends();
        assertThat(refusal(exhausted).message())
                .isEqualTo(
                        "The rpm limit of 1 of the model group \"g\" is reached; try again in 1 s");
        assertThat(exhausted.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aRetryAfterThatEndsSoonerIsPassedOnInItsOwnWords() {
        World world = limited(1L, null, null);
        world.numRetries = 0;
        asked(world, "a");
        world.ask("h")
                .asks("b")
                .fails(World.error(ErrorClass.RATE_LIMIT, 429, Duration.ofSeconds(30)));
        Choice.Exhausted exhausted = world.ask("g").ends();
        assertThat(exhausted.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(refusal(exhausted).message()).isEqualTo("RATE_LIMIT 429");
    }

    @Test
    void retriesCountToo() {
        World world = limited(3L, null, null);
        world.disableFallbacks = true;
        Walk walk = world.ask("g");
        assertThat(walk.failsThroughout(CUT)).hasSize(3);
        assertThat(refusal(world.ask("g").ends()).message()).contains("rpm limit of 3");
    }

    @Test
    void tokensAreEstimatedBeforeAndCorrectedAfter() {
        World world = limited(null, 1000L, null);
        world.demand = new Demand(false, 2400, 0);
        Walk first = world.ask("g").asks("a");
        world.ask("g").asks("b").succeeds();

        first.plan.used(world.fleet().deployment("a").orElseThrow(), Usage.of(50, 50));
        first.succeeds();
        asked(world, "a");
    }

    @Test
    void whatAnAnswerTookMoreCounts() {
        World world = limited(null, 1000L, null);
        Walk first = world.ask("g").asks("a");
        first.plan.used(world.fleet().deployment("a").orElseThrow(), Usage.of(400, 700));
        first.succeeds();
        asked(world, "b");
        world.pass(61);
        asked(world, "a");
    }

    @Test
    void aRequestThatIsLargerThanTheLimitGoesThroughWhereNothingElseCounts() {
        World world = limited(null, 100L, null);
        world.demand = new Demand(false, 4000, 0);
        asked(world, "a");
        asked(world, "b");
    }

    @Test
    void aLimitOfZeroLetsNobodyIn() {
        for (World world : List.of(limited(0L, null, null), limited(null, 0L, null))) {
            asked(world, "b");
        }
    }

    @Test
    void noMoreAtTheSameTimeThanMay() {
        World world = limited(null, null, 2);
        Walk one = world.ask("g").asks("a");
        world.ask("g").asks("a");
        world.ask("g").asks("b");
        one.fails(CUT);
        world.cooldown = Duration.ZERO;
        assertThat(world.ask("g").next()).isInstanceOf(Choice.Ask.class);
    }

    @Test
    void aGroupThatIsFullSaysSo() {
        World world = limited(null, null, 1);
        world.disableFallbacks = true;
        world.ask("g").asks("a");
        Choice.Exhausted exhausted = world.ask("g").ends();
        assertThat(exhausted.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(refusal(exhausted).message())
                .isEqualTo(
                        "The max_parallel_requests limit of 1 of the model group \"g\" is reached; try again in 1 s");
    }

    @Test
    void whoHasNoNumberOfItsOwnHasTheRouters() {
        World world = new World().group("g", "a");
        world.selection = new Selection(Strategy.SHUFFLE, true, 1, false);
        world.ask("g").asks("a");
        assertThat(refusal(world.ask("g").ends()).message()).contains("max_parallel_requests");
    }

    @Test
    void whereTheyAreWeightsOnlyTheyLimitNothing() {
        World world = limited(1L, 1L, 3);
        world.selection = new Selection(Strategy.SHUFFLE, false, null, false);
        for (int i = 0; i < 3; i++) {
            world.ask("g").asks("a");
        }
        world.ask("g").asks("b");
    }

    @Test
    void anAnswerThatHasBegunIsNotTornByALimit() {
        World world = limited(1L, null, null);
        world.disableFallbacks = true;
        Walk walk = world.ask("g").asks("a").fails(CUT);
        assertThat(walk.another()).isTrue();
        assertThat(walk.plan.next(world.now, d -> true, false))
                .isInstanceOf(Choice.Exhausted.class);
        assertThat(walk.plan.next(world.now, d -> true, true)).isInstanceOf(Choice.Ask.class);
    }

    @Test
    void whoHasRoomGoesOnBeforeWhoHasNone() {
        World world = limited(1L, null, null);
        Walk walk = world.ask("g").asks("a").fails(CUT);
        assertThat(walk.plan.next(world.now, d -> true, true))
                .isInstanceOfSatisfying(
                        Choice.Ask.class, ask -> assertThat(ask.deployment().id()).isEqualTo("b"));
    }

    @Test
    void aChangedConfigurationKeepsWhatWasCounted() {
        World world = limited(2L, null, null);
        asked(world, "a");
        asked(world, "a");
        RouterConfig config =
                new RouterConfig(
                        world.groups,
                        world.aliases,
                        List.of(),
                        world.settings(),
                        world.cooldown,
                        null,
                        Duration.ZERO);
        Fleet changed = new Fleet(config, world.fleet());
        Plan plan = changed.plan(changed.group("a").orElseThrow(), world.settings(), world.random);
        assertThat(plan.next(world.now, d -> d.id().equals("a")))
                .isInstanceOf(Choice.Exhausted.class);
    }

    /** Every request ends in some way, at some time; nothing is ever above its limit. */
    @Test
    void whateverHappensNoLimitIsExceededAndEverySlotComesBack() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            World world = limited(5L + random.nextInt(20), null, 1 + random.nextInt(4));
            world.numRetries = random.nextInt(4);
            int parallel =
                    Objects.requireNonNull(
                            world.groups.getFirst().deployments().getFirst().limits().parallel());
            List<Walk> running = new ArrayList<>();
            for (int step = 0; step < 300; step++) {
                world.pass(random.nextDouble());
                if (random.nextBoolean()) {
                    Walk walk = world.ask("g");
                    if (walk.next() instanceof Choice.Ask) {
                        running.add(walk);
                    }
                } else if (!running.isEmpty()) {
                    end(running, random.nextInt(running.size()), random);
                }
                assertThat(inFlight(world, 0)).as("seed %d", seed).isLessThanOrEqualTo(parallel);
            }
            while (!running.isEmpty()) {
                end(running, 0, random);
            }
            assertThat(inFlight(world, 0)).as("seed %d", seed).isZero();
            assertThat(inFlight(world, 1)).as("seed %d", seed).isZero();
        }
    }

    private static int inFlight(World world, int index) {
        return world.fleet().snapshot(world.now).get(index).inFlight();
    }

    /** Ends its attempt; after a failure it may be asked on. */
    private static void end(List<Walk> running, int index, SplittableRandom random) {
        Walk walk = running.remove(index);
        switch (random.nextInt(4)) {
            case 0 -> walk.succeeds();
            case 1 -> walk.releases();
            default -> {
                walk.fails(random.nextBoolean() ? CUT : World.REFUSED).succeeds();
                if (walk.next() instanceof Choice.Ask) {
                    running.add(walk);
                }
            }
        }
    }

    @Test
    void amongManyThreadsNeither() throws Exception {
        World world = limited(null, null, 3);
        world.disableFallbacks = true;
        Fleet fleet = world.fleet();
        Settings settings = world.settings();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Callable<Boolean>> clients =
                IntStream.range(0, 6)
                        .mapToObj(seed -> client(fleet, settings, seed, inside, most))
                        .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Boolean> client : threads.invokeAll(clients)) {
                assertThat(client.get()).isTrue();
            }
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(fleet.snapshot(0).getFirst().inFlight()).isZero();
    }

    private static Callable<Boolean> client(
            Fleet fleet, Settings settings, int seed, AtomicInteger inside, AtomicInteger most) {
        ModelGroup group = fleet.group("g").orElseThrow();
        return () -> {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 10_000; i++) {
                Plan plan = fleet.plan(group, settings, random);
                if (plan.next(i, d -> true) instanceof Choice.Ask ask) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                    plan.released(ask.deployment(), i);
                }
            }
            return true;
        };
    }
}
