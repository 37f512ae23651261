package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Errors are said all at once, each with its place, what stands there and what was expected. */
class SaysEverythingThatIsWrongAtOnceTest {

    @Test
    void inTheOrderOfTheFile() {
        assertThat(
                        Given.text(
                                        """
                                        model_list:
                                          - model_name: a
                                            litellm_params:
                                              model: opnai/gpt-4o
                                          - model_name: b
                                            litellm_params:
                                              model: openai/gpt-4o
                                              api_key: os.environ/NOBODY_SET_IT
                                              api_base: ftp://host
                                              timeout: soon
                                            model_info:
                                              mid_stream: sometimes
                                          - litellm_params: {model: gpt-4o}
                                          - model_name: c
                                        router_settings:
                                          num_retries: -1
                                          fallbacks: [{a: [bb]}, {d: [a]}]
                                          idle_timeut: 3
                                        general_settings:
                                          master_key: os.environ/NOBODY_SET_IT_EITHER
                                          transport: io_uring
                                        """)
                                .rejected())
                .containsExactly(
                        "config.yaml:4:14: error: `opnai` is no provider that LiteLLM knows; expected `provider/model`; did you mean `openai`?",
                        "config.yaml:8:16: error: `api_key` of `b` is to come from the environment variable NOBODY_SET_IT, which is not set; set it, or remove the key",
                        "config.yaml:9:17: error: `api_base`: `ftp://host` is not a URL that begins with http:// or https://",
                        "config.yaml:12:19: error: `mid_stream`: `sometimes` is not one of `continue`, `restart`, `error`",
                        "config.yaml:13:5: error: `model_name` is missing: the name that clients ask for",
                        "config.yaml:14:5: error: `c` has no `litellm_params`; they say which `model` it is",
                        "config.yaml:16:16: error: `num_retries`: `-1` is not a whole number from 0 to 100",
                        "config.yaml:17:20: error: `fallbacks` names `bb`, which is no `model_name`, alias or id; did you mean `b`?",
                        "config.yaml:17:27: error: `fallbacks` names `d`, which is no `model_name`, alias or id",
                        "config.yaml:18:3: warning: unknown key `idle_timeut` in `router_settings`; did you mean `idle_timeout`?",
                        "config.yaml:20:15: error: `master_key` is to come from the environment variable NOBODY_SET_IT_EITHER, which is not set; set it, or remove the key",
                        "config.yaml:21:14: error: `transport`: `io_uring` is not one of `auto`, `epoll`, `nio`");
    }

    @Test
    void inABrokenFileWhatIsBroken() {
        assertThat(Given.text("model_list:\n\t- model_name: a\n").rejected())
                .contains("config.yaml:2:1: error: a tab cannot indent YAML; write spaces");
    }

    @Test
    void withTheCureForAnAssignment() {
        assertThat(
                        Given.sections(
                                        "router_settings:\n  fallbacks=[{\"m\": [\"m\"]}]\n  num_retries: 2\n")
                                .rejected())
                .singleElement()
                .asString()
                .startsWith("config.yaml:5:25: error: not valid YAML: ")
                .endsWith("a key and its value are joined by `: `, not by `=`");
        assertThat(Given.sections("router_settings:\n  num_retries=2\n").rejected())
                .singleElement()
                .asString()
                .contains("must be a mapping of keys to values", "joined by `: `, not by `=`");
    }

    @Test
    void ofAnEmptyFileThatItIsEmpty() {
        assertThat(Given.text("").rejected())
                .contains(
                        "config.yaml:1:1: error: a configuration is a mapping with `model_list` in it; here stands nothing");
        assertThat(Given.text("- a\n").rejected())
                .contains(
                        "config.yaml:1:1: error: a configuration is a mapping with `model_list` in it; here stands a list");
    }

    @Test
    void ofAListWithoutDeployments() {
        assertThat(Given.text("model_list: []\n").rejected())
                .containsExactly(
                        "config.yaml:1:13: error: `model_list` has no deployments; name at least one, with `model_name` and `litellm_params`");
        assertThat(Given.text("general_settings: {}\n").rejected()).hasSize(1);
        assertThat(Given.text("model_list: {a: b}\n").rejected())
                .containsExactly(
                        "config.yaml:1:13: error: `model_list` must be a list of deployments; here stands a mapping");
    }

    @Test
    void ofDuplicateKeysInEverySection() {
        assertThat(
                        Given.sections(
                                        "router_settings: {num_retries: 1, num_retries: 2}\nrouter_settings: {}\n")
                                .rejected())
                .containsExactly(
                        "config.yaml:4:35: error: `num_retries` stands here twice: first on line 4; remove one",
                        "config.yaml:5:1: error: `router_settings` stands here twice: first on line 4; remove one");
    }

    @Test
    void ofABareNameThatNobodyKnows() {
        assertThat(Given.params("model: my-llama").rejected())
                .containsExactly(
                        "config.yaml:3:29: error: `my-llama` does not say whose model it is; expected `provider/model`, as in `openai/my-llama`");
    }
}
