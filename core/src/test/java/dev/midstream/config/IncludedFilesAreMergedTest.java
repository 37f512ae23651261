package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.ModelGroup;
import org.junit.jupiter.api.Test;

/** Included files are merged, and what is wrong in them is said with their own names. */
class IncludedFilesAreMergedTest {

    private static final String MORE =
            "model_list:\n  - {model_name: n, litellm_params: {model: openai/y, api_key: k}}\nrouter_settings: {num_retries: 7, max_fallbacks: 1}\n";

    @Test
    void listsAreJoinedAndTheIncludingFileCounts() {
        Given given =
                Given.sections("include: [more.yaml]\nrouter_settings: {num_retries: 1}\n")
                        .file("more.yaml", MORE);
        assertThat(given.read().router().groups())
                .extracting(ModelGroup::name)
                .containsExactly("m", "n");
        assertThat(given.read().router().settings().numRetries()).isEqualTo(1);
        assertThat(given.read().router().settings().maxFallbacks()).isEqualTo(1);
        assertThat(given.warnings())
                .containsExactly(
                        "more.yaml:3:19: warning: `num_retries` is set at config.yaml:5:19 already, which counts");
    }

    @Test
    void theirPathsAreTakenFromTheIncludingFilesFolder() {
        Given given =
                Given.sections("include: sub/a.yaml\n")
                        .file("sub/a.yaml", "include: [b.yaml]\n")
                        .file("sub/b.yaml", MORE);
        assertThat(given.read().router().groups()).hasSize(2);
    }

    @Test
    void errorsInThemCarryTheirNames() {
        assertThat(
                        Given.sections("include: [more.yaml]\n")
                                .file("more.yaml", "router_settings: {num_retries: x}\n")
                                .rejected())
                .containsExactly(
                        "more.yaml:1:32: error: `num_retries`: `x` is not a whole number from 0 to 100");
    }

    @Test
    void oneThatIsMissingOrIncludesItselfIsAnError() {
        assertThat(Given.sections("include: [nowhere.yaml]\n").rejected())
                .containsExactly(
                        "config.yaml:4:11: error: `nowhere.yaml` cannot be read: no such file");
        assertThat(
                        Given.sections("include: [a.yaml]\n")
                                .file("a.yaml", "include: [config.yaml]\n")
                                .rejected())
                .singleElement()
                .asString()
                .contains("a.yaml:1:11: error: `config.yaml` is included already");
    }
}
