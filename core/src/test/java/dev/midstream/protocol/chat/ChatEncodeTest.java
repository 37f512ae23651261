package dev.midstream.protocol.chat;

import static dev.midstream.protocol.chat.ChatStreams.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Method;
import dev.midstream.model.Part;
import dev.midstream.model.Quirk;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Sampling;
import dev.midstream.model.Seal;
import dev.midstream.model.Target;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.Untranslatable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Bodies sent to chat targets: members after OpenAI's API reference and the providers' prefill
 * guides (2026-11).
 */
class ChatEncodeTest {

    private static final String TURNS = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final Target OPENAI = target("openai", "gpt-4o");

    @Test
    void onlyTheEditedMembersChange() throws Exception {
        assertThat(
                        original(
                                "{ \"model\" : \"m\",\"x\":1e400,\n"
                                        + TURNS
                                        + ",\"d\":1,\"d\":1.10,\"é\":\"\\u00e9\"}",
                                false,
                                OPENAI))
                .isEqualTo(
                        "{ \"model\" : \"gpt-4o\",\"x\":1e400,\n"
                                + TURNS
                                + ",\"d\":1,\"d\":1.10,\"é\":\"\\u00e9\"}");
    }

    @Test
    void theRoutersOwnMembersNeverLeave() throws Exception {
        assertThat(
                        original(
                                "{\"fallbacks\":[\"a\"],\"model\":\"m\","
                                        + TURNS
                                        + ",\"context_window_fallbacks\":[],\"content_policy_fallbacks\":[],"
                                        + "\"disable_fallbacks\":true,\"num_retries\":1,\"timeout\":2,\"stream_timeout\":3,"
                                        + "\"mock_response\":\"x\",\"mock_testing_fallbacks\":true,\"litellm_metadata\":{},"
                                        + "\"tags\":[],\"metadata\":{\"a\":\"b\"}}",
                                false,
                                OPENAI))
                .isEqualTo("{\"model\":\"gpt-4o\"," + TURNS + "}");
        assertThat(
                        original(
                                "{\"model\":\"m\"," + TURNS + ",\"metadata\":{},\"store\":true}",
                                false,
                                OPENAI))
                .contains("\"metadata\":{}");
    }

    @Test
    void usageIsAlwaysAskedForInAStream() throws Exception {
        assertThat(original("{\"model\":\"m\"," + TURNS + "}", true, OPENAI))
                .isEqualTo(
                        "{\"model\":\"gpt-4o\","
                                + TURNS
                                + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(
                        original(
                                "{\"model\":\"m\",\"stream\":false,\"stream_options\":{\"include_usage\":false,\"x\":1},"
                                        + TURNS
                                        + "}",
                                true,
                                OPENAI))
                .isEqualTo(
                        "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"x\":1},"
                                + TURNS
                                + "}");
        assertThat(
                        original(
                                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{},"
                                        + TURNS
                                        + "}",
                                false,
                                OPENAI))
                .isEqualTo("{\"model\":\"gpt-4o\",\"stream\":false," + TURNS + "}");
        assertThat(
                        original(
                                "{\"model\":\"m\"," + TURNS + "}",
                                true,
                                target("x", "y", Quirk.NO_STREAM_OPTIONS)))
                .doesNotContain("stream_options");
    }

    @Test
    void defaultsAreAddedAndDroppedMembersRemoved() throws Exception {
        Target target =
                new Target(
                        "d",
                        "g",
                        "openai",
                        "x",
                        "openai-chat",
                        "",
                        Map.of("temperature", new Json("0.2"), "extra", new Json("{\"a\":1}")),
                        false,
                        List.of("seed"),
                        List.of());
        assertThat(
                        original(
                                "{\"model\":\"m\",\"seed\":1,\"temperature\":1.0," + TURNS + "}",
                                false,
                                target))
                .isEqualTo(
                        "{\"model\":\"x\",\"temperature\":1.0," + TURNS + ",\"extra\":{\"a\":1}}");
    }

    @Test
    void theTokenLimitGoesByTheNameThatTheClientAndTheTargetKnow() throws Exception {
        assertThat(limited("\"max_tokens\":9,", target("groq", "llama")))
                .contains("\"max_tokens\":3,")
                .doesNotContain("max_completion");
        assertThat(limited("\"max_completion_tokens\":9,", OPENAI))
                .contains("\"max_completion_tokens\":3,");
        assertThat(limited("", target("groq", "llama"))).contains("\"max_tokens\":3");
        for (String model : List.of("o1", "o3-mini", "o4-mini-2025", "gpt-5", "gpt-5.2-pro")) {
            assertThat(limited("", target("azure", model))).contains("\"max_completion_tokens\":3");
            assertThat(limited("\"max_tokens\":9,", target("openai", model)))
                    .contains("\"max_completion_tokens\":3")
                    .doesNotContain("\"max_tokens\"");
        }
        assertThat(limited("", target("openrouter", "gpt-5"))).contains("\"max_tokens\":3");
    }

    @Test
    void prefillsAreMarkedInTheTargetsOwnForm() throws Exception {
        String partial = "{\"role\":\"assistant\",\"content\":\"Once \\\"";
        assertThat(continued(Method.PREFILL, OPENAI))
                .contains(partial + "\"}]")
                .doesNotContain("prefix");
        assertThat(continued(Method.PREFIX, OPENAI)).contains(partial + "\",\"prefix\":true}]");
        assertThat(continued(Method.PARTIAL, OPENAI)).contains(partial + "\",\"partial\":true}]");
        assertThat(continued(Method.CONTINUE_FINAL_MESSAGE, OPENAI))
                .contains(partial + "\"}]")
                .contains("\"continue_final_message\":true,\"add_generation_prompt\":false");
        assertThat(continued(Method.PREFIX, target("mistral", "x", Quirk.NO_TOOLS_WITH_PREFIX)))
                .doesNotContain("tools");
    }

    @Test
    void aUserTurnFollowsWhatWasDelivered() throws Exception {
        Request request = parse("{\"model\":\"m\"," + TURNS + "}");
        Draft draft =
                draft(
                        request,
                        Method.USER_TURN,
                        List.of(
                                Message.of(Role.ASSISTANT, "Once"),
                                Message.of(Role.USER, "go on")));
        assertThat(encode(draft, OPENAI))
                .contains(
                        "[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"Once\"},"
                                + "{\"role\":\"user\",\"content\":\"go on\"}]");
    }

    @Test
    void whatACannotBeContinuedWithIsLeftOut() throws Exception {
        String body =
                "{\"model\":\"m\","
                        + TURNS
                        + ",\"n\":2,\"response_format\":{\"type\":\"json_object\"},\"guided_json\":{},"
                        + "\"tool_choice\":\"required\",\"tools\":[],\"reasoning_effort\":\"high\"}";
        Draft draft =
                new Draft(
                        parse(body),
                        Method.PREFILL,
                        List.of(),
                        null,
                        false,
                        true,
                        true,
                        true,
                        true);
        assertThat(encode(draft, target("x", "y", Quirk.ENABLE_THINKING)))
                .isEqualTo(
                        "{\"model\":\"y\","
                                + TURNS
                                + ",\"tool_choice\":\"auto\",\"tools\":[],\"enable_thinking\":false}");
        assertThat(encode(draft, target("x", "y", Quirk.THINKING_TYPE)))
                .contains("\"thinking\":{\"type\":\"disabled\"}");
        assertThat(encode(draft, target("x", "y", Quirk.TEMPLATE_THINKING)))
                .contains("\"chat_template_kwargs\":{\"enable_thinking\":false}");
        assertThat(encode(draft, target("x", "y", Quirk.REASONING_ENABLED)))
                .contains("\"reasoning\":{\"enabled\":false}");
        assertThat(encode(draft, target("x", "y", Quirk.REASONING_EFFORT_NONE)))
                .contains("\"reasoning_effort\":\"none\"");
        assertThat(encode(draft, OPENAI)).contains("\"reasoning_effort\":\"high\"");
    }

    @Test
    void anotherProtocolsRequestIsWrittenAnew() throws Exception {
        assertThat(encode(Draft.original(foreign(Map.of()), true), target("groq", "llama")))
                .isEqualTo(
                        "{\"model\":\"llama\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"see\"},{\"type\":\"image_url\","
                                + "\"image_url\":{\"url\":\"data:image/gif;base64,AA\"}}]},"
                                + "{\"role\":\"assistant\",\"content\":\"ok\",\"tool_calls\":[{\"id\":\"t\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                                + "{\"role\":\"tool\",\"tool_call_id\":\"t\",\"content\":\"r1\\nr2\"},"
                                + "{\"role\":\"user\",\"content\":\"next\"}],"
                                + "\"max_tokens\":100,\"stop\":[\"END\"],\"temperature\":0.5,\"top_k\":5,"
                                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],"
                                + "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},\"parallel_tool_calls\":false,"
                                + "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{}}},"
                                + "\"reasoning_effort\":\"medium\",\"user\":\"u\",\"stream\":true,"
                                + "\"stream_options\":{\"include_usage\":true}}");
        assertThat(
                        encode(
                                Draft.original(foreign(Map.of()), false),
                                target("deepseek", "r", Quirk.REASONING_CONTENT)))
                .contains("\"reasoning_content\":\"hm\"");
    }

    @Test
    void whatATargetCannotTakeIsRefusedByNameOrDropped() throws Exception {
        Request request = foreign(Map.of("container", new Json("\"c\"")));
        Untranslatable e =
                catchThrowableOfType(
                        Untranslatable.class,
                        () -> encode(Draft.original(request, false), target("groq", "llama")));
        assertThat(e.param()).isEqualTo("container");
        assertThat(e.getMessage()).contains("d1");
        Untranslatable topK =
                catchThrowableOfType(
                        Untranslatable.class,
                        () -> encode(Draft.original(foreign(Map.of()), false), OPENAI));
        assertThat(topK.param()).isEqualTo("top_k");
        Target dropping =
                new Target(
                        "d",
                        "g",
                        "openai",
                        "x",
                        "openai-chat",
                        "",
                        Map.of(),
                        true,
                        List.of(),
                        List.of());
        assertThat(encode(Draft.original(request, false), dropping))
                .doesNotContain("container", "top_k", "reasoning");
    }

    @Test
    void unknownPartsAreRefusedWithTheirPlace() {
        Request request =
                request(
                        List.of(
                                new Message(
                                        Role.USER,
                                        List.of(
                                                new Part.Unknown(
                                                        "search_result",
                                                        "messages[0].content[1]",
                                                        new Json("{}"))))),
                        Map.of());
        Untranslatable e =
                catchThrowableOfType(
                        Untranslatable.class,
                        () -> encode(Draft.original(request, false), target("groq", "llama")));
        assertThat(e.param()).isEqualTo("messages[0].content[1]");
    }

    private static Request foreign(Map<String, Json> further) {
        Json cached = new Json("{\"type\":\"ephemeral\"}");
        return request(
                List.of(
                        new Message(Role.SYSTEM, List.of(new Part.Text("s", cached))),
                        new Message(
                                Role.USER,
                                List.of(
                                        new Part.Text("see"),
                                        new Part.Image(null, "AA", "image/gif", null, cached))),
                        new Message(
                                Role.ASSISTANT,
                                List.of(
                                        new Part.Reasoning("hm", new Seal(Seal.CLAUDE, "sig")),
                                        new Part.EncryptedReasoning(new Seal(Seal.CLAUDE, "e")),
                                        new Part.Text("ok"),
                                        new Part.ToolCall("t", "f", "{}", false, null))),
                        new Message(
                                Role.USER,
                                List.of(
                                        new Part.ToolResult(
                                                "t",
                                                List.of(new Part.Text("r1"), new Part.Text("r2")),
                                                false,
                                                null),
                                        new Part.Text("next")))),
                further);
    }

    private static Request request(List<Message> messages, Map<String, Json> further) {
        return new Request(
                "anthropic-messages",
                "m",
                true,
                true,
                messages,
                List.of(
                        new Tool.Function(
                                "f", null, new Json("{\"type\":\"object\"}"), null, null)),
                new ToolChoice.Named("f"),
                false,
                100,
                List.of("END"),
                1,
                new Sampling(0.5, null, 5, null, null, null),
                new ResponseFormat.JsonSchema("n", null, Json.EMPTY_OBJECT, null),
                new ReasoningRequest(null, 5000, true, false),
                "u",
                further,
                Map.of(),
                null,
                new byte[0]);
    }

    private static String limited(String member, Target target) throws Exception {
        Request request = parse("{\"model\":\"m\"," + member + TURNS + "}");
        Draft draft =
                new Draft(
                        request, Method.ORIGINAL, List.of(), 3, false, false, false, false, false);
        return encode(draft, target);
    }

    private static String continued(Method method, Target target) throws Exception {
        Request request = parse("{\"model\":\"m\",\"tools\":[]," + TURNS + "}");
        return encode(
                draft(request, method, List.of(Message.of(Role.ASSISTANT, "Once \""))), target);
    }

    private static Draft draft(Request request, Method method, List<Message> appended) {
        return new Draft(request, method, appended, null, false, false, false, false, false);
    }

    private static String original(String body, boolean stream, Target target) throws Exception {
        return encode(Draft.original(parse(body), stream), target);
    }

    private static String encode(Draft draft, Target target) throws Untranslatable {
        return new String(new ChatProtocol().encode(draft, target), StandardCharsets.UTF_8);
    }

    private static Request parse(String body) throws InvalidRequest {
        return new ChatProtocol().parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
