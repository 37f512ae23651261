package dev.midstream.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One request in a {@link World}, driven step by step. */
final class Walk {

    private final World world;
    final Plan plan;
    private @Nullable Deployment running;

    Walk(World world, ModelGroup group) {
        this.world = world;
        this.plan =
                world.fleet()
                        .plan(
                                group,
                                world.settings(),
                                new Preferences(
                                        world.requestNamesRetries,
                                        world.preferred,
                                        world.fits,
                                        world.demand,
                                        world.tags,
                                        world.own,
                                        world.formable),
                                world.random);
    }

    Choice next() {
        return next(d -> true);
    }

    Choice next(Predicate<Deployment> able) {
        Choice choice = plan.next(world.now, able);
        if (choice instanceof Choice.Ask ask) {
            running = ask.deployment();
        }
        return choice;
    }

    /** Asserts that this one is asked now. */
    Walk asks(String id) {
        assertThat(next())
                .isInstanceOfSatisfying(
                        Choice.Ask.class, ask -> assertThat(ask.deployment().id()).isEqualTo(id));
        return this;
    }

    Walk fails(Failure failure) {
        plan.failed(Objects.requireNonNull(running), failure, world.now);
        return this;
    }

    /** Fails; how long the deployment is left alone because of it, null if that changes nothing. */
    @Nullable Duration cools(Failure failure) {
        return plan.failed(Objects.requireNonNull(running), failure, world.now);
    }

    Walk succeeds() {
        plan.succeeded(Objects.requireNonNull(running), world.now);
        return this;
    }

    Walk releases() {
        plan.released(Objects.requireNonNull(running), world.now);
        return this;
    }

    /** Asserts that a wait comes next, waits, and tells how many seconds. */
    double waits() {
        Choice choice = next();
        assertThat(choice).isInstanceOf(Choice.WaitUntil.class);
        long wait = ((Choice.WaitUntil) choice).nanos() - world.now;
        assertThat(wait).isPositive();
        world.now += wait;
        return wait / 1e9;
    }

    Choice.Exhausted ends() {
        Choice choice = next();
        assertThat(choice).isInstanceOf(Choice.Exhausted.class);
        return (Choice.Exhausted) choice;
    }

    boolean another() {
        return plan.another(world.now, d -> true);
    }

    /** Fails wherever it gets to, without end; the ids asked. */
    List<String> failsThroughout(Failure failure) {
        List<String> asked = new ArrayList<>();
        while (true) {
            switch (next()) {
                case Choice.Ask ask -> {
                    asked.add(ask.deployment().id());
                    fails(failure);
                }
                case Choice.WaitUntil wait -> world.now = wait.nanos();
                case Choice.Exhausted e -> {
                    return asked;
                }
            }
        }
    }
}
