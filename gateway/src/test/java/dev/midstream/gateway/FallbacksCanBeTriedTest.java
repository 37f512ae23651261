package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.assertion.Requests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A request may try its fallbacks.
 *
 * <p><b>Source</b>: LiteLLM's members {@code mock_testing_fallbacks} and its like (read 2026-11).
 */
final class FallbacksCanBeTriedTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/one, api_base: os.environ/PRIMARY, api_key: sk-primary}
              - model_name: fallback
                litellm_params: {model: openai/two, api_base: os.environ/FALLBACK, api_key: sk-fallback}
              - model_name: wide
                litellm_params: {model: openai/wide, api_base: os.environ/FALLBACK, api_key: sk-fallback}
              - model_name: lenient
                litellm_params: {model: openai/lenient, api_base: os.environ/FALLBACK, api_key: sk-fallback}
            router_settings:
              fallbacks: [{primary: [fallback]}]
              context_window_fallbacks: [{primary: [wide]}]
              content_policy_fallbacks: [{primary: [lenient]}]
            """;

    private final Rig rig = new Rig(TransportKind.AUTO, CONFIGURATION, GatewayOptions.DEFAULTS);

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mock_testing_fallbacks, two",
        "mock_testing_context_fallbacks, wide",
        "mock_testing_context_window_fallbacks, wide",
        "mock_testing_content_policy_fallbacks, lenient",
    })
    void theGroupAskedForCountsAsFailed(String member, String asked) {
        rig.fallback.enqueue(Answer.text("From the fallback"));
        SseClient client = rig.ask(request("primary", member + "\":true"));
        client.awaitEnd();
        assertThat(client.text()).contains("From the fallback");
        assertThat(client.awaitHead().headers().first("x-litellm-attempted-fallbacks"))
                .hasValue("1");
        Requests.to(rig.primary).none();
        Requests.to(rig.fallback).only().asksFor(asked).hasNo("/" + member);
    }

    @Test
    void whereThereAreNoneItIsSaid() {
        SseClient client = rig.ask(request("fallback", "mock_testing_fallbacks\":true"));
        assertThat(client.awaitHead().status()).isEqualTo(400);
        client.awaitEnd();
        assertThat(client.text()).contains("`fallback` has no fallbacks");
        SseClient off =
                rig.ask(
                        request(
                                "primary",
                                "mock_testing_fallbacks\":true,\"disable_fallbacks\":true"));
        assertThat(off.awaitHead().status()).isEqualTo(400);
        off.awaitEnd();
    }

    private static String request(String model, String further) {
        return Rig.request(model, true).replaceFirst("\\{", "{\"" + further + ",");
    }
}
