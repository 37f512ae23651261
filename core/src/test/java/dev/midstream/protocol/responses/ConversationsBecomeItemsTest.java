package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Json;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Sampling;
import dev.midstream.model.Seal;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.Untranslatable;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Chat's and Messages' requests as OpenAI's Responses API takes them (API reference, read 2026-11).
 */
class ConversationsBecomeItemsTest {

    private static final String END = "'store':false,'include':['reasoning.encrypted_content']}";
    private static final String HI =
            "{'type':'message','role':'user','content':[{'type':'input_text','text':'Hi'}]}";

    private static void becomes(ResponsesAsking asking, String body) throws Untranslatable {
        assertThat(asking.sent()).isEqualTo(body.replace('\'', '"'));
    }

    private static void refuses(ResponsesAsking asking, String param) {
        assertThatThrownBy(asking::sent)
                .isInstanceOfSatisfying(
                        Untranslatable.class, e -> assertThat(e.param()).isEqualTo(param));
    }

    private static Part.ToolCall call(String id) {
        return new Part.ToolCall(id, "f", "{\"a\":1}", false, null);
    }

    private static Part.ToolResult result(String id, Part... content) {
        return new Part.ToolResult(id, List.of(content), false, null);
    }

    @Test
    void leadingSystemTurnsAreInstructionsAndLaterOnesDevelopers() throws Untranslatable {
        becomes(
                ResponsesAsking.of("gpt-5")
                        .message(Role.SYSTEM, new Part.Text("a"), new Part.Text("b"))
                        .message(Role.DEVELOPER, new Part.Text("c"))
                        .user("Hi")
                        .message(Role.SYSTEM, new Part.Text("d")),
                "{'model':'gpt-5','instructions':'a\\n\\nb\\n\\nc','input':["
                        + HI
                        + ",{'type':'message','role':'developer','content':[{'type':'input_text',"
                        + "'text':'d'}]}],"
                        + END);
    }

    @Test
    void turnsOfEveryKindBecomeItems() throws Untranslatable {
        becomes(
                ResponsesAsking.of("gpt-5")
                        .message(
                                Role.USER,
                                new Part.Text("look"),
                                new Part.Image(null, "QUJD", "image/jpeg", "low", null),
                                new Part.Image("https://x/y.png", null, null, null, null),
                                new Part.Document(
                                        null, "UERG", null, "application/pdf", "a.pdf", null),
                                new Part.Document(null, null, "file-1", null, null, null),
                                new Part.Document("https://x/z.pdf", null, null, null, null, null))
                        .message(
                                Role.ASSISTANT,
                                new Part.Text("well"),
                                new Part.Refusal("no"),
                                call("call_1"),
                                new Part.ToolCall("call_2", "patch", "free", true, null))
                        .message(Role.TOOL, result("call_1", new Part.Text("42")))
                        .message(
                                Role.USER,
                                result(
                                        "call_2",
                                        new Part.Text("pic"),
                                        new Part.Image(null, "QUJD", null, null, null)),
                                new Part.Text("go")),
                "{'model':'gpt-5','input':["
                        + "{'type':'message','role':'user','content':["
                        + "{'type':'input_text','text':'look'},"
                        + "{'type':'input_image','image_url':'data:image/jpeg;base64,QUJD',"
                        + "'detail':'low'},"
                        + "{'type':'input_image','image_url':'https://x/y.png'},"
                        + "{'type':'input_file','filename':'a.pdf',"
                        + "'file_data':'data:application/pdf;base64,UERG'},"
                        + "{'type':'input_file','file_id':'file-1'},"
                        + "{'type':'input_file','file_url':'https://x/z.pdf'}]},"
                        + "{'type':'message','role':'assistant','content':["
                        + "{'type':'output_text','text':'well'},"
                        + "{'type':'refusal','refusal':'no'}]},"
                        + "{'type':'function_call','call_id':'call_1','name':'f',"
                        + "'arguments':'{\\'a\\':1}'},"
                        + "{'type':'custom_tool_call','call_id':'call_2','name':'patch',"
                        + "'input':'free'},"
                        + "{'type':'function_call_output','call_id':'call_1','output':'42'},"
                        + "{'type':'custom_tool_call_output','call_id':'call_2','output':["
                        + "{'type':'input_text','text':'pic'},"
                        + "{'type':'input_image','image_url':'data:image/png;base64,QUJD'}]},"
                        + "{'type':'message','role':'user','content':["
                        + "{'type':'input_text','text':'go'}]}],"
                        + END);
    }

    @Test
    void reasoningGoesBackToItsMakerOnly() throws Untranslatable {
        becomes(
                ResponsesAsking.of("gpt-5")
                        .message(
                                Role.ASSISTANT,
                                new Part.Reasoning("why", new Seal("openai:key-1", "gAAA")),
                                call("c"),
                                new Part.Reasoning("x", new Seal(Seal.CLAUDE, "sig")),
                                new Part.Reasoning("y", null),
                                new Part.EncryptedReasoning(new Seal("openai:key-1", "gBBB")))
                        .message(Role.TOOL, result("c", new Part.Text("1"))),
                "{'model':'gpt-5','input':["
                        + "{'type':'reasoning','summary':[{'type':'summary_text','text':'why'}],"
                        + "'encrypted_content':'gAAA'},"
                        + "{'type':'function_call','call_id':'c','name':'f',"
                        + "'arguments':'{\\'a\\':1}'},"
                        + "{'type':'function_call_output','call_id':'c','output':'1'}],"
                        + END);
    }

    @Test
    void refusedReasoningIsLeftOut() throws Untranslatable {
        assertThat(
                        ResponsesAsking.of("gpt-5")
                                .message(
                                        Role.ASSISTANT,
                                        new Part.Reasoning("why", new Seal("openai:key-1", "gAAA")),
                                        new Part.Text("so"))
                                .user("Hi")
                                .withoutOldReasoning()
                                .sent())
                .doesNotContain("gAAA");
    }

    @Test
    void callsAndResultsThatLostEachOtherAreMended() throws Untranslatable {
        becomes(
                ResponsesAsking.of("gpt-5")
                        .message(Role.ASSISTANT, call("c"))
                        .message(Role.USER, result("other", new Part.Text("1"))),
                "{'model':'gpt-5','input':["
                        + "{'type':'function_call','call_id':'c','name':'f',"
                        + "'arguments':'{\\'a\\':1}'},"
                        + "{'type':'function_call_output','call_id':'c',"
                        + "'output':'No result of this call was recorded.'},"
                        + "{'type':'message','role':'user','content':["
                        + "{'type':'input_text','text':'<tool_result id=\\'other\\'>'},"
                        + "{'type':'input_text','text':'1'},"
                        + "{'type':'input_text','text':'</tool_result>'}]}],"
                        + END);
    }

    @Test
    void longCallIdsAreShortenedAlike() throws Untranslatable {
        String id = "x".repeat(300);
        String sent =
                ResponsesAsking.of("gpt-5")
                        .message(Role.ASSISTANT, call(id))
                        .message(Role.TOOL, result(id, new Part.Text("1")))
                        .sent();

        assertThat(sent).doesNotContain(id);
        assertThat(sent.split("\"call_id\":\"call_[0-9a-f]{40}\"", -1)).hasSize(3);
    }

    @Test
    void toolsAreNotStrictUnlessAskedToBe() throws Untranslatable {
        becomes(
                ResponsesAsking.hello()
                        .tool(new Tool.Function("f", "does", new Json("{}"), null, null))
                        .tool(new Tool.Function("g", null, null, true, null))
                        .tool(
                                new Tool.Custom(
                                        "p",
                                        null,
                                        new Json(
                                                "{\"type\":\"grammar\",\"grammar\":{\"syntax\":"
                                                        + "\"lark\",\"definition\":\"x\"}}")))
                        .choice(new ToolChoice.Named("p"))
                        .parallel(false),
                "{'model':'gpt-5','input':["
                        + HI
                        + "],'tools':["
                        + "{'type':'function','name':'f','description':'does','parameters':{},"
                        + "'strict':false},"
                        + "{'type':'function','name':'g','parameters':{'type':'object',"
                        + "'properties':{}},'strict':true},"
                        + "{'type':'custom','name':'p','format':{'type':'grammar',"
                        + "'syntax':'lark','definition':'x'}}],"
                        + "'tool_choice':{'type':'custom','name':'p'},'parallel_tool_calls':false,"
                        + END);
    }

    @Test
    void aForcedToolGivesWayToAContinuation() throws Untranslatable {
        assertThat(
                        ResponsesAsking.hello()
                                .tool(new Tool.Function("f", null, null, null, null))
                                .choice(new ToolChoice.Required())
                                .withoutForcedTool()
                                .sent())
                .contains("\"tool_choice\":\"auto\"");
    }

    @Test
    void schemasAndLimitsAreTranslated() throws Untranslatable {
        becomes(
                ResponsesAsking.hello()
                        .maxTokens(5)
                        .format(
                                new ResponseFormat.JsonSchema(
                                        "n", null, new Json("{\"type\":\"object\"}"), true))
                        .further("verbosity", "'low'")
                        .endUser("u1")
                        .streaming(),
                "{'model':'gpt-5','input':["
                        + HI
                        + "],'max_output_tokens':16,'text':{'format':{'type':'json_schema','name':'n',"
                        + "'schema':{'type':'object'},'strict':true},'verbosity':'low'},"
                        + "'store':false,'include':['reasoning.encrypted_content'],"
                        + "'user':'u1','stream':true}");
        assertThat(
                        ResponsesAsking.hello()
                                .format(new ResponseFormat.JsonObject())
                                .withoutFormat()
                                .sent())
                .doesNotContain("json_object");
    }

    @Test
    void reasoningIsAskedForByEffort() throws Untranslatable {
        assertThat(effort("high", null, false)).contains("\"reasoning\":{\"effort\":\"high\"}");
        assertThat(effort(null, 31999, true))
                .contains("\"reasoning\":{\"effort\":\"high\",\"summary\":\"auto\"}");
        assertThat(effort(null, null, true)).contains("\"reasoning\":{\"summary\":\"auto\"}");
        assertThat(effort("max", null, false)).contains("\"reasoning\":{\"effort\":\"xhigh\"}");
        assertThat(
                        ResponsesAsking.hello()
                                .reasoning(new ReasoningRequest(null, null, false, true))
                                .sent())
                .contains("\"reasoning\":{\"effort\":\"minimal\"}");
    }

    private static String effort(String effort, Integer budget, boolean shown)
            throws Untranslatable {
        return ResponsesAsking.hello()
                .reasoning(new ReasoningRequest(effort, budget, true, shown))
                .sent();
    }

    @Test
    void aContinuationReasonsAsLittleAsItCan() throws Untranslatable {
        assertThat(
                        ResponsesAsking.hello()
                                .reasoning(new ReasoningRequest("high", null, null, false))
                                .continuing("Once", "Go on")
                                .withoutReasoning()
                                .sent())
                .contains(
                        "\"text\":\"Once\"",
                        "\"text\":\"Go on\"",
                        "\"reasoning\":{\"effort\":\"minimal\"}");
    }

    @Test
    void whatTheApiLacksIsRefusedByNameOrDropped() throws Untranslatable {
        Sampling seeded = new Sampling(null, null, null, null, null, 7L);
        refuses(ResponsesAsking.hello().stop("x"), "stop");
        refuses(ResponsesAsking.hello().choices(2), "n");
        refuses(ResponsesAsking.hello().sampling(seeded), "seed");
        refuses(
                ResponsesAsking.hello().sampling(new Sampling(null, null, null, 0.5, null, null)),
                "frequency_penalty");
        refuses(ResponsesAsking.hello().further("logit_bias", "{'1':2}"), "logit_bias");
        refuses(
                ResponsesAsking.hello()
                        .tool(new Tool.Native("web_search", "tools[0]", Json.EMPTY_OBJECT)),
                "tools[0]");
        refuses(
                ResponsesAsking.of("gpt-5")
                        .message(
                                Role.USER,
                                new Part.Unknown(
                                        "video", "messages[0].content[0]", Json.EMPTY_OBJECT)),
                "messages[0].content[0]");
        becomes(
                ResponsesAsking.hello()
                        .stop("x")
                        .choices(2)
                        .sampling(new Sampling(0.3, null, null, 0.5, null, 7L))
                        .further("logit_bias", "{'1':2}")
                        .dropping(),
                "{'model':'gpt-5','input':[" + HI + "]," + END);
    }

    @Test
    void whatSaysNothingIsLeftOut() throws Untranslatable {
        becomes(
                ResponsesAsking.hello()
                        .sampling(new Sampling(null, null, null, 0.0, 0.0, null))
                        .further("logprobs", "false")
                        .further("metadata", "{'a':'b'}")
                        .endUser("u".repeat(65)),
                "{'model':'gpt-5','input':[" + HI + "]," + END);
    }

    @Test
    void modelsWithoutReasoningAreNotAskedForIt() throws Untranslatable {
        becomes(
                ResponsesAsking.of("gpt-4o").user("Hi"),
                "{'model':'gpt-4o','input':[" + HI + "],'store':false}");
    }

    @Test
    void theProviderKeepsOnlyWhatItIsAskedToKeep() throws Untranslatable {
        assertThat(ResponsesAsking.hello().further("store", "true").sent())
                .contains("\"store\":true");
        assertThat(ResponsesAsking.hello().streaming().background().sent())
                .contains("\"store\":true,\"background\":true");
        assertThat(
                        ResponsesAsking.hello()
                                .further("store", "false")
                                .streaming()
                                .background()
                                .sent())
                .contains("\"store\":false")
                .doesNotContain("background");
    }
}
