package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.Fallback;
import dev.midstream.routing.Fallbacks;
import dev.midstream.routing.RouterConfig.Alias;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fallbacks are read in every shape that LiteLLM's users write. */
class FallbacksInAllShapesTest {

    private static final String MODELS =
            """
            model_list:
              - {model_name: a, litellm_params: {model: openai/gpt-4o, api_key: k}}
              - {model_name: b, litellm_params: {model: openai/gpt-4o, api_key: k}, model_info: {id: the-id}}
              - {model_name: c, litellm_params: {model: openai/gpt-4o, api_key: k}}
            """;

    private static Given given(String settings) {
        return Given.text(MODELS + settings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "router_settings: {fallbacks: [{a: [b, c]}]}",
                "router_settings: {fallbacks: {a: [b, c]}}",
                "router_settings: {fallbacks: [{a: b}, {a: [c]}]}",
                "router_settings: {fallbacks: [{a: [{model: b}, c]}]}",
                "litellm_settings: {fallbacks: [{\"a\": [\"b\", \"c\"]}]}",
                "router_settings:\n  fallbacks:\n    - a:\n      - b\n      - c",
                "router_settings: {fallbacks: [{a: [b, b, c]}]}",
            })
    void theyMeanTheSame(String settings) {
        Configuration read = given(settings + "\n").read();
        assertThat(read.warnings()).isEmpty();
        assertThat(read.router().groups())
                .extracting(g -> g.fallbacks().models().toList())
                .containsExactly(List.of("b", "c"), List.of(), List.of());
    }

    @Test
    void aStarStandsForEveryGroup() {
        assertThat(
                        given(
                                        "router_settings: {fallbacks: [{'*': [c]}], default_fallbacks: [b]}\n")
                                .read()
                                .router()
                                .defaultFallbacks()
                                .general())
                .extracting(Fallback::model)
                .containsExactly("b", "c");
        assertThat(
                        given("litellm_settings: {default_fallbacks: b}\n")
                                .read()
                                .router()
                                .defaultFallbacks()
                                .general())
                .extracting(Fallback::model)
                .containsExactly("b");
    }

    @Test
    void aDeploymentsIdAndAnAliasMayBeNamed() {
        Configuration read =
                given(
                                "router_settings: {fallbacks: [{a: [the-id, d]}], model_group_alias: {d: c}}\n")
                        .read();
        assertThat(read.router().groups().get(0).fallbacks().general())
                .extracting(Fallback::model)
                .containsExactly("the-id", "d");
    }

    @Test
    void aGroupThatFallsBackToItselfIsAWarning() {
        Given given = given("router_settings: {fallbacks: [{a: [a, b]}]}\n");
        assertThat(given.warnings())
                .containsExactly(
                        "config.yaml:5:36: warning: `a` falls back to itself; `num_retries` does that already");
        assertThat(given.group().fallbacks().general())
                .extracting(Fallback::model)
                .containsExactly("b");
    }

    @Test
    void anUnknownDefaultIsAnError() {
        assertThat(given("router_settings: {default_fallbacks: [bee]}\n").rejected())
                .containsExactly(
                        "config.yaml:5:39: error: `default_fallbacks` names `bee`, which is no `model_name`, alias or id");
    }

    @Test
    void anotherShapeIsAnError() {
        assertThat(given("router_settings: {fallbacks: [a, b]}\n").rejected())
                .hasSize(2)
                .allSatisfy(
                        error ->
                                assertThat(error)
                                        .contains(
                                                "must be a list of mappings from a group to its fallbacks"));
        assertThat(given("router_settings: {fallbacks: [{a: [{modl: b}]}]}\n").rejected())
                .anySatisfy(error -> assertThat(error).contains("needs `model`"));
    }

    @Test
    void theOtherKindsHaveTheSameShapes() {
        Given given =
                given(
                        """
                        litellm_settings:
                          context_window_fallbacks: {a: b, '*': [c]}
                          content_policy_fallbacks: [{a: [c]}, {"*": [b]}]
                        """);
        assertThat(given.warnings()).isEmpty();
        assertThat(given.group().fallbacks())
                .isEqualTo(new Fallbacks(List.of(), Fallback.to("b"), Fallback.to("c")));
        assertThat(given.read().router().defaultFallbacks())
                .isEqualTo(new Fallbacks(List.of(), Fallback.to("c"), Fallback.to("b")));
        assertThat(given("litellm_settings: {content_policy_fallbacks: [{a: [x]}]}\n").rejected())
                .anySatisfy(
                        error ->
                                assertThat(error).contains("`content_policy_fallbacks` names `x`"));
    }

    @Test
    void bothBlocksMaySayItAndTheRoutersCounts() {
        Given given =
                given(
                        "litellm_settings: {fallbacks: [{a: [b]}]}\nrouter_settings: {fallbacks: [{a: [c]}]}\n");
        assertThat(given.group().fallbacks().general())
                .extracting(Fallback::model)
                .containsExactly("c");
        assertThat(given.warnings())
                .containsExactly(
                        "config.yaml:5:20: warning: `fallbacks` stands in `router_settings` too (config.yaml:6:19), which counts");
    }

    @Test
    void aliasesAreNamesOrObjects() {
        assertThat(
                        given(
                                        "router_settings: {model_group_alias: {x: a, y: {model: b, hidden: true}}}\n")
                                .read()
                                .router()
                                .aliases())
                .isEqualTo(Map.of("x", new Alias("a", false), "y", new Alias("b", true)));
        assertThat(given("router_settings: {model_group_alias: {x: aa}}\n").rejected())
                .containsExactly(
                        "config.yaml:5:42: error: the alias `x` stands for `aa`, which is no `model_name` or id; did you mean `a`?");
    }

    @Test
    void aKeyMayBeAnAliasOrCarryAProvidersPrefix() {
        assertThat(
                        given(
                                        "router_settings: {model_group_alias: {x: a}, fallbacks: [{x: [b]}]}\n")
                                .group()
                                .fallbacks()
                                .general())
                .extracting(Fallback::model)
                .containsExactly("b");
        assertThat(
                        given("router_settings: {fallbacks: [{openai/a: [c]}]}\n")
                                .group()
                                .fallbacks()
                                .general())
                .extracting(Fallback::model)
                .containsExactly("c");
        assertThat(given("router_settings: {fallbacks: [{the-id: [c]}]}\n").rejected()).hasSize(1);
    }
}
