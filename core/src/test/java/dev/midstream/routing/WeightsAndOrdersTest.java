package dev.midstream.routing;

import static dev.midstream.routing.World.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midstream.model.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsAndOrdersTest {

    private static final Failure SEAM = new Failure.SeamRejected("never cools", false);
    private static final int REQUESTS = 20_000;

    private static Map<String, Integer> firsts(World world) {
        Map<String, Integer> firsts = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            if (world.ask("g").next() instanceof Choice.Ask ask) {
                firsts.merge(ask.deployment().id(), 1, Integer::sum);
            }
        }
        return firsts;
    }

    @Test
    void equalWeightsShareEqually() {
        Map<String, Integer> firsts = firsts(new World().group("g", "a b c d"));

        assertThat(firsts.values())
                .hasSize(4)
                .allSatisfy(n -> assertThat(n).isCloseTo(REQUESTS / 4, within(REQUESTS / 50)));
    }

    @Test
    void aWeightIsAShare() {
        World world =
                new World()
                        .group(
                                "g",
                                List.of(
                                        deployment("g", "a").weight(7).build(),
                                        deployment("g", "b").weight(2).build(),
                                        deployment("g", "c").weight(1).build()));

        Map<String, Integer> firsts = firsts(world);

        assertThat(firsts.get("a")).isCloseTo(REQUESTS * 7 / 10, within(REQUESTS / 50));
        assertThat(firsts.get("b")).isCloseTo(REQUESTS * 2 / 10, within(REQUESTS / 50));
        assertThat(firsts.get("c")).isCloseTo(REQUESTS / 10, within(REQUESTS / 50));
    }

    @Test
    void aWeightOfZeroIsAskedAfterTheOthersOnly() {
        World world =
                new World()
                        .group(
                                "g",
                                List.of(
                                        deployment("g", "a").weight(0).build(),
                                        deployment("g", "b").build()));

        assertThat(firsts(world)).containsOnlyKeys("b");
        assertThat(world.ask("g").failsThroughout(SEAM)).startsWith("b", "a");
    }

    @Test
    void anOrderIsSpentBeforeTheNext() {
        World world =
                new World()
                        .group(
                                "g",
                                List.of(
                                        deployment("g", "c").order(3).weight(1000).build(),
                                        deployment("g", "b").order(2).weight(1000).build(),
                                        deployment("g", "a").order(1).build(),
                                        deployment("g", "A").order(1).build()));
        world.numRetries = 3;

        for (int i = 0; i < 100; i++) {
            assertThat(world.ask("g").failsThroughout(SEAM))
                    .endsWith("b", "c")
                    .contains("a", "A")
                    .hasSize(4);
        }
    }
}
