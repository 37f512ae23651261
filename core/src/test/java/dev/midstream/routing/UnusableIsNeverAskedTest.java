package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnusableIsNeverAskedTest {

    private static final Deployment BEDROCK =
            deployment("g", "a").unusable("bedrock is not spoken yet").build();
    private static final Deployment KEYLESS =
            deployment("g", "b").credential(new Credential.Missing("set OPENAI_API_KEY")).build();

    @Test
    void endsAtOnceWithItsSentenceWhereNobodyElseIs() {
        World world = new World().group("g", List.of(BEDROCK), "f").group("f", List.of(KEYLESS));

        assertThat(world.ask("g").ends())
                .isEqualTo(
                        new Choice.Exhausted(
                                null, new Failure.Unusable(501, "bedrock is not spoken yet")));
        assertThat(world.ask("f").ends())
                .isEqualTo(
                        new Choice.Exhausted(
                                null, new Failure.Unusable(401, "set OPENAI_API_KEY")));
    }

    @Test
    void costsNothingOfTheBudget() {
        World world =
                new World()
                        .group("g", List.of(BEDROCK, KEYLESS), "f1", "f2")
                        .group("f1", List.of(BEDROCK))
                        .group("f2", "x");
        world.numRetries = 0;
        world.maxFallbacks = 1;

        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("x");
    }

    @Test
    void isPassedOverInItsGroup() {
        World world =
                new World().group("g", List.of(BEDROCK, deployment("g", "c").build(), KEYLESS));

        assertThat(world.ask("g").failsThroughout(CUT)).containsOnly("c").hasSize(3);
    }
}
