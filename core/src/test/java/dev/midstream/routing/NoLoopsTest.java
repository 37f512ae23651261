package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.deployment;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoLoopsTest {

    @Test
    void aGroupThatFallsBackToItself() {
        World world = new World().group("g", "a", "g", "g", "f").group("f", "x", "f", "g");
        world.numRetries = 0;

        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("a", "x");
    }

    @Test
    void groupsThatFallBackToEachOther() {
        World world =
                new World().group("g", "a", "h").group("h", "b", "i").group("i", "c", "g", "h");
        world.defaultFallbacks.addAll(List.of("g", "i", "h"));
        world.numRetries = 0;

        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("a", "b", "c");
        world.pass(600);
        assertThat(world.ask("h").failsThroughout(CUT)).containsExactly("b", "c", "a");
    }

    @Test
    void aliasesThatLeadToEachOther() {
        World world = new World().group("g", "a", "one").group("f", "x");
        world.aliases.put("one", new RouterConfig.Alias("two", false));
        world.aliases.put("two", new RouterConfig.Alias("one", false));
        world.aliases.put("self", new RouterConfig.Alias("self", false));

        assertThat(world.fleet().group("one")).isEmpty();
        assertThat(world.fleet().group("self")).isEmpty();
        world.numRetries = 0;
        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("a");
    }

    @Test
    void aFallbackThatSharesADeploymentWithItsGroup() {
        World world = new World().group("g", "a b", "f", "a").group("f", "a b c");
        world.numRetries = 0;

        assertThat(world.ask("g").failsThroughout(CUT)).hasSize(2).endsWith("c");
    }

    @Test
    void aRefusalOfOurWayOfAskingThatNeverEnds() {
        World world = new World().group("g", "a");

        assertThat(world.ask("g").failsThroughout(error(ErrorClass.PREFILL_REFUSED, 400)))
                .hasSize(world.mostAttempts());
    }

    @Test
    void tenThousandGroupsThatAllFallBackToAll() {
        World world = new World();
        List<String> all = IntStream.range(0, 10_000).mapToObj(i -> "g" + i).toList();
        List<String> shared = List.copyOf(all);
        for (String name : all) {
            Deployment nobody = deployment(name, "d" + name).unusable("not spoken").build();
            world.groups.add(new ModelGroup(name, List.of(nobody), shared, SettingsPatch.EMPTY));
        }

        assertThat(world.ask("g0").ends().failure()).isNotNull();
    }

    @Test
    void aChainOfTenThousandGroupsEndsWithTheBudget() {
        World world = new World();
        for (int i = 0; i < 10_000; i++) {
            world.group("g" + i, "d" + i, "g" + (i + 1));
        }
        world.maxFallbacks = Integer.MAX_VALUE - 10;

        assertThat(world.ask("g0").failsThroughout(CUT)).hasSizeBetween(100, 2000);
    }
}
