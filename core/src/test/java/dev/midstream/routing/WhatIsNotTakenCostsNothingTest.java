package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who was proposed and is not asked leaves no trace in budget, limits and load. */
class WhatIsNotTakenCostsNothingTest {

    private final World world = new World().group("g", "a b", "f").group("f", "x");

    private Deployment deployment(String id) {
        return world.groups.stream()
                .flatMap(group -> group.deployments().stream())
                .filter(d -> d.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Integer> inFlight() {
        return world.fleet().snapshot(world.now).stream().map(DeploymentState::inFlight).toList();
    }

    private String running(Choice choice) {
        return ((Choice.Ask) choice).deployment().id();
    }

    @Test
    void everybodyWhoCouldBeAskedIsNamedInOrder() {
        Walk walk = world.ask("g");
        String first = running(walk.next());
        String second = first.equals("a") ? "b" : "a";
        walk.fails(CUT);
        walk.asks(second);

        assertThat(walk.plan.askable(world.now, d -> true, deployment(second)))
                .containsExactly(first, "x");
        assertThat(walk.plan.askable(world.now, d -> !d.id().equals("x"), deployment(second)))
                .containsExactly(first);
    }

    @Test
    void lookingChangesNothing() {
        world.numRetries = 1;
        world.maxFallbacks = 0;
        Walk walk = world.ask("g");
        walk.next();
        walk.fails(CUT);
        Choice proposed = walk.next();
        walk.plan.askable(world.now, d -> true, ((Choice.Ask) proposed).deployment());

        assertThat(inFlight()).containsExactlyInAnyOrder(1, 0, 0);
        walk.fails(CUT).ends();
    }

    @Test
    void whoIsAskedInsteadTakesThePlaceOfTheOther() {
        world.numRetries = 1;
        world.maxFallbacks = 1;
        Walk walk = world.ask("g");
        walk.next();
        walk.fails(CUT);
        Deployment proposed = ((Choice.Ask) walk.next()).deployment();

        Choice.Ask instead = walk.plan.instead(proposed, "x", world.now, d -> true);
        assertThat(instead.deployment().id()).isEqualTo("x");
        assertThat(instead.fallback()).isTrue();
        assertThat(inFlight()).containsExactly(0, 0, 1);
        walk.plan.failed(instead.deployment(), CUT, world.now);
        assertThat(running(walk.next())).isEqualTo(proposed.id());
        walk.fails(CUT).ends();
    }

    @Test
    void whoCannotBeAskedChangesNothing() {
        world.maxFallbacks = 0;
        Walk walk = world.ask("g");
        walk.next();
        walk.fails(CUT);
        Deployment proposed = ((Choice.Ask) walk.next()).deployment();

        assertThat(walk.plan.instead(proposed, "x", world.now, d -> true)).isNull();
        assertThat(walk.plan.instead(proposed, "nobody", world.now, d -> true)).isNull();
        assertThat(walk.plan.instead(proposed, "a", world.now, d -> false)).isNull();
        assertThat(inFlight()).containsExactlyInAnyOrder(1, 0, 0);
        walk.fails(CUT);
        walk.next();
        walk.fails(CUT).ends();
    }

    @Test
    void whoHasNoRoomIsNotAsked() {
        World limited =
                new World()
                        .group(
                                "g",
                                List.of(
                                        World.deployment("g", "a").limits(1L, null, null).build(),
                                        World.deployment("g", "b").build()));
        Plan plan = limited.ask("g").plan;
        Choice.Ask once = plan.instead(null, "a", limited.now, d -> true);
        assertThat(once.deployment().id()).isEqualTo("a");

        Plan other = limited.ask("g").plan;
        assertThat(other.askable(limited.now, d -> true, null)).containsExactly("b");
        assertThat(other.instead(null, "a", limited.now, d -> true)).isNull();

        plan.withdraw(once.deployment(), limited.now);
        assertThat(other.instead(null, "a", limited.now, d -> true)).isNotNull();
    }

    @Test
    void aProposalThatIsWithdrawnWasNoAttempt() {
        world.numRetries = 1;
        world.maxFallbacks = 0;
        Walk walk = world.ask("g");
        walk.next();
        walk.fails(CUT);
        for (int i = 0; i < 5; i++) {
            Deployment proposed = ((Choice.Ask) walk.next()).deployment();
            walk.plan.withdraw(proposed, world.now);
        }

        assertThat(inFlight()).containsExactly(0, 0, 0);
        assertThat(walk.next()).isInstanceOf(Choice.Ask.class);
        walk.fails(CUT).ends();
    }
}
