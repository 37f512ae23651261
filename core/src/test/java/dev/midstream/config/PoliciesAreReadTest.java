package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.AllowedFails;
import dev.midstream.routing.ErrorKind;
import dev.midstream.routing.Retries;
import dev.midstream.routing.RetryPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesAreReadTest {

    @ParameterizedTest
    @CsvSource({"router_settings", "litellm_settings"})
    void ofRetriesAsLiteLlmDocumentsThem(String section) {
        Given given =
                Given.sections(
                        section
                                + """
                                :
                                  retry_policy:
                                    AuthenticationErrorRetries: 3
                                    TimeoutErrorRetries: 3
                                    RateLimitErrorRetries: 3
                                    ContentPolicyViolationErrorRetries: 4
                                    InternalServerErrorRetries: 4
                                    ServiceUnavailableErrorRetries: 1
                                    NotFoundErrorRetries: 0
                                    BadRequestErrorRetries: 1
                                    DefaultRetries: 2
                                  model_group_retry_policy:
                                    m: {BadRequestErrorRetries: 0}
                                """);
        assertThat(given.warnings()).isEmpty();
        assertThat(given.read().router().retries())
                .isEqualTo(
                        new Retries(
                                new RetryPolicy(
                                        Map.of(
                                                ErrorKind.AUTHENTICATION, 3,
                                                ErrorKind.TIMEOUT, 3,
                                                ErrorKind.RATE_LIMIT, 3,
                                                ErrorKind.CONTENT_POLICY, 4,
                                                ErrorKind.INTERNAL_SERVER, 4,
                                                ErrorKind.SERVICE_UNAVAILABLE, 1,
                                                ErrorKind.NOT_FOUND, 0,
                                                ErrorKind.BAD_REQUEST, 1,
                                                ErrorKind.OTHER, 2)),
                                Map.of("m", new RetryPolicy(Map.of(ErrorKind.BAD_REQUEST, 0)))));
    }

    @Test
    void ofAllowedFailures() {
        Given given =
                Given.sections(
                        """
                        router_settings:
                          allowed_fails: 2
                          allowed_fails_policy: {RateLimitErrorAllowedFails: 100, BadGatewayErrorAllowedFails: 3}
                        """);
        assertThat(given.warnings()).isEmpty();
        assertThat(given.read().router().cooldowns().allowed())
                .isEqualTo(
                        new AllowedFails(
                                2, Map.of(ErrorKind.RATE_LIMIT, 100, ErrorKind.BAD_GATEWAY, 3)));
    }

    @Test
    void ofOneDeployment() {
        Given given =
                Given.info("allowed_fails: 0, allowed_fails_policy: {TimeoutErrorAllowedFails: 1}");
        assertThat(given.warnings()).isEmpty();
        assertThat(given.deployment().allowedFails())
                .isEqualTo(new AllowedFails(0, Map.of(ErrorKind.TIMEOUT, 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry_policy: {TimeoutErrorRetires: 1} | 'unknown key `TimeoutErrorRetires` in `retry_policy`; did you mean `TimeoutErrorRetries`?'",
                "allowed_fails_policy: {TimeoutErrorRetries: 1} | 'unknown key `TimeoutErrorRetries` in `allowed_fails_policy`'",
                "retry_policy: {BadGatewayErrorRetries: 1} | 'unknown key `BadGatewayErrorRetries` in `retry_policy`'",
                "model_group_retry_policy: {mm: {}} | 'no group `mm` for `model_group_retry_policy`; did you mean `m`?'",
            })
    void wrongKeysAreWarnings(String setting, String warning) {
        assertThat(Given.sections("router_settings: {" + setting + "}\n").warnings())
                .singleElement()
                .asString()
                .endsWith(": warning: " + warning);
    }

    @Test
    void wrongNumbersAreErrors() {
        assertThat(
                        Given.sections(
                                        "router_settings: {retry_policy: {TimeoutErrorRetries: many}}\n")
                                .rejected())
                .singleElement()
                .asString()
                .endsWith("`TimeoutErrorRetries`: `many` is not a whole number from 0 to 100");
    }
}
