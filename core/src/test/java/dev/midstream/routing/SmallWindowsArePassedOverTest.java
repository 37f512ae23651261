package dev.midstream.routing;

import static dev.midstream.routing.World.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SmallWindowsArePassedOverTest {

    private static Deployment window(String group, String id, @Nullable Long tokens) {
        return deployment(group, id).facts(tokens, null).build();
    }

    private static World asking(World world, long characters) {
        world.selection = new Selection(Strategy.SHUFFLE, true, null, true);
        world.demand = new Demand(false, characters, 0);
        world.fits = deployment -> world.fleet().fitting(world.demand).test(deployment);
        return world;
    }

    @Test
    void byWhoeverIsLargeEnough() {
        World world =
                asking(
                        new World()
                                .group(
                                        "g",
                                        List.of(
                                                window("g", "small", 999L),
                                                window("g", "large", 1000L),
                                                window("g", "unknown", null))),
                        8000);
        assertThat(world.ask("g").failsThroughout(World.CUT))
                .contains("large", "unknown")
                .doesNotContain("small");
    }

    @Test
    void notWhereNobodyAskedForIt() {
        World world = asking(new World().group("g", List.of(window("g", "a", 1L))), 8000);
        world.selection = Selection.DEFAULT;
        world.ask("g").asks("a");
    }

    @Test
    void theAnswerNamesBothNumbers() {
        World world =
                asking(
                        new World()
                                .group(
                                        "g",
                                        List.of(window("g", "a", 100L), window("g", "b", 900L))),
                        8000);
        assertThat(world.ask("g").ends().failure())
                .isInstanceOfSatisfying(
                        Failure.Refused.class,
                        refused -> {
                            assertThat(refused.error().errorClass())
                                    .isEqualTo(ErrorClass.CONTEXT_LENGTH);
                            assertThat(refused.error().status()).isEqualTo(400);
                            assertThat(refused.error().code()).isEqualTo("context_length_exceeded");
                            assertThat(refused.message())
                                    .isEqualTo(
                                            "The request has at least 1000 tokens; the context window of the model group `g` holds 900");
                        });
    }

    @Test
    void aGroupThatIsTooSmallAsAWholeIsLeftForThoseNamedForIt() {
        World world = asking(new World(), 8000);
        world.groups.add(
                new ModelGroup(
                        "g",
                        List.of(window("g", "a", 100L)),
                        new Fallbacks(Fallback.to("other"), Fallback.to("long"), List.of()),
                        SettingsPatch.EMPTY));
        world.group("other", "b").group("long", "c");
        world.ask("g").asks("c");
    }

    @Test
    void whatIsCountedIsALowerBound() {
        assertThat(new Demand(false, 8000, 0).tokensAtLeast()).isEqualTo(1000);
        assertThat(new Demand(false, 8000, 0).tokens()).isEqualTo(2000);
        assertThat(new Demand(false, 0, 3).tokensAtLeast()).isEqualTo(192);
    }
}
