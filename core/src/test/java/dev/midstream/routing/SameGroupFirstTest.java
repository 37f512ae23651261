package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SameGroupFirstTest {

    @Test
    void asksTheOthersOfTheGroupBeforeAFallback() {
        World world = new World().group("g", "a b c", "f").group("f", "x");

        List<String> asked = world.ask("g").failsThroughout(CUT);

        assertThat(asked.subList(0, 3)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(asked.get(3)).isEqualTo("x");
    }

    @Test
    void anotherDeploymentOfTheGroupCountsAsARetry() {
        World world = new World().group("g", "a b c d", "f").group("f", "x y");
        world.numRetries = 1;

        List<String> asked = world.ask("g").failsThroughout(CUT);

        assertThat(asked).hasSize(3);
        assertThat(asked.subList(0, 2)).isSubsetOf("a", "b", "c", "d").doesNotHaveDuplicates();
        assertThat(asked.get(2)).isIn("x", "y");
    }

    @Test
    void aHealthyFallbackGoesBeforeACooledOneOfTheGroup() {
        World world = new World().group("g", "a", "f").group("f", "x");
        world.ask("g").asks("a").fails(World.REFUSED);

        Walk walk = world.ask("g");

        assertThat(walk.next())
                .isInstanceOfSatisfying(
                        Choice.Ask.class,
                        ask -> {
                            assertThat(ask.deployment().id()).isEqualTo("x");
                            assertThat(ask.group()).isEqualTo("f");
                            assertThat(ask.fallback()).isTrue();
                        });
        walk.fails(CUT).asks("a");
    }

    @Test
    void theGroupAskedForIsNoFallback() {
        World world = new World().group("g", "a");

        assertThat(world.ask("g").next())
                .isInstanceOfSatisfying(
                        Choice.Ask.class, ask -> assertThat(ask.fallback()).isFalse());
    }
}
