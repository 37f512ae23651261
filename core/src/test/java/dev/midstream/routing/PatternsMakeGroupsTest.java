package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsMakeGroupsTest {

    /** A pattern with one template whose id is told, and groups named as the client has it. */
    private static World pattern(World world, String pattern, String id, String... fallbacks) {
        world.group(pattern, List.of(deployment(pattern, id).build()), fallbacks);
        world.wildcards.put(
                pattern,
                (name, matched) ->
                        new ModelGroup(
                                name,
                                List.of(deployment(pattern, id + "/" + name).build()),
                                List.of(fallbacks),
                                SettingsPatch.EMPTY));
        return world;
    }

    private static World world() {
        World world = new World();
        world.numRetries = 0;
        return world;
    }

    private static Optional<String> id(Fleet fleet, String name) {
        return fleet.group(name).map(group -> group.deployments().getFirst().id());
    }

    @ParameterizedTest
    @CsvSource({
        "*, gpt-4o, gpt-4o",
        "openai/*, openai/ft:gpt-4o:us::x, ft:gpt-4o:us::x",
        "claude-*, claude-sonnet-4-6, sonnet-4-6",
        "*-latest, mistral-latest, mistral",
        "a/*/b-*, a/x/y/b-c, x/y c",
        "*-*, a-b-c, a b-c"
    })
    void aStarStandsForAnyTextButNone(String pattern, String name, String matched) {
        assertThat(new NamePattern(pattern).match(name)).containsExactly(matched.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "openai/*, openai/",
        "openai/*, openai",
        "claude-*, my-claude-1",
        "a*a, a",
        "*-x, -x"
    })
    void whatDoesNotFitIsNotMatched(String pattern, String name) {
        assertThat(new NamePattern(pattern).match(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "openai/*",
                "*",
                "a b",
                "a\n",
                "a\u0000",
                "ä",
                "\u202e",
                "..",
                "openai/..",
                "a/../b",
                "./a"
            })
    void namesThatNoModelHasAreNotMatched(String name) {
        assertThat(new NamePattern("*").match(name)).isNull();
        assertThat(new NamePattern("*").match("x".repeat(257))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "openai/*, gpt-4o, openai/gpt-4o",
        "openai/gpt-4o, x, openai/gpt-4o",
        "*/v-*, a b, a/v-b",
        "*-*, a, a-a"
    })
    void starsAreFilledInTheirOrder(String text, String matched, String filled) {
        assertThat(NamePattern.fill(text, List.of(matched.split(" ")))).isEqualTo(filled);
    }

    @Test
    void theMostSpecificPatternCountsAndAGroupsOwnNameBeforeAll() {
        World world = world();
        pattern(world, "*", "any");
        pattern(world, "openai/*", "openai");
        pattern(world, "openai/gpt-*", "gpt");
        world.group("openai/gpt-4o", "exact");
        world.aliases.put("openai/gpt-5", new RouterConfig.Alias("openai/o3", false));
        Fleet fleet = world.fleet();

        assertThat(id(fleet, "openai/gpt-4o")).hasValue("exact");
        assertThat(id(fleet, "openai/gpt-5")).hasValue("openai/openai/o3");
        assertThat(id(fleet, "openai/gpt-6")).hasValue("gpt/openai/gpt-6");
        assertThat(id(fleet, "openai/o3")).hasValue("openai/openai/o3");
        assertThat(id(fleet, "llama")).hasValue("any/llama");
        assertThat(fleet.names())
                .containsExactly("*", "openai/*", "openai/gpt-*", "openai/gpt-4o", "openai/gpt-5");
    }

    @Test
    void thePatternItselfIsNeverAsked() {
        World world = pattern(world(), "openai/*", "t");

        assertThat(world.fleet().group("openai/*")).isEmpty();
        assertThat(world.fleet().group("t")).isEmpty();
    }

    @Test
    void deploymentsAreFoundByTheirIdsAgainAlsoAfterARestart() {
        World world = pattern(world(), "openai/*", "a/b");
        String id = id(world.fleet(), "openai/x/y").orElseThrow();

        Fleet fresh = new World().fleet();
        assertThat(fresh.deployment(id)).isEmpty();
        Fleet restarted = pattern(world(), "openai/*", "a/b").fleet();
        assertThat(restarted.deployment(id))
                .hasValueSatisfying(d -> assertThat(d.id()).isEqualTo(id));
        assertThat(restarted.group(id)).map(ModelGroup::name).hasValue("openai/x/y");
        assertThat(restarted.deployment("a/b/other/x")).isEmpty();
    }

    @Test
    void whatOneNameSuffersIsNotTheOthers() {
        World world = pattern(world(), "openai/*", "t");
        world.ask("openai/made-up")
                .asks("t/openai/made-up")
                .fails(World.error(ErrorClass.NOT_FOUND, 404))
                .ends();

        assertThat(world.fleet().snapshot(world.now))
                .filteredOn(state -> state.cooledFor() != null)
                .extracting(DeploymentState::id, DeploymentState::group)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("t/openai/made-up", "openai/made-up"));
        world.ask("openai/gpt-4o").asks("t/openai/gpt-4o").succeeds();
    }

    @Test
    void whatIsKnownOfANameSurvivesAReload() {
        World world = pattern(world(), "openai/*", "t");
        world.ask("openai/x").asks("t/openai/x").fails(World.REFUSED);
        World changed = pattern(world(), "openai/*", "t");
        Fleet reloaded = new Fleet(changed.config(), world.fleet());

        reloaded.group("openai/x");
        assertThat(reloaded.snapshot(world.now)).anyMatch(state -> state.cooledFor() != null);
    }

    @Test
    void aFallbackMayNameAModelThatAPatternMakes() {
        World world = world();
        world.group("g", "a", "openai/x", "openai/y");
        pattern(world, "openai/*", "t", "g");

        assertThat(world.ask("g").failsThroughout(CUT))
                .containsExactly("a", "t/openai/x", "t/openai/y");
    }

    @Test
    void aRefusalOfOneModelDoesNotCloseAnotherOfTheSamePattern() {
        World world = pattern(world(), "openai/*", "t", "openai/y");

        assertThat(world.ask("openai/x").failsThroughout(World.error(ErrorClass.BAD_REQUEST, 400)))
                .containsExactly("t/openai/x", "t/openai/y");
    }

    @Test
    void aThousandAreKeptAndWhoeverCarriesARequest() {
        World world = pattern(world(), "*", "t");
        Walk running = world.ask("first").asks("t/first");
        for (int i = 0; i < 5000; i++) {
            assertThat(world.fleet().group("m" + i)).isPresent();
        }

        List<String> kept =
                world.fleet().snapshot(world.now).stream().map(DeploymentState::id).toList();
        assertThat(kept).hasSizeLessThanOrEqualTo(1001).contains("t/first", "t/m4999");
        running.succeeds();
        assertThat(world.fleet().snapshot(world.now)).allMatch(state -> state.inFlight() == 0);
        world.ask("m0").asks("t/m0").succeeds();
    }
}
