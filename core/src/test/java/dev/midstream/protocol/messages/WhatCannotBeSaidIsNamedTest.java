package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.midstream.model.Json;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Sampling;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.Untranslatable;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parameters that a target cannot take: named in an error, or dropped where the configuration says
 * so.
 *
 * <p>Written from the wire facts on the Messages API and on what bounds a request that moves to
 * another vendor.
 */
class WhatCannotBeSaidIsNamedTest {

    private static final Sampling HOT = new Sampling(1.5, null, null, null, null, null);

    @Test
    void theErrorNamesParameterAndDeployment() {
        assertThatExceptionOfType(Untranslatable.class)
                .isThrownBy(() -> Asking.hello("claude-sonnet-4-5").choices(2).body())
                .withMessage(
                        "`n` cannot be sent to claude (anthropic/claude-sonnet-4-5): the Messages"
                                + " API gives one answer a request; set drop_params to leave it out")
                .extracting(Untranslatable::param)
                .isEqualTo("n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "logprobs; true",
                "top_logprobs; 3",
                "logit_bias; {\"50256\":-100}",
                "audio; {\"voice\":\"alloy\"}",
                "modalities; [\"text\",\"audio\"]",
                "prediction; {\"type\":\"content\"}",
                "store; true",
                "web_search_options; {\"a\":1}",
                "unheard_of; \"x\""
            })
    void furtherMembersAreNamedOrDropped(String name, String value) throws Untranslatable {
        refused(name, asking -> asking.further(name, value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "logprobs; false",
                "top_logprobs; 0",
                "logit_bias; {}",
                "modalities; [ \"text\" ]",
                "verbosity; \"medium\"",
                "store; false",
                "prediction; null",
                "stream_options; {\"include_usage\":true}",
                "metadata; {\"a\":\"b\"}",
                "service_tier; \"flex\"",
                "prompt_cache_key; \"k\"",
                "fallbacks; [\"other\"]",
                "context_window_fallbacks; []",
                "content_policy_fallbacks; []",
                "disable_fallbacks; true",
                "num_retries; 3",
                "timeout; 10",
                "stream_timeout; 10",
                "mock_response; \"x\"",
                "litellm_metadata; {\"a\":1}",
                "tags; [\"a\"]"
            })
    void whatSaysNothingIsNoObstacle(String name, String value) throws Untranslatable {
        assertThat(Asking.hello("claude-sonnet-4-5").further(name, value).body())
                .isEqualTo(Asking.hello("claude-sonnet-4-5").body());
    }

    @Test
    void neutralSamplingIsNoObstacle() throws Untranslatable {
        assertThat(
                        Asking.hello("claude-opus-5")
                                .sampling(new Sampling(1.0, 1.0, null, 0.0, 0.0, null))
                                .body())
                .isEqualTo(Asking.hello("claude-opus-5").body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-opus-4-7",
                "claude-opus-4-8",
                "claude-sonnet-5",
                "claude-opus-5",
                "claude-fable-5",
                "claude-mythos-preview"
            })
    void theNewestTakeNoSampling(String model) throws Untranslatable {
        refused(model, "temperature", asking -> asking.temperature(0.2));
        refused(
                model,
                "top_p",
                asking -> asking.sampling(new Sampling(null, 0.5, null, null, null, null)));
        refused(
                model,
                "top_k",
                asking -> asking.sampling(new Sampling(null, null, 5, null, null, null)));
    }

    @Test
    void samplingOfOtherVendors() throws Untranslatable {
        refused("seed", asking -> asking.sampling(new Sampling(null, null, null, null, null, 7L)));
        refused(
                "frequency_penalty",
                asking -> asking.sampling(new Sampling(null, null, null, 0.5, null, null)));
        refused(
                "presence_penalty",
                asking -> asking.sampling(new Sampling(null, null, null, null, -1.0, null)));
    }

    @Test
    void aTemperatureAboveOneIsLoweredWhereItMayBeDropped() throws Untranslatable {
        assertThatExceptionOfType(Untranslatable.class)
                .isThrownBy(() -> Asking.hello("claude-sonnet-4-5").sampling(HOT).body());
        assertThat(Asking.hello("claude-sonnet-4-5").sampling(HOT).dropping().body())
                .contains("\"temperature\":1.0");
    }

    @Test
    void temperatureAndTopPTogether() throws Untranslatable {
        Sampling both = new Sampling(0.5, 0.5, null, null, null, null);

        assertThatExceptionOfType(Untranslatable.class)
                .isThrownBy(() -> Asking.hello("claude-haiku-4-5").sampling(both).body())
                .extracting(Untranslatable::param)
                .isEqualTo("top_p");
        assertThat(Asking.hello("claude-haiku-4-5").sampling(both).dropping().body())
                .contains("\"temperature\":0.5")
                .doesNotContain("top_p");
    }

    @Test
    void reasoningOfAModelThatHasNone() throws Untranslatable {
        refused("claude-3-haiku-20240307", "reasoning_effort", asking -> asking.effort("low"));
    }

    @Test
    void toolsOfAnotherKind() throws Untranslatable {
        refused(
                "tools[0]",
                asking -> asking.tool(new Tool.Native("custom", "tools[0]", new Json("{}"))));
        assertThatExceptionOfType(Untranslatable.class)
                .isThrownBy(
                        () ->
                                Asking.hello("claude-sonnet-4-5")
                                        .weatherTool()
                                        .choice(new ToolChoice.Native(new Json("{}")))
                                        .body())
                .extracting(Untranslatable::param)
                .isEqualTo("tool_choice");
    }

    @Test
    void aStrictSchemaThatCannotBeKept() throws Untranslatable {
        ResponseFormat strict =
                new ResponseFormat.JsonSchema(
                        "s", null, new Json("{\"type\":\"object\",\"properties\":{}}"), true);

        assertThatExceptionOfType(Untranslatable.class)
                .isThrownBy(() -> Asking.hello("claude-3-5-haiku-latest").format(strict).body())
                .extracting(Untranslatable::param)
                .isEqualTo("response_format");
        assertThat(Asking.hello("claude-3-5-haiku-latest").format(strict).dropping().body())
                .contains("valid against this JSON schema");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"city\":", "[1]", "\"text\"", "{} {}", "Paris", "{\"a\":01}"})
    void argumentsThatAreNoObject(String arguments) {
        Part call = new Part.ToolCall("b", "weather", arguments, false, null);
        Part fine = new Part.ToolCall("a", "weather", "{}", false, null);

        assertThatExceptionOfType(Untranslatable.class)
                .isThrownBy(
                        () ->
                                Asking.hello("claude-sonnet-4-5")
                                        .dropping()
                                        .message(Role.ASSISTANT, new Part.Text("x"), fine, call)
                                        .body())
                .extracting(Untranslatable::param)
                .isEqualTo("messages[1].tool_calls[1].function.arguments");
    }

    @Test
    void argumentsKeepTheirSpelling() throws Untranslatable {
        Part call = new Part.ToolCall("a", "weather", "{ \"b\":1.50, \"a\":1e400 }", false, null);

        assertThat(
                        Asking.hello("claude-sonnet-4-5")
                                .message(Role.ASSISTANT, call)
                                .result("a", "x")
                                .body())
                .contains("\"input\":{ \"b\":1.50, \"a\":1e400 }");
    }

    @Test
    void contentIsNeverDropped() {
        for (Part part :
                List.of(
                        new Part.Unknown("input_audio", "messages[0].content[1]", new Json("{}")),
                        new Part.Image("ftp://x/y.png", null, null, null, null),
                        new Part.Image("data:text/plain;base64,AA==", null, null, null, null),
                        new Part.Image("data:image/png,raw", null, null, null, null),
                        new Part.Document(null, null, "file-1", null, null, null),
                        new Part.Document(null, "A", null, "application/zip", null, null),
                        new Part.Document(null, "%", null, "text/plain", null, null))) {
            assertThatExceptionOfType(Untranslatable.class)
                    .as(part.toString())
                    .isThrownBy(
                            () ->
                                    Asking.of("claude-sonnet-4-5")
                                            .dropping()
                                            .message(Role.USER, new Part.Text("x"), part)
                                            .body())
                    .extracting(Untranslatable::param)
                    .asString()
                    .startsWith("messages[0].content");
        }
    }

    @Test
    void nothingToAnswer() {
        assertThatExceptionOfType(Untranslatable.class)
                .isThrownBy(() -> Asking.of("claude-sonnet-4-5").user(" ").body())
                .extracting(Untranslatable::param)
                .isEqualTo("messages");
    }

    private static void refused(String param, UnaryOperator<Asking> wish) throws Untranslatable {
        refused("claude-sonnet-4-5", param, wish);
    }

    /** With drop_params the body is that of a request without the wish. */
    private static void refused(String model, String param, UnaryOperator<Asking> wish)
            throws Untranslatable {
        assertThatExceptionOfType(Untranslatable.class)
                .as(param)
                .isThrownBy(() -> wish.apply(Asking.hello(model)).body())
                .extracting(Untranslatable::param)
                .isEqualTo(param);
        assertThat(wish.apply(Asking.hello(model)).dropping().body())
                .isEqualTo(Asking.hello(model).body());
    }
}
