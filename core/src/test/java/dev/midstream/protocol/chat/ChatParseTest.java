package dev.midstream.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Sampling;
import dev.midstream.model.Seal;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Bodies after OpenAI's API reference, with LiteLLM's and OpenRouter's members where named
 * (2026-11).
 */
class ChatParseTest {

    private static final String USER = "{\"role\":\"user\",\"content\":\"hi\"}";

    @Test
    void readsTheScalars() throws InvalidRequest {
        Request request =
                parse(
                        "{\"messages\":["
                                + USER
                                + "],\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                                + "\"max_tokens\":5,\"max_completion_tokens\":7,\"stop\":\"x\",\"n\":2,\"temperature\":0.5,"
                                + "\"top_p\":1,\"top_k\":4,\"frequency_penalty\":-1,\"presence_penalty\":null,\"seed\":9,"
                                + "\"user\":\"u\",\"parallel_tool_calls\":false,\"reasoning_effort\":\"high\","
                                + "\"x\":1e400,\"fallbacks\":[\"b\"],\"absent\":null}");
        assertThat(request.protocol()).isEqualTo("openai-chat");
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isTrue();
        assertThat(request.streamUsage()).isTrue();
        assertThat(request.messages()).containsExactly(Message.of(Role.USER, "hi"));
        assertThat(request.maxTokens()).isEqualTo(7);
        assertThat(request.stop()).containsExactly("x");
        assertThat(request.choices()).isEqualTo(2);
        assertThat(request.sampling()).isEqualTo(new Sampling(0.5, 1.0, 4, -1.0, null, 9L));
        assertThat(request.user()).isEqualTo("u");
        assertThat(request.parallelToolCalls()).isFalse();
        assertThat(request.reasoning()).isEqualTo(new ReasoningRequest("high", null, null, false));
        assertThat(request.further())
                .isEqualTo(Map.of("x", new Json("1e400"), "fallbacks", new Json("[\"b\"]")));
    }

    @Test
    void readsEveryKindOfTurn() throws InvalidRequest {
        Request request =
                messages(
                        "{\"role\":\"system\",\"content\":\"s\"}",
                        "{\"content\":[{\"type\":\"text\",\"text\":\"d\"}],\"role\":\"developer\"}",
                        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"t\",\"cache_control\":{\"type\":\"e\"}},"
                                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y\",\"detail\":\"low\"}},"
                                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA\"}},"
                                + "{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,BB\",\"filename\":\"f\"}},"
                                + "{\"type\":\"file\",\"file\":{\"file_id\":\"i\"}},"
                                + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"x\"}}]}",
                        "{\"role\":\"assistant\",\"reasoning_content\":\"r\",\"content\":null,\"tool_calls\":[{\"id\":\"c\","
                                + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
                                + "\"extra_content\":{\"g\":1}}]}",
                        "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"ok\"}",
                        "{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}",
                        "{\"role\":\"function\",\"name\":\"f\",\"content\":\"ok\"}",
                        "{\"role\":\"assistant\",\"content\":\"a\",\"refusal\":\"no\"}",
                        "{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"x\",\"thinking_blocks\":[{\"type\":"
                                + "\"thinking\",\"thinking\":\"x\",\"signature\":\"s\"},{\"type\":\"redacted_thinking\","
                                + "\"data\":\"e\"}]}");
        List<Message> turns = request.messages();
        assertThat(turns.get(0)).isEqualTo(Message.of(Role.SYSTEM, "s"));
        assertThat(turns.get(1)).isEqualTo(Message.of(Role.DEVELOPER, "d"));
        assertThat(turns.get(2).parts())
                .containsExactly(
                        new Part.Text("t", new Json("{\"type\":\"e\"}")),
                        new Part.Image("https://x/y", null, null, "low", null),
                        new Part.Image(null, "AA", "image/png", null, null),
                        new Part.Document(null, "BB", null, "application/pdf", "f", null),
                        new Part.Document(null, null, "i", null, null, null),
                        new Part.Unknown(
                                "input_audio",
                                "messages[2].content[5]",
                                new Json(
                                        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"x\"}}")));
        assertThat(turns.get(3).parts())
                .containsExactly(
                        new Part.Reasoning("r", null),
                        new Part.ToolCall("c", "f", "{}", false, new Json("{\"g\":1}")));
        assertThat(turns.get(4).parts())
                .containsExactly(
                        new Part.ToolResult("c", List.of(new Part.Text("ok")), false, null));
        assertThat(turns.get(5).parts())
                .containsExactly(new Part.ToolCall("f", "f", "", false, null));
        assertThat(turns.get(6).parts())
                .containsExactly(
                        new Part.ToolResult("f", List.of(new Part.Text("ok")), false, null));
        assertThat(turns.get(7).parts())
                .containsExactly(new Part.Text("a"), new Part.Refusal("no"));
        assertThat(turns.get(8).parts())
                .containsExactly(
                        new Part.Reasoning("x", new Seal(Seal.CLAUDE, "s")),
                        new Part.EncryptedReasoning(new Seal(Seal.CLAUDE, "e")),
                        new Part.Text(""));
    }

    @Test
    void readsToolsAndFormats() throws InvalidRequest {
        Request request =
                with(
                        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":"
                                + "{\"type\": \"object\"},\"strict\":true}},{\"type\":\"custom\",\"custom\":{\"name\":\"patch\"}}],"
                                + "\"functions\":[{\"name\":\"g\"}],\"tool_choice\":{\"type\":\"function\",\"function\":"
                                + "{\"name\":\"f\"}},\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\","
                                + "\"schema\":{\"a\":1.0}}}");
        assertThat(request.tools())
                .containsExactly(
                        new Tool.Function("f", "d", new Json("{\"type\": \"object\"}"), true, null),
                        new Tool.Custom("patch", null, null),
                        new Tool.Function("g", null, null, null, null));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f"));
        assertThat(request.format())
                .isEqualTo(new ResponseFormat.JsonSchema("n", null, new Json("{\"a\":1.0}"), null));
        assertThat(with("\"tool_choice\":\"required\"").toolChoice())
                .isEqualTo(new ToolChoice.Required());
        assertThat(with("\"function_call\":{\"name\":\"g\"}").toolChoice())
                .isEqualTo(new ToolChoice.Named("g"));
        assertThat(with("\"response_format\":{\"type\":\"json_object\"}").format())
                .isEqualTo(new ResponseFormat.JsonObject());
        assertThat(with("\"response_format\":{\"type\":\"grammar\"}").further())
                .containsKey("response_format");
        assertThat(with("\"stop\":[\"a\",\"b\"]").stop()).containsExactly("a", "b");
        assertThat(with("\"reasoning\":{\"effort\":\"low\",\"max_tokens\":9}").reasoning())
                .isEqualTo(new ReasoningRequest("low", 9, null, false));
        assertThat(with("\"thinking\":{\"type\":\"disabled\"}").reasoning().asked()).isFalse();
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        wrong("", null, "empty");
        wrong("{", null, "not valid JSON");
        wrong("[]", null, "a JSON object");
        wrong("{\"model\":\"m\",\"messages\":[" + USER + "]} x", null, "JSON");
        wrong("{\"messages\":[" + USER + "]}", "model", "name of a model");
        wrong("{\"model\":\"\",\"messages\":[" + USER + "]}", "model", "name of a model");
        wrong("{\"model\":7}", "model", "Expected a string, but got a number");
        wrong("{\"model\":\"m\"}", "messages", "at least one message");
        wrong("{\"model\":\"m\",\"messages\":[]}", "messages", "at least one message");
        wrong("{\"model\":\"m\",\"messages\":{}}", "messages", "an array, but got an object");
        wrongTurn("7", "messages[0]", "an object");
        wrongTurn("{\"content\":\"x\"}", "messages[0].role", "role");
        wrongTurn("{\"role\":\"king\",\"content\":\"x\"}", "messages[0].role", "'king'");
        wrongTurn("{\"role\":\"user\"}", "messages[0].content", "but got null");
        wrongTurn("{\"role\":\"user\",\"content\":5}", "messages[0].content", "but got a number");
        wrongTurn(
                "{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}",
                "messages[0].content[0].type",
                "type");
        wrongTurn(
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}",
                "messages[0].content[0].text",
                "a string");
        wrongTurn(
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}",
                "messages[0].content[0].image_url.url",
                "a string");
        wrongTurn("{\"role\":\"tool\",\"content\":\"x\"}", "messages[0].tool_call_id", "id");
        wrongTurn(
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{}}]}",
                "messages[0].tool_calls[0]",
                "name");
        wrongMember("\"stream\":\"yes\"", "stream", "true or false, but got a string");
        wrongMember("\"max_tokens\":\"5\"", "max_tokens", "a whole number");
        wrongMember("\"max_tokens\":0", "max_tokens", "at least 1");
        wrongMember("\"max_tokens\":99999999999999999999", "max_tokens", "64 bits");
        wrongMember("\"temperature\":\"hot\"", "temperature", "a number");
        wrongMember("\"temperature\":1e999", "temperature", "sensible size");
        wrongMember("\"n\":1000", "n", "at most 128");
        wrongMember("\"stop\":[1]", "stop[0]", "a string");
        wrongMember("\"tools\":[{\"type\":\"function\"}]", "tools[0].function", "an object");
        wrongMember("\"tool_choice\":\"maybe\"", "tool_choice", "'maybe'");
        wrongMember("\"response_format\":\"json\"", "response_format", "an object");
        wrongMember("\"api_base\":\"http://x\"", "api_base", "configured");
        wrongMember("\"base_url\":\"http://x\"", "base_url", "configured");
        wrongMember("\"api_key\":\"k\"", "api_key", "configured");
    }

    @Test
    void deepNestingAndOtherEncodingsAreRefused() {
        wrong(
                "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
                null,
                "nested deeper than 500 levels");
        InvalidRequest e =
                catchThrowableOfType(
                        InvalidRequest.class,
                        () -> new ChatProtocol().parse("{}".getBytes(StandardCharsets.UTF_16LE)));
        assertThat(e.status()).isEqualTo(400);
    }

    @Test
    void everyTornBodyIsRefusedAndNothingElseHappens() {
        byte[] body =
                ("{\"model\":\"é\",\"messages\":["
                                + USER
                                + "],\"tools\":[{\"type\":\"x\"}],\"n\":1}")
                        .getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < body.length; length++) {
            byte[] torn = java.util.Arrays.copyOf(body, length);
            InvalidRequest e =
                    catchThrowableOfType(
                            InvalidRequest.class, () -> new ChatProtocol().parse(torn));
            assertThat(e).as("%s bytes", length).isNotNull();
            assertThat(e.status()).isEqualTo(400);
        }
    }

    private static Request parse(String body) throws InvalidRequest {
        return new ChatProtocol().parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Request messages(String... turns) throws InvalidRequest {
        return parse("{\"model\":\"m\",\"messages\":[" + String.join(",", turns) + "]}");
    }

    private static Request with(String members) throws InvalidRequest {
        return parse("{\"model\":\"m\",\"messages\":[" + USER + "]," + members + "}");
    }

    private static void wrongTurn(String turn, String param, String expected) {
        wrong("{\"model\":\"m\",\"messages\":[" + turn + "]}", param, expected);
    }

    private static void wrongMember(String member, String param, String expected) {
        wrong("{\"model\":\"m\"," + member + ",\"messages\":[" + USER + "]}", param, expected);
    }

    private static void wrong(String body, String param, String expected) {
        InvalidRequest e = catchThrowableOfType(InvalidRequest.class, () -> parse(body));
        assertThat(e).as(body).isNotNull();
        assertThat(e.status()).isEqualTo(400);
        assertThat(e.param()).as(body).isEqualTo(param);
        assertThat(e.getMessage()).contains(expected);
    }
}
