package dev.midstream.protocol.messages;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests after Anthropic's API reference, and as Claude Code 2.1 sends them (2026-11). */
class MessagesRequestsAreReadTest {

    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private static Request with(String members) {
        return Showing.request(
                "{\"model\":\"claude\",\"max_tokens\":9," + HI + "," + members + "}");
    }

    private static List<Message> turns(String turns) {
        return Showing.request(
                        "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[" + turns + "]}")
                .messages();
    }

    private static List<Part> user(String blocks) {
        return turns("{\"role\":\"user\",\"content\":[" + blocks + "]}").getFirst().parts();
    }

    @Test
    void theShortestRequestIsRead() {
        Request request = Showing.request("{\"model\":\"claude\",\"max_tokens\":9," + HI + "}");
        assertThat(request.protocol()).isEqualTo(MessagesProtocol.NAME);
        assertThat(request.model()).isEqualTo("claude");
        assertThat(request.stream()).isFalse();
        assertThat(request.streamUsage()).isTrue();
        assertThat(request.maxTokens()).isEqualTo(9);
        assertThat(request.messages()).containsExactly(Message.of(Role.USER, "Hi"));
        assertThat(request.sampling()).isEqualTo(Sampling.NONE);
        assertThat(request.reasoning()).isNull();
        assertThat(request.further()).isEmpty();
    }

    @Test
    void theSystemSpeaksFirstAndInBetween() {
        Request request =
                with(
                        "\"system\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":"
                                + "{\"type\":\"ephemeral\"}},{\"type\":\"text\",\"text\":\"\"}]");
        assertThat(request.messages().getFirst())
                .isEqualTo(
                        new Message(
                                Role.SYSTEM,
                                List.of(new Part.Text("a", new Json("{\"type\":\"ephemeral\"}")))));
        assertThat(with("\"system\":\"be brief\"").messages().getFirst())
                .isEqualTo(Message.of(Role.SYSTEM, "be brief"));
        assertThat(
                        turns(
                                "{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"y\"},"
                                        + "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"z\"}]}"))
                .containsExactly(
                        Message.of(Role.USER, "x"),
                        Message.of(Role.USER, "y"),
                        Message.of(Role.SYSTEM, "z"));
    }

    @Test
    void imagesAndDocumentsAreRead() {
        assertThat(
                        user(
                                "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\","
                                        + "\"data\":\"AA\"}},{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x\"}},"
                                        + "{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}"))
                .containsExactly(
                        new Part.Image(null, "AA", "image/png", null, null),
                        new Part.Image("https://x", null, null, null, null),
                        new Part.Unknown(
                                "image",
                                "messages[0].content[2]",
                                new Json(
                                        "{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}")));
        assertThat(
                        user(
                                "{\"type\":\"document\",\"title\":\"T\",\"source\":{\"type\":\"base64\","
                                        + "\"media_type\":\"application/pdf\",\"data\":\"AA\"}},"
                                        + "{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://x\"}},"
                                        + "{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}},"
                                        + "{\"type\":\"document\",\"title\":\"T\",\"source\":{\"type\":\"text\","
                                        + "\"media_type\":\"text/plain\",\"data\":\"words\"}},"
                                        + "{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":["
                                        + "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}}"))
                .containsExactly(
                        new Part.Document(null, "AA", null, "application/pdf", "T", null),
                        new Part.Document("https://x", null, null, null, null, null),
                        new Part.Document(null, null, "f", null, null, null),
                        new Part.Text("<document title=\"T\">\nwords\n</document>"),
                        new Part.Text("<document>\n"),
                        new Part.Text("a"),
                        new Part.Text("b"),
                        new Part.Text("\n</document>"));
    }

    @Test
    void callsResultsAndReasoningAreRead() {
        List<Message> turns =
                turns(
                        "{\"role\":\"assistant\",\"content\":["
                                + "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"sig\"},"
                                + "{\"type\":\"thinking\",\"thinking\":\"cut\",\"signature\":\"\"},"
                                + "{\"type\":\"thinking\",\"thinking\":\"bare\"},"
                                + "{\"type\":\"redacted_thinking\",\"data\":\"d\"},"
                                + "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"f\",\"input\":{ \"a\":1.0}}]},"
                                + "{\"role\":\"user\",\"content\":[{\"tool_use_id\":\"t1\",\"type\":\"tool_result\","
                                + "\"is_error\":true,\"content\":[{\"type\":\"text\",\"text\":\"no\"},"
                                + "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x\"}},"
                                + "{\"type\":\"tool_reference\",\"tool_name\":\"g\"}]},"
                                + "{\"tool_use_id\":\"t1\",\"type\":\"tool_result\",\"content\":\"yes\"},"
                                + "{\"tool_use_id\":\"t1\",\"type\":\"tool_result\"}]}");
        assertThat(turns.get(0).parts())
                .containsExactly(
                        new Part.Reasoning("hm", new Seal(Seal.CLAUDE, "sig")),
                        new Part.Reasoning("cut", null),
                        new Part.Reasoning("bare", null),
                        new Part.EncryptedReasoning(new Seal(Seal.CLAUDE, "d")),
                        new Part.ToolCall("t1", "f", "{ \"a\":1.0}", false, null));
        assertThat(turns.get(1).parts())
                .containsExactly(
                        new Part.ToolResult(
                                "t1",
                                List.of(
                                        new Part.Text("no"),
                                        new Part.Image("https://x", null, null, null, null),
                                        new Part.Text("Tool found: g")),
                                true,
                                null),
                        new Part.ToolResult("t1", List.of(new Part.Text("yes")), false, null),
                        new Part.ToolResult("t1", List.of(), false, null));
    }

    @Test
    void reasoningOfAnotherMakerIsKnownAgain() {
        String sealed = new Seal("openai:acct", "enc").written(Seal.CLAUDE);
        assertThat(
                        turns(
                                        "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"\","
                                                + "\"signature\":\""
                                                + sealed
                                                + "\"}]}")
                                .getFirst()
                                .parts())
                .containsExactly(new Part.Reasoning("", new Seal("openai:acct", "enc")));
    }

    @Test
    void whatIsNotKnownKeepsItsPlace() {
        String block = "{\"type\":\"search_result\",\"source\":\"s\",\"n\":1e400}";
        assertThat(user("{\"type\":\"text\",\"text\":\"x\"}," + block))
                .last()
                .isEqualTo(
                        new Part.Unknown(
                                "search_result", "messages[0].content[1]", new Json(block)));
        assertThat(user("{\"type\":\"text\",\"text\":\"\"}," + block)).hasSize(1);
    }

    @Test
    void toolsAreRead() {
        Request request =
                with(
                        "\"tools\":[{\"name\":\"f\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\"},"
                                + "\"cache_control\":{\"type\":\"ephemeral\"},\"defer_loading\":true},"
                                + "{\"type\":\"custom\",\"name\":\"g\",\"input_schema\":{},\"strict\":true},"
                                + "{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}],"
                                + "\"tool_choice\":{\"type\":\"tool\",\"name\":\"f\",\"disable_parallel_tool_use\":true}");
        assertThat(request.tools())
                .containsExactly(
                        new Tool.Function(
                                "f",
                                "d",
                                new Json("{\"type\":\"object\"}"),
                                null,
                                new Json("{\"type\":\"ephemeral\"}")),
                        new Tool.Function("g", null, new Json("{}"), true, null),
                        new Tool.Native(
                                "web_search_20250305",
                                "tools[2]",
                                new Json(
                                        "{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}")));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f"));
        assertThat(request.parallelToolCalls()).isFalse();
        assertThat(with("\"tool_choice\":{\"type\":\"any\"}").toolChoice())
                .isEqualTo(new ToolChoice.Required());
        assertThat(with("\"tool_choice\":{\"type\":\"none\"}").toolChoice())
                .isEqualTo(new ToolChoice.None());
        assertThat(with("\"tool_choice\":{\"type\":\"auto\"}").toolChoice())
                .isEqualTo(new ToolChoice.Auto());
    }

    @Test
    void thinkingEffortAndFormatAreRead() {
        assertThat(with("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}").reasoning())
                .isEqualTo(new ReasoningRequest(null, 2000, true, true));
        Request adaptive =
                with(
                        "\"thinking\":{\"type\":\"adaptive\",\"display\":\"updates\"},\"output_config\":{"
                                + "\"effort\":\"high\",\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}");
        assertThat(adaptive.reasoning()).isEqualTo(new ReasoningRequest("high", null, true, true));
        assertThat(
                        with("\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}")
                                .reasoning()
                                .shown())
                .isFalse();
        assertThat(adaptive.format())
                .isEqualTo(
                        new ResponseFormat.JsonSchema(
                                "answer", null, new Json("{\"type\":\"object\"}"), null));
        assertThat(with("\"thinking\":{\"type\":\"disabled\"}").reasoning())
                .satisfies(asked -> assertThat(asked.asked()).isFalse());
    }

    @Test
    void parametersAreRead() {
        Request request =
                with(
                        "\"temperature\":0.5,\"top_p\":0.9,\"top_k\":5,\"stop_sequences\":[\"END\"],"
                                + "\"stream\":true,\"metadata\":{\"user_id\":\"u\"},\"context_management\":{\"edits\":[]},"
                                + "\"container\":\"c\",\"num_retries\":0");
        assertThat(request.sampling()).isEqualTo(new Sampling(0.5, 0.9, 5, null, null, null));
        assertThat(request.stop()).containsExactly("END");
        assertThat(request.stream()).isTrue();
        assertThat(request.user()).isEqualTo("u");
        assertThat(request.further()).containsOnlyKeys("container", "num_retries");
        assertThat(with("\"metadata\":{\"user_id\":\"" + "u".repeat(65) + "\"}").user()).isNull();
    }

    @Test
    void headersOfTheProtocolAreKept() throws InvalidRequest {
        Map<String, String> headers =
                Map.of("anthropic-beta", "a,b", "anthropic-version", "2023-06-01", "x-app", "cli");
        byte[] body =
                ("{\"model\":\"claude\",\"max_tokens\":9," + HI + "}")
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(new MessagesProtocol().parse(body, headers::get).headers())
                .isEqualTo(Map.of("anthropic-beta", "a,b", "anthropic-version", "2023-06-01"));
    }

    @Test
    void fallbacksAreAnthropicsUnderTheirBetaOnly() throws InvalidRequest {
        byte[] body =
                ("{\"model\":\"claude\",\"max_tokens\":9,\"fallbacks\":[{\"model\":\"m\"}],"
                                + HI
                                + "}")
                        .getBytes(StandardCharsets.UTF_8);
        MessagesProtocol protocol = new MessagesProtocol();
        assertThat(protocol.parse(body).further()).containsOnlyKeys("fallbacks");
        Map<String, String> beta = Map.of("anthropic-beta", "x,server-side-fallback-2026-06-01");
        assertThat(protocol.parse(body, beta::get).further()).isEmpty();
    }

    @Test
    void tokensAreCountedWithoutALimit() throws InvalidRequest {
        byte[] body = ("{\"model\":\"claude\"," + HI + "}").getBytes(StandardCharsets.UTF_8);
        assertThat(new MessagesProtocol().parseCount(body, name -> null).maxTokens()).isNull();
    }

    /** A quote for each apostrophe; what the message begins with. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|The request body is not a JSON object",
                "{'model':'m'|The request body is not valid JSON",
                "{'model':'m'} x|The request body is not valid JSON",
                "{'messages':[]}|model: Field required",
                "{'model':7}|model: Input should be a valid string",
                "{'model':'m','messages':[{'role':'user','content':'x'}]}|max_tokens: Field required",
                "{'model':'m','max_tokens':0,'messages':[{'role':'user','content':'x'}]}|max_tokens: must be greater",
                "{'model':'m','max_tokens':1.5,'messages':[{'role':'user','content':'x'}]}|max_tokens: Input should be a valid integer",
                "{'model':'m','max_tokens':null,'messages':[{'role':'user','content':'x'}]}|max_tokens: Input should be a valid integer",
                "{'model':'m','max_tokens':9}|messages: Field required",
                "{'model':'m','max_tokens':9,'messages':[]}|messages: at least one message is required",
                "{'model':'m','max_tokens':9,'messages':{}}|messages: Input should be a valid list",
                "{'model':'m','max_tokens':9,'messages':['x']}|messages.0: Input should be a valid dictionary",
                "{'model':'m','max_tokens':9,'messages':[{'content':'x'}]}|messages.0.role: Field required",
                "{'model':'m','max_tokens':9,'messages':[{'role':'tool','content':'x'}]}|messages.0.role: Input should be",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user'}]}|messages.0.content: Field required",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':7}]}|messages.0.content: Input should be a valid string or list",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{}]}]}|messages.0.content.0.type: Field required",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'text'}]}]}|messages.0.content.0.text: Field required",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':''}]}|messages: at least one message must",
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'t'}]}]}|messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: t",
                "{'model':'m','max_tokens':9,'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{}},{'type':'tool_use','id':'t','name':'f','input':{}}]}]}|messages.0.content.1: `tool_use` ids must be unique",
                "{'model':'m','max_tokens':9,'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':'x'}]}]}|messages.0.content.0.input: Input should be a valid dictionary",
                "{'model':'m','max_tokens':9,'tools':[{'name':'f'}],'messages':[{'role':'user','content':'x'}]}|tools.0.input_schema: Field required",
                "{'model':'m','max_tokens':9,'tool_choice':{'type':'x'},'messages':[{'role':'user','content':'x'}]}|tool_choice: Input tag 'x'",
                "{'model':'m','max_tokens':9,'thinking':{'type':'x'},'messages':[{'role':'user','content':'x'}]}|thinking: Input tag 'x'",
                "{'model':'m','max_tokens':9,'thinking':{'type':'enabled'},'messages':[{'role':'user','content':'x'}]}|thinking.budget_tokens: Field required",
                "{'model':'m','max_tokens':9,'temperature':'hot','messages':[{'role':'user','content':'x'}]}|temperature: Input should be a valid number",
                "{'model':'m','max_tokens':9,'stop_sequences':[1],'messages':[{'role':'user','content':'x'}]}|stop_sequences.0: Input should be a valid string",
                "{'model':'m','max_tokens':9,'api_base':'x','messages':[{'role':'user','content':'x'}]}|api_base: Extra inputs",
            })
    void whatIsWrongIsSaidAsAnthropicSaysIt(String body, String message) {
        InvalidRequest invalid =
                catchThrowableOfType(
                        InvalidRequest.class,
                        () ->
                                new MessagesProtocol()
                                        .parse(
                                                body.replace('\'', '"')
                                                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(invalid.status()).isEqualTo(400);
        assertThat(invalid.getMessage()).startsWith(message);
    }

    @Test
    void noInputThrowsAnythingElse() {
        String body =
                "{\"model\":\"m\",\"max_tokens\":9,\"system\":[{\"type\":\"text\",\"text\":\"s\"}],\"messages\":[{\"role\":"
                        + "\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"a\":[1]}}]},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"é\"}]}],"
                        + "\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"thinking\":{\"type\":\"adaptive\"}}";
        byte[] whole = body.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < whole.length; at++) {
            for (byte odd : new byte[] {0, '"', '[', '}', '7', (byte) 0xff}) {
                byte[] broken = whole.clone();
                broken[at] = odd;
                try {
                    new MessagesProtocol().parse(broken);
                } catch (InvalidRequest said) {
                    assertThat(said.getMessage()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void tooDeepIsRefused() {
        String deep = "[".repeat(600) + "]".repeat(600);
        InvalidRequest invalid =
                catchThrowableOfType(
                        InvalidRequest.class,
                        () ->
                                new MessagesProtocol()
                                        .parse(
                                                ("{\"model\":" + deep + "}")
                                                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(invalid).hasMessageContaining("nested too deeply");
    }

    @Test
    void tokensAreEstimated() {
        assertThat(TokenCount.of(turnsOf("abcdefgh"))).isEqualTo(6);
        assertThat(TokenCount.of(turnsOf("é".repeat(8)))).isEqualTo(8);
        assertThat(
                        TokenCount.of(
                                with(
                                        "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}]")))
                .isEqualTo(300 + 8 + 1 + 5 + 4 + 1);
    }

    private static Request turnsOf(String text) {
        return Showing.request(
                "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\""
                        + text
                        + "\"}]}");
    }
}
