package dev.midstream.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {

    private final World world =
            new World().group("gpt-4o", "a b").group("claude-primary", "c", "gpt-4o");

    @Test
    void areListedInTheOrderOfTheConfiguration() {
        world.aliases.put("zeta", new RouterConfig.Alias("gpt-4o", false));
        world.aliases.put("hidden", new RouterConfig.Alias("gpt-4o", true));
        world.aliases.put("alpha", new RouterConfig.Alias("gpt-4o", false));
        world.aliases.put("gpt-4o", new RouterConfig.Alias("claude-primary", false));

        assertThat(world.fleet().names())
                .containsExactly("gpt-4o", "claude-primary", "zeta", "alpha");
    }

    @Test
    void anAliasGoesBeforeAGroup() {
        world.aliases.put("gpt-4o", new RouterConfig.Alias("claude-primary", false));
        world.aliases.put("hidden", new RouterConfig.Alias("c", true));

        assertThat(world.fleet().group("gpt-4o").orElseThrow().name()).isEqualTo("claude-primary");
        assertThat(world.fleet().group("hidden").orElseThrow().deployments())
                .extracting(Deployment::id)
                .containsExactly("c");
    }

    @Test
    void aDeploymentIdGivesItsGroupWithNoOtherInIt() {
        ModelGroup pinned = world.fleet().group("b").orElseThrow();

        assertThat(pinned.name()).isEqualTo("gpt-4o");
        assertThat(pinned.deployments()).extracting(Deployment::id).containsExactly("b");
    }

    @Test
    void unknownOnesAreNothing() {
        assertThat(world.fleet().group("gpt-5")).isEmpty();
        assertThat(world.fleet().group("")).isEmpty();
    }

    @Test
    void nearOnesAreTold() {
        world.group("gpt-4o-mini", "d").group("gpt-4", "e").group("mistral-large", "f");

        assertThat(world.fleet().similar("gpt-4p")).startsWith("gpt-4o").contains("gpt-4");
        assertThat(world.fleet().similar("GPT-4O")).startsWith("gpt-4o");
        assertThat(world.fleet().similar("openai/gpt-4o-mini")).startsWith("gpt-4o-mini");
        assertThat(world.fleet().similar("claude")).containsExactly("claude-primary");
        assertThat(world.fleet().similar("claude-primray")).containsExactly("claude-primary");
        assertThat(world.fleet().similar("llama")).isEmpty();
        assertThat(world.fleet().similar("")).isEmpty();
        assertThat(world.fleet().similar("x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void hiddenOnesAreNotTold() {
        world.aliases.put("secret-model", new RouterConfig.Alias("gpt-4o", true));

        assertThat(world.fleet().similar("secret-modell")).isEmpty();
    }

    @Test
    void atMostThreeNearOnesAreTold() {
        IntStream.range(0, 5000).forEach(i -> world.group("model-" + i, "m" + i));

        assertThat(world.fleet().similar("model-")).hasSize(3);
    }
}
