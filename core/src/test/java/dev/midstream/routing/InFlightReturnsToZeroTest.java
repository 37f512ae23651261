package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.REFUSED;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InFlightReturnsToZeroTest {

    private final World world = new World().group("g", "a");

    private int inFlight() {
        return world.fleet().snapshot(world.now).getFirst().inFlight();
    }

    @Test
    void afterEveryEnd() {
        Walk one = world.ask("g").asks("a");
        Walk two = world.ask("g").asks("a");
        Walk three = world.ask("g").asks("a");
        assertThat(inFlight()).isEqualTo(3);

        one.succeeds();
        two.fails(CUT);
        three.plan.released(world.groups.getFirst().deployments().getFirst(), world.now);

        assertThat(inFlight()).isZero();
    }

    @Test
    void whereTheWalkIsGivenUpAndNobodySaysWhoRan() {
        Walk walk = world.ask("g").asks("a");
        walk.plan.abandon(world.now);
        walk.plan.abandon(world.now);

        assertThat(inFlight()).isZero();
        assertThat(world.fleet().snapshot(world.now).getFirst().cooledFor()).isNull();
    }

    @Test
    void whateverIsToldTwice() {
        Walk walk = world.ask("g").asks("a");
        walk.fails(CUT).fails(CUT).succeeds();

        assertThat(inFlight()).isZero();
    }

    @Test
    void aGivenUpAttemptSaysNothingAboutTheDeployment() {
        Walk walk = world.ask("g").asks("a");
        walk.plan.released(world.groups.getFirst().deployments().getFirst(), world.now);

        assertThat(world.fleet().snapshot(world.now).getFirst().cooledFor()).isNull();
        walk.asks("a");
    }

    @Test
    void aSnapshotTellsWhatItIsCooledFor() {
        world.ask("g").asks("a").fails(error(ErrorClass.NOT_FOUND, 404));

        assertThat(world.fleet().snapshot(world.now))
                .containsExactly(
                        new DeploymentState("a", "g", 0, Duration.ofSeconds(60), "not_found", 1));
    }

    @Test
    void underManyThreads() throws Exception {
        Fleet fleet = world.fleet();
        List<Callable<Boolean>> clients =
                IntStream.range(0, 4).mapToObj(seed -> client(fleet, seed)).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> client : threads.invokeAll(clients)) {
                assertThat(client.get()).isTrue();
            }
        }

        assertThat(inFlight()).isZero();
    }

    private Callable<Boolean> client(Fleet fleet, int seed) {
        ModelGroup group = fleet.group("g").orElseThrow();
        Settings settings = world.settings();
        return () -> {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 20_000; i++) {
                Plan plan = fleet.plan(group, settings, random);
                if (plan.next(i, d -> true) instanceof Choice.Ask ask) {
                    switch (random.nextInt(3)) {
                        case 0 -> plan.succeeded(ask.deployment(), i);
                        case 1 -> plan.failed(ask.deployment(), REFUSED, i);
                        default -> plan.released(ask.deployment(), i);
                    }
                }
            }
            return true;
        };
    }
}
