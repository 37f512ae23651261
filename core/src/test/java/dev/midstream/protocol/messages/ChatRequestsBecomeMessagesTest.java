package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Json;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Sampling;
import dev.midstream.model.Seal;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.Untranslatable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is sent for a chat request, as goldens: {@code <case>.chat-messages.json}.
 *
 * <p>Written from Anthropic's API reference and its pages on tool use, vision, PDF support,
 * extended and adaptive thinking, structured outputs and Claude on Vertex AI (read 2026-11).
 */
class ChatRequestsBecomeMessagesTest {

    private static final Json CACHE = new Json("{\"type\":\"ephemeral\"}");
    private static final String PNG = "iVBORw0KGgo=";

    @Test
    void aPlainQuestion() throws Untranslatable {
        golden("plain", Asking.hello("claude-sonnet-4-5"));
    }

    @Test
    void systemAndDeveloperTurns() throws Untranslatable {
        golden(
                "system",
                Asking.of("claude-sonnet-4-5")
                        .system("Be brief.")
                        .message(Role.DEVELOPER, new Part.Text("Speak like a sailor."))
                        .user("Hello")
                        .assistant("Ahoy.")
                        .system("Now speak like a poet.")
                        .user("And now?"));
    }

    @Test
    void onlySystemText() throws Untranslatable {
        golden("system-only", Asking.of("claude-sonnet-4-5").system("Tell a joke."));
    }

    @Test
    void turnsThatDoNotAlternate() throws Untranslatable {
        golden(
                "neighbours",
                Asking.of("claude-sonnet-4-5")
                        .assistant("I begin.")
                        .user("One")
                        .assistant("  ")
                        .user("Two")
                        .user("Three")
                        .assistant("A")
                        .assistant("B ")
                        .user("Go on"));
    }

    @Test
    void imagesAndDocuments() throws Untranslatable {
        golden(
                "images",
                Asking.of("claude-sonnet-4-5")
                        .message(
                                Role.USER,
                                new Part.Text("What is this?", CACHE),
                                image("data:image/png;base64," + PNG),
                                image("https://example.com/cat.jpg"),
                                new Part.Image(null, PNG, "image/jpg", null, CACHE),
                                new Part.Document(
                                        null, "JVBERi0=", null, "application/pdf", "a.pdf", null),
                                new Part.Document(null, "SGVsbG8=", null, "text/plain", null, null),
                                new Part.Document(
                                        "https://example.com/b.pdf",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)));
    }

    @Test
    void tools() throws Untranslatable {
        golden(
                "tools",
                Asking.hello("claude-sonnet-4-5")
                        .weatherTool()
                        .tool(new Tool.Function("now", null, null, true, CACHE))
                        .tool(
                                new Tool.Function(
                                        "loose",
                                        "",
                                        new Json("{ \"properties\": {\"a\": {}} }"),
                                        null,
                                        null))
                        .tool(new Tool.Function("bare", null, new Json("{ }"), null, null))
                        .choice(new ToolChoice.Required())
                        .parallel(false));
    }

    @Test
    void aNamedTool() throws Untranslatable {
        golden(
                "tool-named",
                Asking.hello("claude-sonnet-4-5")
                        .weatherTool()
                        .choice(new ToolChoice.Named("weather")));
    }

    @Test
    void noToolAtAll() throws Untranslatable {
        golden(
                "tool-none",
                Asking.hello("claude-sonnet-4-5")
                        .weatherTool()
                        .choice(new ToolChoice.None())
                        .parallel(false));
    }

    @Test
    void noParallelToolCalls() throws Untranslatable {
        golden("tool-one", Asking.hello("claude-sonnet-4-5").weatherTool().parallel(false));
    }

    @Test
    void parallelCallsAndTheirResults() throws Untranslatable {
        golden(
                "parallel-calls",
                Asking.of("claude-sonnet-4-5")
                        .weatherTool()
                        .user("Paris, Rome and Oslo?")
                        .message(
                                Role.ASSISTANT,
                                new Part.Text("Let me look."),
                                call("call_1", "{\"city\": \"Paris\", \"days\": 1.50}"),
                                call("call_2", "{\"city\": \"Rome\"}"),
                                call("call_3", ""))
                        .user("Quick!")
                        .result("call_2", "Sunny")
                        .result("call_1", "Rain")
                        .result("call_1", "Snow")
                        .result("call_9", "Fog"));
    }

    @Test
    void callsWithOneIdInATurnAreAnsweredInOrder() throws Untranslatable {
        String body =
                Asking.of("claude-sonnet-4-5")
                        .weatherTool()
                        .user("Paris and Rome?")
                        .message(
                                Role.ASSISTANT,
                                call("call_0", "{\"city\": \"Paris\"}"),
                                call("call_0", "{\"city\": \"Rome\"}"))
                        .result("call_0", "Rain")
                        .result("call_0", "Sunny")
                        .body();

        JsonNode results =
                JsonMapper.shared().readTree(body).path("messages").path(2).path("content");
        assertThat(results.path(0).path("tool_use_id").stringValue()).isEqualTo("call_0");
        assertThat(results.path(0).path("content").toString()).contains("Rain");
        assertThat(results.path(1).path("tool_use_id").stringValue()).isEqualTo("call_0_2");
        assertThat(results.path(1).path("content").toString()).contains("Sunny");
    }

    @Test
    void callsWithoutDeclaredTools() throws Untranslatable {
        golden(
                "undeclared-tools",
                Asking.of("claude-sonnet-4-5")
                        .user("Paris?")
                        .message(Role.ASSISTANT, call("functions.weather:0", "{}"))
                        .result("functions.weather:0", "Rain")
                        .message(Role.ASSISTANT, call("functions.weather:0", "{}"))
                        .message(
                                Role.TOOL,
                                new Part.ToolResult(
                                        "functions.weather:0",
                                        List.of(
                                                new Part.Text("Chart:"),
                                                image("data:image/png;base64," + PNG)),
                                        true,
                                        CACHE)));
    }

    @Test
    void customToolCallsInTheHistory() throws Untranslatable {
        golden(
                "custom-calls",
                Asking.of("claude-sonnet-4-5")
                        .weatherTool()
                        .user("Run it")
                        .message(
                                Role.ASSISTANT,
                                new Part.ToolCall("c", "shell", "echo \"hi\"", true, null))
                        .result("c", "hi"));
    }

    @Test
    void reasoningInTheHistory() throws Untranslatable {
        golden(
                "reasoning-history",
                Asking.of("claude-sonnet-4-5")
                        .user("Hello")
                        .message(
                                Role.ASSISTANT,
                                new Part.Reasoning("unsigned", null),
                                new Part.Reasoning("signed", new Seal(Seal.CLAUDE, "c2ln")),
                                new Part.EncryptedReasoning(new Seal(Seal.CLAUDE, "Em")),
                                new Part.Text("Hi"))
                        .user("More"));
    }

    @Test
    void effortAsABudget() throws Untranslatable {
        golden("effort-budget", Asking.hello("claude-sonnet-4-5").effort("high").temperature(0.5));
    }

    @Test
    void effortAsAnEffort() throws Untranslatable {
        golden("effort-adaptive", Asking.hello("claude-sonnet-4-6").effort("medium"));
    }

    @Test
    void effortOfTheNewest() throws Untranslatable {
        golden("effort-newest", Asking.hello("claude-opus-4-8").effort("xhigh"));
    }

    @Test
    void noReasoningWhereItIsTheDefault() throws Untranslatable {
        golden("effort-none", Asking.hello("claude-sonnet-5").effort("none"));
    }

    @Test
    void samplingAndStop() throws Untranslatable {
        golden(
                "sampling",
                Asking.hello("claude-3-5-sonnet-20241022")
                        .maxTokens(100)
                        .sampling(new Sampling(0.7, 0.9, 40, 0.0, 0.0, null))
                        .stop("END", "\n\n", " ")
                        .endUser("user-17"));
    }

    @Test
    void aSchema() throws Untranslatable {
        golden("schema", Asking.hello("claude-sonnet-4-6").effort("low").format(schema(true)));
    }

    @Test
    void aSchemaForAModelThatKnowsNone() throws Untranslatable {
        golden(
                "schema-in-words",
                Asking.of("claude-3-7-sonnet-20250219")
                        .system("Be brief.")
                        .user("Hello")
                        .format(schema(null)));
    }

    @Test
    void jsonMode() throws Untranslatable {
        golden(
                "json-mode",
                Asking.of("claude-sonnet-4-5")
                        .message(Role.SYSTEM, new Part.Text("Answer in JSON.", CACHE))
                        .user("Hello")
                        .format(new ResponseFormat.JsonObject()));
    }

    @Test
    void vertex() throws Untranslatable {
        golden("vertex", Asking.hello("claude-sonnet-4-6").vertex());
    }

    @Test
    void whatTheConfigurationAdds() throws Untranslatable {
        golden(
                "defaults",
                Asking.hello("claude-sonnet-4-5")
                        .maxTokens(50)
                        .standard("max_tokens", "9999")
                        .standard("temperature", "0.25")
                        .standard("stop", "[\"A\",\"B\"]")
                        .standard("service_tier", "\"standard_only\"")
                        .standard("model", "\"never\"")
                        .standard("top_k", "5")
                        .never("top_k"));
    }

    @Test
    void anthropicsOwnMembersFromAChatClient() throws Untranslatable {
        golden(
                "own-members",
                Asking.hello("claude-sonnet-4-5")
                        .maxTokens(20_000)
                        .further("thinking", "{\"type\":\"enabled\",\"budget_tokens\":5000}")
                        .further("container", "\"c_1\""));
    }

    @Test
    void aPrefill() throws Untranslatable {
        golden(
                "prefill",
                Asking.hello("claude-sonnet-4-5")
                        .weatherTool()
                        .choice(new ToolChoice.Required())
                        .effort("high")
                        .format(schema(true))
                        .prefill("Once upon a \n")
                        .leftTokens(77)
                        .withoutReasoning()
                        .withoutFormat()
                        .withoutForcedTool());
    }

    @Test
    void aPrefillBehindTheClientsOwn() throws Untranslatable {
        golden(
                "prefill-twice",
                Asking.hello("claude-sonnet-4-5").assistant("Once ").prefill("upon a"));
    }

    @Test
    void anEmptyPrefill() throws Untranslatable {
        golden("prefill-empty", Asking.hello("claude-sonnet-4-5").prefill(" \n"));
    }

    @Test
    void aContinuationByUserTurn() throws Untranslatable {
        golden(
                "user-turn",
                Asking.hello("claude-sonnet-5")
                        .effort("high")
                        .withoutReasoning()
                        .continuation("Once upon a ", "You were cut off. Go on."));
    }

    private static ResponseFormat schema(@Nullable Boolean strict) {
        return new ResponseFormat.JsonSchema(
                "city",
                null,
                new Json(
                        "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},"
                                + "\"required\":[\"name\"],\"additionalProperties\":false}"),
                strict);
    }

    private static Part.Image image(String url) {
        return new Part.Image(url, null, null, "high", null);
    }

    private static Part.ToolCall call(String id, String arguments) {
        return new Part.ToolCall(id, "weather", arguments, false, null);
    }

    private static void golden(String name, Asking asking) throws Untranslatable {
        Golden.checkJson(name + ".chat-messages.json", asking.body());
    }
}
