package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FallbackOnceGroupIsSpentTest {

    @Test
    void followsTheFallbacksOfAFallbackBeforeTheNextOne() {
        World world =
                new World()
                        .group("g", "a", "f1", "f2")
                        .group("f1", "b", "f3")
                        .group("f2", "c")
                        .group("f3", "d");
        world.numRetries = 0;

        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("a", "b", "d", "c");
    }

    @Test
    void takesTheDefaultFallbacksLast() {
        World world =
                new World().group("g", "a", "f").group("f", "b").group("h", "c").group("d", "d");
        world.defaultFallbacks.add("d");
        world.numRetries = 0;

        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("a", "b", "d");
        world.pass(600);
        assertThat(world.ask("h").failsThroughout(CUT)).containsExactly("c", "d");
    }

    @Test
    void asksTheOneDeploymentThatAFallbackNames() {
        World world = new World().group("g", "a", "y").group("f", "x y z");
        world.numRetries = 0;

        Walk walk = world.ask("g").asks("a").fails(CUT);

        assertThat(walk.next())
                .isInstanceOfSatisfying(
                        Choice.Ask.class,
                        ask -> {
                            assertThat(ask.deployment().id()).isEqualTo("y");
                            assertThat(ask.group()).isEqualTo("f");
                            assertThat(ask.fallback()).isTrue();
                        });
        walk.fails(CUT).ends();
    }

    @Test
    void skipsFallbacksThatDoNotExist() {
        World world = new World().group("g", "a", "nobody", "f").group("f", "x");

        world.ask("g").asks("a").fails(CUT).asks("x");
    }

    @Test
    void asksAtMostMaxFallbacksGroups() {
        World world =
                new World().group("g", "a", "f1", "f2", "f3").group("f1", "b").group("f2", "c");
        world.group("f3", "d");
        world.numRetries = 0;
        world.maxFallbacks = 2;

        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_REQUEST", "UNSUPPORTED_PARAMETER", "CONTEXT_LENGTH", "TOO_LARGE"})
    void leavesAGroupAtOnceThatWouldSayTheSame(ErrorClass errorClass) {
        World world = new World().group("g", "a b", "f").group("f", "x y");

        assertThat(world.ask("g").failsThroughout(error(errorClass, 400)))
                .hasSize(2)
                .satisfies(ids -> assertThat(ids.get(0)).isIn("a", "b"))
                .satisfies(ids -> assertThat(ids.get(1)).isIn("x", "y"));
    }

    @Test
    void leavesADeploymentThatCannotSayTheRequestToTheOthersOfItsGroup() {
        World world = new World().group("g", "a b", "f").group("f", "x");
        Failure untranslatable = new Failure.Untranslatable("logprobs", "no logprobs");

        assertThat(world.ask("g").failsThroughout(untranslatable))
                .hasSize(3)
                .contains("a", "b")
                .endsWith("x");
    }

    @Test
    void neverEvadesAContentPolicyUnlessToldTo() {
        World world = new World().group("g", "a b", "f").group("f", "x");
        Failure policy = error(ErrorClass.CONTENT_POLICY, 400);

        assertThat(world.ask("g").failsThroughout(policy)).hasSize(1);

        world.evadeContentPolicy = true;
        assertThat(world.ask("g").failsThroughout(policy)).hasSize(2).contains("x");
    }

    @Test
    void passesOverWhoeverCannotContinue() {
        World world = new World().group("g", "a", "f1", "f2").group("f1", "b").group("f2", "c");
        Walk walk = world.ask("g").asks("a").fails(CUT);

        assertThat(walk.next(d -> !d.id().equals("b")))
                .isInstanceOfSatisfying(
                        Choice.Ask.class, ask -> assertThat(ask.deployment().id()).isEqualTo("c"));
    }
}
