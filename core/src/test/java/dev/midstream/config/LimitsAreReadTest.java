package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.Limits;
import dev.midstream.routing.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsAreReadTest {

    private static Selection selection(String settings) {
        Given given = Given.sections("router_settings: {" + settings + "}\n");
        assertThat(given.warnings()).isEmpty();
        return given.read().router().selection();
    }

    @Test
    void ofADeployment() {
        assertThat(
                        Given.params(
                                        "model: openai/x, api_key: k, rpm: 60, tpm: 1e5, max_parallel_requests: 4")
                                .deployment()
                                .limits())
                .isEqualTo(new Limits(60L, 100_000L, 4));
        assertThat(Given.params("model: openai/x, api_key: k").deployment().limits())
                .isEqualTo(Limits.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "num_retries: 1 | true",
                "model_rate_limits: enforce | true",
                "model_rate_limits: weigh | false",
                "'model_rate_limits: weigh, routing_strategy: usage-based-routing-v2' | true",
                "'optional_pre_call_checks: [enforce_model_rate_limits]' | true",
            })
    void theyCountUnlessTheOperatorSaysOtherwise(String settings, boolean enforced) {
        assertThat(selection(settings).minuteLimits()).isEqualTo(enforced);
    }

    @Test
    void theRoutersNumberOfParallelRequests() {
        assertThat(selection("default_max_parallel_requests: 7").parallel()).isEqualTo(7);
        assertThat(selection("num_retries: 1").parallel()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prompt_caching | '`optional_pre_call_checks`: `prompt_caching` is understood by LiteLLM and has no effect here yet'",
                "enforce_model_rate_limit | '`optional_pre_call_checks`: `enforce_model_rate_limit` is no check; did you mean `enforce_model_rate_limits`?'",
            })
    void otherChecksAreWarnedOf(String check, String warning) {
        assertThat(
                        Given.sections(
                                        "router_settings: {optional_pre_call_checks: ["
                                                + check
                                                + "]}\n")
                                .warnings())
                .singleElement()
                .asString()
                .endsWith(warning);
    }

    @Test
    void bothAtOnceIsWarnedOf() {
        Given given =
                Given.sections(
                        "router_settings: {model_rate_limits: weigh, optional_pre_call_checks: [enforce_model_rate_limits]}\n");
        assertThat(given.warnings())
                .singleElement()
                .asString()
                .endsWith("`enforce_model_rate_limits` stands beside `weigh`; the limits count");
        assertThat(given.read().router().selection().minuteLimits()).isTrue();
    }

    @Test
    void anyOtherWordIsWrong() {
        assertThat(Given.sections("router_settings: {model_rate_limits: maybe}\n").rejected())
                .singleElement()
                .asString()
                .endsWith("`model_rate_limits`: `maybe` is not `enforce` or `weigh`");
    }
}
