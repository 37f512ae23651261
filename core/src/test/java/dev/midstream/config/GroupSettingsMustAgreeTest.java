package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Method;
import dev.midstream.routing.MidStream;
import org.junit.jupiter.api.Test;

/** A group has one setting, on whichever of its deployments it stands. */
class GroupSettingsMustAgreeTest {

    private static Given two(String first, String second) {
        return Given.text(
                """
                model_list:
                  - model_name: g
                    litellm_params: {model: openai/a, api_key: k}
                    model_info: {%s}
                  - model_name: g
                    litellm_params: {model: openai/b, api_key: k}
                    model_info: {%s}
                """
                        .formatted(first, second));
    }

    @Test
    void onAnyDeploymentIsEnough() {
        assertThat(two("", "mid_stream: error").group().settings().midStream())
                .isEqualTo(MidStream.ERROR);
        assertThat(two("mid_stream: error", "").group().settings().midStream())
                .isEqualTo(MidStream.ERROR);
    }

    @Test
    void theSameTwiceIsFineHoweverItIsSpelt() {
        assertThat(two("idle_timeout: 3", "idle_timeout: '3.0'").warnings()).isEmpty();
    }

    @Test
    void twoThatDisagreeAreAnErrorThatNamesBothLines() {
        assertThat(two("mid_stream: error", "mid_stream: restart").rejected())
                .containsExactly(
                        "config.yaml:7:30: error: `mid_stream` of the group `g` is `restart` here and `error` at config.yaml:4:30; one group has one setting");
    }

    @Test
    void deadlinesInTheParametersAreTheGroupsToo() {
        assertThat(
                        Given.text(
                                        """
                                        model_list:
                                          - {model_name: g, litellm_params: {model: openai/a, api_key: k, request_timeout: 5}}
                                          - {model_name: g, litellm_params: {model: openai/b, api_key: k, request_timeout: 6}}
                                        """)
                                .rejected())
                .singleElement()
                .asString()
                .contains(
                        "`request_timeout` of the group `g` is `6` here and `5` at config.yaml:2:");
    }

    @Test
    void whatAModelCanDoIsEachDeploymentsOwn() {
        var deployments =
                two("supports_assistant_prefill: true", "supports_assistant_prefill: false")
                        .group()
                        .deployments();
        assertThat(deployments.get(0).methods())
                .containsExactly(Method.PREFILL, Method.USER_TURN, Method.REPLAY);
        assertThat(deployments.get(1).methods()).containsExactly(Method.USER_TURN, Method.REPLAY);
    }

    @Test
    void groupsDoNotMeddleWithEachOther() {
        Configuration read =
                Given.text(
                                """
                                model_list:
                                  - {model_name: a, litellm_params: {model: openai/a, api_key: k}, model_info: {mid_stream: error}}
                                  - {model_name: b, litellm_params: {model: openai/b, api_key: k}, model_info: {mid_stream: restart}}
                                """)
                        .read();
        assertThat(read.router().groups())
                .extracting(g -> g.settings().midStream())
                .containsExactly(MidStream.ERROR, MidStream.RESTART);
    }

    @Test
    void theNewSwitchCountsBesideTheOldOneWithAWord() {
        Given given = two("disable_mid_stream_continuation: true", "mid_stream: error");
        assertThat(given.group().settings().midStream()).isEqualTo(MidStream.ERROR);
        assertThat(given.warnings())
                .containsExactly(
                        "config.yaml:4:51: warning: `disable_mid_stream_continuation` means `mid_stream: restart`, but `mid_stream` is `error`, which counts");
        assertThat(
                        Given.sections(
                                        "router_settings: {disable_mid_stream_continuation: true, mid_stream: continue}\n")
                                .warnings())
                .hasSize(1);
        assertThat(two("disable_mid_stream_continuation: true", "mid_stream: restart").warnings())
                .isEmpty();
    }
}
