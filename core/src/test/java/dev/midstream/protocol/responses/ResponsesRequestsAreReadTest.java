package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Seal;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What requests mean.
 *
 * <p><b>Source</b>: OpenAI's API reference on creating a response (read 2026-11), and what Codex
 * 0.169.0 was recorded to send.
 */
class ResponsesRequestsAreReadTest {

    private static Request read(String body) throws InvalidRequest {
        return new ResponsesProtocol().parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Request input(String input) throws InvalidRequest {
        return read("{\"model\":\"m\",\"input\":" + input + "}");
    }

    private static InvalidRequest refused(String body) {
        return catchThrowableOfType(InvalidRequest.class, () -> read(body));
    }

    @Test
    void theMembersMeanWhatTheySay() throws InvalidRequest {
        Request request =
                read(
                        "{\"model\":\"m\",\"stream\":true,\"instructions\":\"Be\",\"input\":\"hi\","
                                + "\"max_output_tokens\":9,\"temperature\":0.5,\"top_p\":1,"
                                + "\"parallel_tool_calls\":false,\"user\":null,\"safety_identifier\":\"u\","
                                + "\"reasoning\":{\"effort\":\"high\",\"summary\":\"auto\"},"
                                + "\"text\":{\"verbosity\":\"low\",\"format\":{\"type\":\"json_schema\",\"name\":\"n\","
                                + "\"schema\":{\"a\":1.0},\"strict\":true}},\"metadata\":{\"a\":\"b\"}}");
        assertThat(request.messages())
                .containsExactly(Message.of(Role.SYSTEM, "Be"), Message.of(Role.USER, "hi"));
        assertThat(request.stream()).isTrue();
        assertThat(request.maxTokens()).isEqualTo(9);
        assertThat(request.parallelToolCalls()).isFalse();
        assertThat(request.user()).isEqualTo("u");
        assertThat(request.reasoning().effort()).isEqualTo("high");
        assertThat(request.format())
                .isEqualTo(new ResponseFormat.JsonSchema("n", null, new Json("{\"a\":1.0}"), true));
        assertThat(request.further()).containsOnlyKeys("metadata");
    }

    @Test
    void whatTheAssistantDidInARowIsOneTurn() throws InvalidRequest {
        assertThat(
                        input(
                                        "[{\"role\":\"user\",\"content\":\"a\"},"
                                                + "{\"type\":\"reasoning\",\"id\":\"rs\",\"summary\":[{\"type\":\"summary_text\","
                                                + "\"text\":\"hm\"}],\"content\":null,\"encrypted_content\":\"ms1.Y2xhdWRl.sig\"},"
                                                + "{\"type\":\"message\",\"id\":\"msg\",\"status\":\"completed\",\"role\":\"assistant\","
                                                + "\"content\":[{\"type\":\"output_text\",\"text\":\"b\",\"annotations\":[]},"
                                                + "{\"type\":\"refusal\",\"refusal\":\"no\"}]},"
                                                + "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{}\"},"
                                                + "{\"type\":\"custom_tool_call\",\"call_id\":\"c2\",\"name\":\"g\",\"input\":\"free\"},"
                                                + "{\"type\":\"function_call_output\",\"id\":\"fco\",\"call_id\":\"c1\",\"output\":\"x\"},"
                                                + "{\"type\":\"custom_tool_call_output\",\"call_id\":\"c2\",\"output\":["
                                                + "{\"type\":\"input_text\",\"text\":\"y\"}]}]")
                                .messages())
                .containsExactly(
                        Message.of(Role.USER, "a"),
                        new Message(
                                Role.ASSISTANT,
                                List.of(
                                        new Part.Reasoning("hm", new Seal("claude", "sig")),
                                        new Part.Text("b"),
                                        new Part.Refusal("no"),
                                        new Part.ToolCall("c1", "f", "{}", false, null),
                                        new Part.ToolCall("c2", "g", "free", true, null))),
                        result("c1", "x"),
                        result("c2", "y"));
    }

    private static Message result(String id, String text) {
        return new Message(
                Role.TOOL,
                List.of(new Part.ToolResult(id, List.of(new Part.Text(text)), false, null)));
    }

    @Test
    void reasoningGoesBackOnlyWithWhatProvesIt() throws InvalidRequest {
        assertThat(
                        input(
                                        "[{\"role\":\"user\",\"content\":\"a\"},"
                                                + "{\"type\":\"reasoning\",\"summary\":[]},"
                                                + "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"gAAA\"}]")
                                .messages()
                                .getLast()
                                .parts())
                .containsExactly(new Part.EncryptedReasoning(new Seal("", "gAAA")));
    }

    @Test
    void imagesAndFilesAreReadInEveryForm() throws InvalidRequest {
        assertThat(
                        input(
                                        "[{\"role\":\"user\",\"content\":["
                                                + "{\"type\":\"input_image\",\"image_url\":\"https://x/y.png\",\"detail\":\"low\"},"
                                                + "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,AA==\"},"
                                                + "{\"type\":\"input_file\",\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,BB==\"},"
                                                + "{\"type\":\"input_file\",\"file_url\":\"https://x/a.pdf\"},"
                                                + "{\"type\":\"input_file\",\"file_id\":\"file-1\"},"
                                                + "{\"type\":\"input_audio\",\"input_audio\":{}}]}]")
                                .messages()
                                .getFirst()
                                .parts())
                .containsExactly(
                        new Part.Image("https://x/y.png", null, null, "low", null),
                        new Part.Image(null, "AA==", "image/png", null, null),
                        new Part.Document(null, "BB==", null, "application/pdf", "a.pdf", null),
                        new Part.Document("https://x/a.pdf", null, null, null, null, null),
                        new Part.Document(null, null, "file-1", null, null, null),
                        new Part.Unknown(
                                "input_audio",
                                "input[0].content[5]",
                                new Json("{\"type\":\"input_audio\",\"input_audio\":{}}")));
    }

    @Test
    void whatIsNotKnownKeepsItsPlace() throws InvalidRequest {
        Part unknown =
                input(
                                "[{\"role\":\"user\",\"content\":\"a\"},{\"type\":\"web_search_call\",\"id\":\"ws\"},"
                                        + "{\"type\":\"computer_call_output\",\"call_id\":\"x\"}]")
                        .messages()
                        .get(1)
                        .parts()
                        .getFirst();
        assertThat(unknown)
                .isEqualTo(
                        new Part.Unknown(
                                "web_search_call",
                                "input[1]",
                                new Json("{\"type\":\"web_search_call\",\"id\":\"ws\"}")));
    }

    @Test
    void toolsOfEveryKindAreReadAndNamespacesFlattened() throws InvalidRequest {
        Request request =
                read(
                        "{\"model\":\"m\",\"input\":[{\"type\":\"additional_tools\",\"role\":\"developer\",\"tools\":["
                                + "{\"type\":\"namespace\",\"name\":\"functions\",\"tools\":[{\"type\":\"custom\",\"name\":\"exec\"},"
                                + "{\"type\":\"function\",\"name\":\"wait\"}]}]},{\"role\":\"user\",\"content\":\"a\"},"
                                + "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"wait\",\"namespace\":\"functions\",\"arguments\":\"{}\"}],"
                                + "\"tools\":[{\"type\":\"function\",\"name\":\"wait\",\"strict\":false},"
                                + "{\"type\":\"web_search\",\"external_web_access\":true}],"
                                + "\"tool_choice\":{\"type\":\"custom\",\"name\":\"exec\"}}");
        assertThat(request.tools())
                .containsExactly(
                        new Tool.Function("wait", null, null, false, null),
                        new Tool.Custom("exec", null, null),
                        new Tool.Function("functions__wait", null, null, null, null),
                        new Tool.Native(
                                "web_search",
                                "tools[1]",
                                new Json(
                                        "{\"type\":\"web_search\",\"external_web_access\":true}")));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("exec"));
        assertThat(request.messages().getLast().parts())
                .containsExactly(new Part.ToolCall("c", "functions__wait", "{}", false, null));
    }

    @Test
    void allowedToolsAreTheOnlyOnesElsewhere() throws InvalidRequest {
        Request request =
                read(
                        "{\"model\":\"m\",\"input\":\"x\",\"tools\":[{\"type\":\"function\",\"name\":\"a\"},"
                                + "{\"type\":\"function\",\"name\":\"b\"}],\"tool_choice\":{\"type\":\"allowed_tools\","
                                + "\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"b\"}]}}");
        assertThat(request.tools()).containsExactly(new Tool.Function("b", null, null, null, null));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Required());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"input\":\"x\"} | model | missing_required_parameter",
                "{\"model\":\"m\"} | input | missing_required_parameter",
                "{\"model\":\"m\",\"input\":5} | input | invalid_type",
                "{\"model\":\"m\",\"input\":[5]} | input[0] | invalid_type",
                "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":1}]}]}"
                        + " | input[0].content[0].text | invalid_type",
                "{\"model\":\"m\",\"input\":[{\"role\":\"boss\",\"content\":\"x\"}]} | input[0].role | invalid_value",
                "{\"model\":\"m\",\"input\":[{\"role\":\"user\"}]} | input[0].content | missing_required_parameter",
                "{\"model\":\"m\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"x\"}]}"
                        + " | input[0] | invalid_value",
                "{\"model\":\"m\",\"input\":\"x\",\"tools\":[{\"type\":\"function\"}]} | tools[0].name | missing_required_parameter",
                "{\"model\":\"m\",\"input\":\"x\",\"tool_choice\":\"maybe\"} | tool_choice | invalid_value",
                "{\"model\":\"m\",\"input\":\"x\",\"background\":true} | background | unsupported_parameter",
                "{\"model\":\"m\",\"input\":\"x\",\"previous_response_id\":\"resp_1\"}"
                        + " | previous_response_id | previous_response_not_found",
            })
    void whatIsWrongIsNamed(String body, String param, String code) {
        InvalidRequest refused = refused(body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.param()).isEqualTo(param);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void aCallIsNotMadeTwiceBeforeItIsAnswered() throws InvalidRequest {
        String call =
                "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}";
        String output = "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"x\"}";
        assertThat(refused("{\"model\":\"m\",\"input\":[" + call + "," + call + "]}").param())
                .isEqualTo("input[1].call_id");
        assertThat(input("[" + call + "," + output + "," + call + "," + output + "]").messages())
                .as("some servers count their ids from 0 in every turn")
                .hasSize(4);
    }

    @Test
    void anOutputMayAnswerACallThatIsKeptElsewhere() throws InvalidRequest {
        assertThat(
                        read("{\"model\":\"m\",\"conversation\":\"conv_1\",\"input\":[{\"type\":\"function_call_output\","
                                        + "\"call_id\":\"c\",\"output\":\"x\"}]}")
                                .messages())
                .containsExactly(result("c", "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "null",
                "{\"model\":\"m\",\"input\":\"x\"}{}",
                "{\"model\":1}",
                "{\"model\":\"m\",\"input\":[{\"type\":5}]}",
                "{\"model\":\"m\",\"input\":[{\"type\":\"reasoning\",\"summary\":5}]}",
                "{\"model\":\"m\",\"input\":[{\"type\":\"additional_tools\",\"tools\":5}]}",
                "{\"model\":\"m\",\"input\":\"x\",\"tools\":[{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[5]}]}",
                "{\"model\":\"m\",\"input\":\"x\",\"text\":{\"format\":{\"type\":\"json_schema\"}}}",
                "{\"model\":\"m\",\"input\":\"x\",\"api_base\":\"http://x\"}"
            })
    void nothingElseIsThrownWhateverComes(String body) {
        assertThat(refused(body)).isNotNull();
    }

    @Test
    void nestingIsBounded() {
        String deep = "[".repeat(100_000);
        assertThat(refused("{\"model\":\"m\",\"input\":" + deep)).isNotNull();
    }
}
