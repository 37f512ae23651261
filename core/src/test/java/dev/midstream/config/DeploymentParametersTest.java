package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Json;
import dev.midstream.model.Method;
import dev.midstream.model.Quirk;
import dev.midstream.routing.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands under {@code litellm_params} and {@code model_info} of a deployment. */
class DeploymentParametersTest {

    private static final String BASE = "model: openai/x, api_key: k, ";

    @Test
    void routingsOwnAreReadAlsoWhenTheyAreWrittenAsTexts() {
        Deployment deployment =
                Given.params(
                                BASE
                                        + "order: '2', weight: 3, cooldown_time: 7.5, max_retries: 1, num_retries: '4'")
                        .deployment();
        assertThat(deployment.order()).isEqualTo(2);
        assertThat(deployment.weight()).isEqualTo(3);
        assertThat(deployment.cooldown()).isEqualTo(Duration.ofMillis(7500));
        assertThat(deployment.numRetries()).isEqualTo(4);
        assertThat(Given.params(BASE + "max_retries: 1").deployment().numRetries()).isEqualTo(1);
    }

    @Test
    void whoHasNoOrderComesLastAndWhoHasNoWeightHasOne() {
        Deployment deployment = Given.text(Given.ONE_MODEL).deployment();
        assertThat(deployment.order()).isEqualTo(Integer.MAX_VALUE);
        assertThat(deployment.weight()).isEqualTo(1);
        assertThat(deployment.cooldown()).isNull();
        assertThat(deployment.numRetries()).isNull();
    }

    @Test
    void sharesGoByWeightThenByRpmThenByTpm() {
        assertThat(shares("weight: 9, rpm: 5", "rpm: 100")).containsExactly(9.0, 1.0);
        assertThat(shares("rpm: 90, tpm: 1", "rpm: 10")).containsExactly(90.0, 10.0);
        assertThat(shares("tpm: 500", "temperature: 1")).containsExactly(500.0, 500.0);
    }

    private static List<Double> shares(String first, String second) {
        return Given.text(
                        "model_list:\n"
                                + ("  - {model_name: g, litellm_params: {" + BASE + first + "}}\n")
                                + ("  - {model_name: g, litellm_params: {"
                                        + BASE
                                        + second
                                        + "}}\n"))
                .group()
                .deployments()
                .stream()
                .map(Deployment::weight)
                .toList();
    }

    @Test
    void limitsMayStandBesideTheParameters() {
        Given given =
                Given.text(
                        """
                        model_list:
                          - {model_name: g, rpm: 30, litellm_params: {model: openai/x, api_key: k}}
                          - {model_name: g, rpm: 10, litellm_params: {model: openai/y, api_key: k}}
                        """);
        assertThat(given.warnings()).isEmpty();
        assertThat(given.group().deployments())
                .extracting(Deployment::weight)
                .containsExactly(30.0, 10.0);
    }

    @Test
    void furtherParametersAreMembersOfEachRequest() {
        Given given =
                Given.params(
                        BASE
                                + "temperature: 0.5, max_tokens: 100, stop: [a, \"b\"], thinking: {type: enabled, budget_tokens: 1024}, user: ~, logprobs: yes, extra_body: {top_k: 5}");
        assertThat(given.deployment().target().defaults())
                .isEqualTo(
                        Map.of(
                                "temperature", new Json("0.5"),
                                "max_tokens", new Json("100"),
                                "stop", new Json("[\"a\",\"b\"]"),
                                "thinking",
                                        new Json("{\"type\":\"enabled\",\"budget_tokens\":1024}"),
                                "user", new Json("null"),
                                "logprobs", new Json("true"),
                                "top_k", new Json("5")));
    }

    @Test
    void theClientsOwnMembersCannotBeConfigured() {
        Given given = Given.params(BASE + "stream: true, messages: []");
        assertThat(given.deployment().target().defaults()).isEmpty();
        assertThat(given.warnings())
                .hasSize(2)
                .allSatisfy(w -> assertThat(w).contains("is the client's to say"));
    }

    @Test
    void parametersAreDroppedByTheDeploymentOrForAll() {
        assertThat(
                        Given.params(BASE + "drop_params: true, additional_drop_params: [user]")
                                .deployment()
                                .target()
                                .dropUnsupported())
                .isTrue();
        assertThat(
                        Given.params(BASE + "additional_drop_params: [user]")
                                .deployment()
                                .target()
                                .dropAlways())
                .containsExactly("user");
        assertThat(
                        Given.sections("litellm_settings: {drop_params: True}\n")
                                .deployment()
                                .target()
                                .dropUnsupported())
                .isTrue();
        assertThat(
                        Given.text(
                                        "model_list: [{model_name: m, litellm_params: {model: openai/x, api_key: k, drop_params: false}}]\nlitellm_settings: {drop_params: true}\n")
                                .deployment()
                                .target()
                                .dropUnsupported())
                .isFalse();
    }

    @Test
    void parametersForAllAreInherited() {
        Given given =
                Given.sections(
                        "router_settings: {default_litellm_params: {timeout: 9, temperature: 1, api_key: not-this}}\n");
        assertThat(given.deployment().clocks().timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(given.deployment().target().defaults()).containsKey("temperature");
        assertThat(given.deployment().endpoint().credential().toString()).contains("***");
    }

    @Test
    void headersAreChecked() {
        assertThat(
                        Given.params(BASE + "organization: org-1, extra_headers: {X-A: '1'}")
                                .deployment()
                                .endpoint()
                                .headers())
                .isEqualTo(Map.of("OpenAI-Organization", "org-1", "X-A", "1"));
        assertThat(
                        Given.params(
                                        BASE
                                                + "extra_headers: {'bad name': x, Host: y, X-A: \"a\\r\\nb\"}")
                                .rejected())
                .hasSize(3)
                .anySatisfy(e -> assertThat(e).contains("`bad name` is not a header's name"))
                .anySatisfy(e -> assertThat(e).contains("the header `Host` is the gateway's own"))
                .anySatisfy(
                        e ->
                                assertThat(e)
                                        .contains(
                                                "the value of the header `X-A` must be visible ASCII"));
    }

    @Test
    void theMethodThatIsNamedComesFirst() {
        assertThat(Given.info("continuation: user_turn").deployment().methods())
                .containsExactly(Method.USER_TURN, Method.REPLAY);
        assertThat(Given.info("continuation: continue_final_message").deployment().methods())
                .containsExactly(Method.CONTINUE_FINAL_MESSAGE, Method.USER_TURN, Method.REPLAY);
        assertThat(Given.info("continuation: replay").deployment().methods())
                .containsExactly(Method.REPLAY);
    }

    @Test
    void aPrefillThatTheOperatorVouchesForHasItsProvidersForm() {
        assertThat(
                        Given.text(
                                        "model_list: [{model_name: m, litellm_params: {model: dashscope/my-own, api_key: k}, model_info: {supports_assistant_prefill: true}}]\n")
                                .deployment())
                .satisfies(
                        d -> {
                            assertThat(d.methods()).startsWith(Method.PARTIAL);
                            assertThat(d.target().has(Quirk.ENABLE_THINKING)).isTrue();
                        });
    }

    @Test
    void deepSeeksPrefixNeedsItsBetaUrl() {
        assertThat(Given.params("model: deepseek/deepseek-chat, api_key: k").deployment().methods())
                .startsWith(Method.PREFIX);
        assertThat(
                        Given.params(
                                        "model: deepseek/deepseek-chat, api_key: k, api_base: 'https://api.deepseek.com/v1'")
                                .deployment()
                                .methods())
                .startsWith(Method.USER_TURN);
    }

    @Test
    void routersNumbersAreRead() {
        var router =
                Given.sections(
                                "router_settings: {allowed_fails: '3', cooldown_time: 30, retry_after: 1, num_retries: 0}\n")
                        .read()
                        .router();
        assertThat(router.cooldowns().allowed().any()).isEqualTo(3);
        assertThat(router.cooldowns().time()).isEqualTo(Duration.ofSeconds(30));
        assertThat(router.retryAfterFloor()).isEqualTo(Duration.ofSeconds(1));
        assertThat(router.settings().numRetries()).isZero();
        assertThat(
                        Given.sections("router_settings: {disable_cooldowns: true}\n")
                                .read()
                                .router()
                                .cooldowns()
                                .time())
                .isZero();
        assertThat(Given.text(Given.ONE_MODEL).read().router().cooldowns().allowed().any())
                .isNull();
    }
}
