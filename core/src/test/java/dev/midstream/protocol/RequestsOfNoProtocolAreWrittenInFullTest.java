package dev.midstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Method;
import dev.midstream.model.Part;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.protocol.messages.MessagesProtocol;
import dev.midstream.protocol.responses.ResponsesProtocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A request made in code goes to upstreams of all protocols. Member names by the API references of
 * OpenAI and Anthropic (2026-11).
 */
class RequestsOfNoProtocolAreWrittenInFullTest {

    private static final Request REQUEST =
            Request.to("group")
                    .system("Be short.")
                    .user("Weather in Rome?")
                    .assistant(
                            new Part.Text("I look."),
                            new Part.ToolCall("c1", "weather", "{\"city\":\"Rome\"}"))
                    .toolResult("c1", "Sun")
                    .user(new Part.Text("And here?"), Part.Image.at("https://x.test/a.png"))
                    .tool("weather", "Tells the weather", "{\"type\":\"object\"}")
                    .toolChoice(new ToolChoice.Auto())
                    .maxTokens(100)
                    .temperature(0.5)
                    .endUser("u-1")
                    .build();

    @Test
    void asAChatRequest() throws Exception {
        assertThat(sent(new ChatProtocol(), "openai", Draft.original(REQUEST, true)))
                .isEqualTo(
                        lines(
                                """
                        {"model":"gpt-5","messages":[
                        {"role":"system","content":"Be short."},
                        {"role":"user","content":"Weather in Rome?"},
                        {"role":"assistant","content":"I look.","tool_calls":[{"id":"c1","type":"function",
                        "function":{"name":"weather","arguments":"{\\"city\\":\\"Rome\\"}"}}]},
                        {"role":"tool","tool_call_id":"c1","content":"Sun"},
                        {"role":"user","content":[{"type":"text","text":"And here?"},
                        {"type":"image_url","image_url":{"url":"https://x.test/a.png"}}]}],
                        "max_completion_tokens":100,"temperature":0.5,
                        "tools":[{"type":"function","function":{"name":"weather",
                        "description":"Tells the weather","parameters":{"type":"object"}}}],
                        "tool_choice":"auto","user":"u-1",
                        "stream":true,"stream_options":{"include_usage":true}}
                        """));
    }

    @Test
    void asAMessagesRequest() throws Exception {
        assertThat(sent(new MessagesProtocol(), "anthropic", Draft.original(REQUEST, true)))
                .isEqualTo(
                        lines(
                                """
                        {"model":"claude-sonnet-4-5","max_tokens":100,"stream":true,
                        "system":"Be short.","messages":[
                        {"role":"user","content":"Weather in Rome?"},
                        {"role":"assistant","content":[{"type":"text","text":"I look."},
                        {"type":"tool_use","id":"c1","name":"weather","input":{"city":"Rome"}}]},
                        {"role":"user","content":[
                        {"type":"tool_result","tool_use_id":"c1","content":"Sun"},
                        {"type":"text","text":"And here?"},
                        {"type":"image","source":{"type":"url","url":"https://x.test/a.png"}}]}],
                        "tools":[{"name":"weather","description":"Tells the weather",
                        "input_schema":{"type":"object"}}],
                        "tool_choice":{"type":"auto"},"temperature":0.5,"metadata":{"user_id":"u-1"}}
                        """));
    }

    @Test
    void asAResponsesRequest() throws Exception {
        assertThat(sent(new ResponsesProtocol(), "openai", Draft.original(REQUEST, true)))
                .isEqualTo(
                        lines(
                                """
                        {"model":"gpt-5","instructions":"Be short.","input":[
                        {"type":"message","role":"user",
                        "content":[{"type":"input_text","text":"Weather in Rome?"}]},
                        {"type":"message","role":"assistant",
                        "content":[{"type":"output_text","text":"I look."}]},
                        {"type":"function_call","call_id":"c1","name":"weather",
                        "arguments":"{\\"city\\":\\"Rome\\"}"},
                        {"type":"function_call_output","call_id":"c1","output":"Sun"},
                        {"type":"message","role":"user","content":[
                        {"type":"input_text","text":"And here?"},
                        {"type":"input_image","image_url":"https://x.test/a.png"}]}],
                        "max_output_tokens":100,"temperature":0.5,
                        "tools":[{"type":"function","name":"weather","description":"Tells the weather",
                        "parameters":{"type":"object"},"strict":false}],
                        "tool_choice":"auto","store":false,"include":["reasoning.encrypted_content"],
                        "user":"u-1","stream":true}
                        """));
    }

    @Test
    void schemasAndReasoningToo() throws Exception {
        Draft draft =
                Draft.original(
                        Request.to("group")
                                .user("Hi")
                                .jsonSchema(
                                        "a",
                                        "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}")
                                .reasoning("low")
                                .build(),
                        false);
        assertThat(sent(new ChatProtocol(), "openai", draft))
                .isEqualTo(
                        lines(
                                """
                        {"model":"gpt-5","messages":[{"role":"user","content":"Hi"}],
                        "response_format":{"type":"json_schema","json_schema":{"name":"a",
                        "schema":{"type":"object","properties":{},"additionalProperties":false},"strict":true}},
                        "reasoning_effort":"low"}
                        """));
        assertThat(sent(new MessagesProtocol(), "anthropic", draft))
                .isEqualTo(
                        lines(
"""
{"model":"claude-sonnet-4-5","max_tokens":33024,"stream":false,
"messages":[{"role":"user","content":"Hi"}],
"output_config":{"format":{"type":"json_schema",
"schema":{"type":"object","properties":{},"additionalProperties":false}}},
"thinking":{"type":"enabled","budget_tokens":1024}}"""));
        assertThat(sent(new ResponsesProtocol(), "openai", draft))
                .isEqualTo(
                        lines(
"""
{"model":"gpt-5","input":[
{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}],
"text":{"format":{"type":"json_schema","name":"a",
"schema":{"type":"object","properties":{},"additionalProperties":false},"strict":true}},
"reasoning":{"effort":"low","summary":"auto"},"store":false,
"include":["reasoning.encrypted_content"]}"""));
    }

    @Test
    void aContinuationStandsBehindTheConversation() throws Exception {
        Request hello = Request.to("group").user("Hi").build();
        Draft draft =
                new Draft(
                        hello,
                        Method.USER_TURN,
                        List.of(
                                Message.of(Message.Role.ASSISTANT, "Hel"),
                                Message.of(Message.Role.USER, "Go on.")),
                        null,
                        true,
                        true,
                        false,
                        true,
                        false);
        assertThat(sent(new ChatProtocol(), "openai", draft))
                .isEqualTo(
                        lines(
                                """
                        {"model":"gpt-5","messages":[{"role":"user","content":"Hi"},
                        {"role":"assistant","content":"Hel"},{"role":"user","content":"Go on."}],
                        "stream":true,"stream_options":{"include_usage":true}}
                        """));
        assertThat(sent(new MessagesProtocol(), "anthropic", draft))
                .isEqualTo(
                        lines(
"""
{"model":"claude-sonnet-4-5","max_tokens":32000,"stream":true,
"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hel"},
{"role":"user","content":"Go on."}]}"""));
        assertThat(sent(new ResponsesProtocol(), "openai", draft))
                .isEqualTo(
                        lines(
"""
{"model":"gpt-5","input":[
{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]},
{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hel"}]},
{"type":"message","role":"user","content":[{"type":"input_text","text":"Go on."}]}],
"store":false,"include":["reasoning.encrypted_content"],"stream":true,
"reasoning":{"effort":"minimal"}}"""));
        Draft rewritten = draft.with(List.of(Message.of(Message.Role.USER, "Again.")));
        assertThat(sent(new ChatProtocol(), "openai", rewritten))
                .contains("Again.")
                .doesNotContain("Go on.", "Hel");
    }

    /** Nothing of the client's own protocol survives a rewriting, whoever is asked. */
    @Test
    void whatWasBoundToAProtocolIsNotWritten() throws Exception {
        byte[] body =
                ("{\"model\":\"group\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                                + "\"logit_bias\":{\"1\":2},\"prompt_cache_key\":\"k\"}")
                        .getBytes(StandardCharsets.UTF_8);
        Request chat = new ChatProtocol().parse(body, name -> null);
        Draft draft = Draft.original(chat, false);
        Draft rewritten = draft.of(chat.with(List.of(Message.of(Message.Role.USER, "Ho"))));

        assertThat(sent(new ChatProtocol(), "openai", draft)).contains("logit_bias", "Hi");
        for (UpstreamProtocol each :
                List.of(new ChatProtocol(), new MessagesProtocol(), new ResponsesProtocol())) {
            assertThat(sent(each, "openai", rewritten))
                    .contains("Ho")
                    .doesNotContain("logit_bias", "prompt_cache_key", "Hi");
            assertThat(each.headers(rewritten, target(each, "openai"))).isEmpty();
        }
    }

    @Test
    void aFormOfAProtocolsOwnIsRefusedWithItsPlace() {
        Request odd =
                Request.to("group")
                        .user(new Part.Unknown("odd", "messages[0]", new Json("{}")))
                        .build();
        for (UpstreamProtocol each :
                List.of(new ChatProtocol(), new MessagesProtocol(), new ResponsesProtocol())) {
            assertThatThrownBy(() -> sent(each, "openai", Draft.original(odd, true)))
                    .isInstanceOf(Untranslatable.class)
                    .hasMessageContaining("messages[0]");
        }
    }

    /** Broken into lines to be read; the text has no line breaks. */
    private static String lines(String text) {
        return text.replace("\n", "");
    }

    private static String sent(UpstreamProtocol protocol, String provider, Draft draft)
            throws Untranslatable {
        byte[] sent = protocol.encode(draft, target(protocol, provider));
        return new String(sent, StandardCharsets.UTF_8);
    }

    private static Target target(UpstreamProtocol protocol, String provider) {
        String model = provider.equals("anthropic") ? "claude-sonnet-4-5" : "gpt-5";
        return new Target(
                "d",
                "group",
                provider,
                model,
                protocol.name(),
                "",
                Map.of(),
                false,
                List.of(),
                List.of());
    }
}
