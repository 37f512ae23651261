package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.Reasoning;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.Step.Usage;
import org.junit.jupiter.api.Test;

class ChatStreamIsWrittenAsOpenAiWritesItTest {

    @Test
    void opensWithTheRoleAndEndsWithUsageAndDoneWhenUsageIsAsked() {
        try (var provider = ScriptedProvider.start("openai", Dialect.chat())) {
            provider.enqueue(Answer.text("Once", " upon"));

            assertThat(ChatRequests.textOf(provider, ChatRequests.STREAM_WITH_USAGE))
                    .isEqualTo(
                            event(
                                            "{'role':'assistant','content':'','refusal':null}",
                                            "null",
                                            ",'usage':null")
                                    + event("{'content':'Once'}", "null", ",'usage':null")
                                    + event("{'content':' upon'}", "null", ",'usage':null")
                                    + event("{}", "'stop'", ",'usage':null")
                                    + data(
                                            HEAD
                                                    + "'choices':[],'usage':{'prompt_tokens':9,"
                                                    + "'completion_tokens':2,'total_tokens':11,"
                                                    + "'prompt_tokens_details':{'cached_tokens':0},"
                                                    + "'completion_tokens_details':"
                                                    + "{'reasoning_tokens':0}}}")
                                    + "data: [DONE]\n\n");
        }
    }

    @Test
    void saysNothingAboutUsageWhenItIsNotAsked() {
        try (var provider = ScriptedProvider.start("openai", Dialect.chat())) {
            provider.enqueue(Answer.text("Once"));

            assertThat(ChatRequests.textOf(provider, ChatRequests.STREAM))
                    .isEqualTo(
                            event("{'role':'assistant','content':'','refusal':null}", "null", "")
                                    + event("{'content':'Once'}", "null", "")
                                    + event("{}", "'stop'", "")
                                    + "data: [DONE]\n\n");
        }
    }

    @Test
    void namesAToolCallOnceAndThenSendsItsArgumentsByIndex() {
        try (var provider = ScriptedProvider.start("openai", Dialect.chat())) {
            provider.enqueue(
                    Answer.of(
                            new ToolCall("call_1", "read", "{\"a", "\":1}"),
                            new ToolCall("call_2", "write", "{}"),
                            new Finish("tool_calls"),
                            new Done()));

            assertThat(ChatRequests.textOf(provider, ChatRequests.STREAM))
                    .contains(
                            event(
                                            "{'tool_calls':[{'index':0,'id':'call_1','type':'function',"
                                                    + "'function':{'name':'read','arguments':''}}]}",
                                            "null",
                                            "")
                                    + event(
                                            "{'tool_calls':[{'index':0,'function':"
                                                    + "{'arguments':'{\\\"a'}}]}",
                                            "null",
                                            "")
                                    + event(
                                            "{'tool_calls':[{'index':0,'function':"
                                                    + "{'arguments':'\\\":1}'}}]}",
                                            "null",
                                            "")
                                    + event(
                                            "{'tool_calls':[{'index':1,'id':'call_2','type':'function',"
                                                    + "'function':{'name':'write','arguments':''}}]}",
                                            "null",
                                            ""));
        }
    }

    @Test
    void givesTheSameScriptAsOneDocumentToWhoDoesNotAskForAStream() {
        try (var provider = ScriptedProvider.start("openai", Dialect.chat())) {
            provider.enqueue(
                    Answer.of(
                            new Reasoning("Hm."),
                            new Text("Once"),
                            new Text(" upon"),
                            new ToolCall("call_1", "read", "{\"a", "\":1}"),
                            new Finish("tool_calls"),
                            new Usage(9, 4),
                            new Done()));

            assertThat(ChatRequests.textOf(provider, ChatRequests.PLAIN))
                    .isEqualTo(
                            quoted(
                                    "{'id':'chatcmpl-openai-1','object':'chat.completion',"
                                            + "'created':1770000001,'model':'gpt-x','choices':["
                                            + "{'index':0,'message':{'role':'assistant',"
                                            + "'content':'Once upon','refusal':null,"
                                            + "'reasoning_content':'Hm.','tool_calls':[{"
                                            + "'id':'call_1','type':'function','function':{"
                                            + "'name':'read','arguments':'{\\\"a\\\":1}'}}]},"
                                            + "'logprobs':null,'finish_reason':'tool_calls'}],"
                                            + "'usage':{'prompt_tokens':9,'completion_tokens':4,"
                                            + "'total_tokens':13,'prompt_tokens_details':"
                                            + "{'cached_tokens':0},'completion_tokens_details':"
                                            + "{'reasoning_tokens':0}},'service_tier':'default',"
                                            + "'system_fingerprint':'fp_openai'}"));
        }
    }

    private static final String HEAD =
            "{'id':'chatcmpl-openai-1','object':'chat.completion.chunk','created':1770000001,"
                    + "'model':'gpt-x','service_tier':'default','system_fingerprint':'fp_openai',";

    private static String event(String delta, String finishReason, String more) {
        return data(
                HEAD
                        + "'choices':[{'index':0,'delta':"
                        + delta
                        + ",'logprobs':null,'finish_reason':"
                        + finishReason
                        + "}]"
                        + more
                        + "}");
    }

    private static String data(String json) {
        return "data: " + quoted(json) + "\n\n";
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
