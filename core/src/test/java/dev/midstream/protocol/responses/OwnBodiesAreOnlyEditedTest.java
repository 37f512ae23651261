package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Quirk;
import dev.midstream.model.Seal;
import dev.midstream.protocol.Untranslatable;
import org.junit.jupiter.api.Test;

/**
 * A Responses client's bytes on their way to a Responses deployment: what changes, and what not.
 */
class OwnBodiesAreOnlyEditedTest {

    private static final String OURS = new Seal("openai:key-1", "gAAA").written("");
    private static final String FOREIGN = new Seal("azure:key-2", "gBBB").written("");

    private static ResponsesAsking own(String body) {
        return ResponsesAsking.own(body);
    }

    private static void becomes(ResponsesAsking asking, String body) throws Untranslatable {
        assertThat(asking.sent()).isEqualTo(body.replace('\'', '"'));
    }

    @Test
    void everyByteButTheModelStays() throws Untranslatable {
        becomes(
                own("{ 'model' : 'group', 'input':'Hi\\u0021', 'x': 1.50, 'x':[ 2 ]}"),
                "{ 'model' : 'gpt-5', 'input':'Hi\\u0021', 'x': 1.50, 'x':[ 2 ]}");
    }

    @Test
    void streamingIsOurs() throws Untranslatable {
        becomes(
                own("{'model':'group','input':[]}").streaming(),
                "{'model':'gpt-5','input':[],'stream':true}");
        becomes(
                own(
                        "{'model':'group','input':[],'stream':true,"
                                + "'stream_options':{'include_obfuscation':false}}"),
                "{'model':'gpt-5','input':[],'stream':false}");
        becomes(
                own("{'model':'group','stream_options':{'include_obfuscation':false}}").streaming(),
                "{'model':'gpt-5','stream_options':{'include_obfuscation':false},'stream':true}");
    }

    @Test
    void membersOfTheRouterStayHere() throws Untranslatable {
        becomes(
                own("{'model':'g','fallbacks':['x'],'input':'Hi'}"),
                "{'model':'gpt-5','input':'Hi'}");
    }

    @Test
    void thePreviousResponseIsCalledAsItsProviderDoes() throws Untranslatable {
        becomes(
                own("{'model':'g','previous_response_id':'ms_abc'}").previous("d1", "resp_9"),
                "{'model':'gpt-5','previous_response_id':'resp_9'}");
    }

    @Test
    void nobodyElseIsAskedForIt() {
        assertThatThrownBy(
                        () ->
                                own("{'model':'g','previous_response_id':'ms_abc'}")
                                        .previous("d2", "resp_9")
                                        .sent())
                .isInstanceOfSatisfying(
                        Untranslatable.class,
                        e -> assertThat(e.param()).isEqualTo("previous_response_id"));
    }

    @Test
    void reasoningGoesWhereItCanBeRead() throws Untranslatable {
        becomes(
                own(
                        "{'model':'g','input':["
                                + "{'type':'reasoning','id':'rs_1','summary':[],'content':null,"
                                + "'encrypted_content':'"
                                + OURS
                                + "'}, {'type':'reasoning','id':'rs_2','summary':[],"
                                + "'encrypted_content':'"
                                + FOREIGN
                                + "'},{'role' : 'user','content':'Hi'}]}"),
                "{'model':'gpt-5','input':["
                        + "{'type':'reasoning','id':'rs_1','summary':[],'content':null,"
                        + "'encrypted_content':'gAAA'},{'role' : 'user','content':'Hi'}]}");
    }

    @Test
    void reasoningThatNamesNobodyGoesAsItIs() throws Untranslatable {
        becomes(
                own("{'model':'g','input':[ {'type':'reasoning','encrypted_content':'gCCC'} ]}"),
                "{'model':'gpt-5','input':[ {'type':'reasoning','encrypted_content':'gCCC'} ]}");
    }

    @Test
    void whatABreakLeftOfReasoningStaysHere() throws Untranslatable {
        becomes(
                own(
                        "{'model':'g','input':[{'type':'reasoning','status':'incomplete',"
                                + "'summary':[],'encrypted_content':null},"
                                + "{'type':'reasoning','id':'rs_1','summary':[]}]}"),
                "{'model':'gpt-5','input':[{'type':'reasoning','id':'rs_1','summary':[]}]}");
    }

    @Test
    void refusedReasoningIsLeftOutWithWhateverCouldNameIt() throws Untranslatable {
        becomes(
                own("{'model':'g','input':[{'type':'reasoning','id':'rs_1'},"
                                + "{'type':'message','id':'msg_1','role':'assistant'},"
                                + "{'id':'fc_1','type':'function_call','call_id':'c'},"
                                + "{'type':'item_reference','id':'rs_1'},"
                                + "{'type':'item_reference','id':'msg_2'},"
                                + "{'type':'web_search_call','id':'ws_1'}]}")
                        .withoutOldReasoning(),
                "{'model':'gpt-5','input':["
                        + "{'type':'message','role':'assistant'},"
                        + "{'type':'function_call','call_id':'c'},"
                        + "{'type':'item_reference','id':'msg_2'},"
                        + "{'type':'web_search_call','id':'ws_1'}]}");
    }

    @Test
    void aContinuationIsAppended() throws Untranslatable {
        String turns =
                "{'type':'message','role':'assistant','content':[{'type':'output_text',"
                        + "'text':'Once'}]},{'type':'message','role':'user','content':["
                        + "{'type':'input_text','text':'Go on'}]}";
        becomes(
                own("{'model':'g','input':'Tell'}").continuing("Once", "Go on"),
                "{'model':'gpt-5','input':[{'role':'user','content':'Tell'}," + turns + "]}");
        becomes(
                own("{'model':'g','input':[ {'role':'user'} ]}").continuing("Once", "Go on"),
                "{'model':'gpt-5','input':[ {'role':'user'}," + turns + "]}");
    }

    @Test
    void aContinuationLeavesOutWhatTextExcludes() throws Untranslatable {
        becomes(
                own("{'model':'g','input':'x','max_output_tokens':100,"
                                + "'text':{'verbosity':'low','format':{'type':'json_object'}},"
                                + "'tool_choice':'required','reasoning':{'effort':'high',"
                                + "'summary':'auto'}}")
                        .leftTokens(9)
                        .withoutFormat()
                        .withoutForcedTool()
                        .withoutReasoning(),
                "{'model':'gpt-5','input':'x','max_output_tokens':16,"
                        + "'text':{'verbosity':'low'},"
                        + "'tool_choice':'auto','reasoning':{'effort':'minimal'}}");
    }

    @Test
    void theLeastReasoningIsTheModels() throws Untranslatable {
        assertThat(
                        own("{'model':'g'}")
                                .withoutReasoning()
                                .quirk(Quirk.REASONING_EFFORT_NONE)
                                .sent())
                .contains("\"effort\":\"none\"");
        assertThat(least("gpt-5.1")).isEqualTo("none");
        assertThat(least("gpt-5.1-codex")).isEqualTo("low");
        assertThat(least("gpt-5-mini")).isEqualTo("minimal");
        assertThat(least("gpt-6-luna")).isEqualTo("none");
        assertThat(least("o3")).isEqualTo("low");
        assertThat(least("gpt-5-pro")).isNull();
        assertThat(least("gpt-4o")).isNull();
        assertThat(least("gpt-5-chat-latest")).isNull();
    }

    private static @org.jspecify.annotations.Nullable String least(String model) {
        var t = UpstreamStream.TARGET;
        return OpenAiModel.leastEffort(
                new dev.midstream.model.Target(
                        t.id(),
                        t.group(),
                        t.provider(),
                        model,
                        t.protocol(),
                        t.origin(),
                        t.defaults(),
                        false,
                        t.dropAlways(),
                        t.quirks()));
    }

    @Test
    void theBackgroundKeepsTheAnswerUnlessTheClientForbidsIt() throws Untranslatable {
        becomes(
                own("{'model':'g','input':'x'}").streaming().background(),
                "{'model':'gpt-5','input':'x','stream':true,'background':true,'store':true}");
        becomes(
                own("{'model':'g','input':'x','store':false}").streaming().background(),
                "{'model':'gpt-5','input':'x','store':false,'stream':true}");
        becomes(own("{'model':'g','input':'x'}").background(), "{'model':'gpt-5','input':'x'}");
    }

    @Test
    void defaultsAreTakenByTheirChatNames() throws Untranslatable {
        becomes(
                own("{'model':'g','input':'x','reasoning':{'summary':'auto'}}")
                        .standard("max_tokens", "500")
                        .standard("reasoning_effort", "'low'")
                        .standard("temperature", "0.5")
                        .standard("stop", "['x']")
                        .standard(
                                "response_format",
                                "{'type':'json_schema','json_schema':{'name':'n','schema':{}}}"),
                "{'model':'gpt-5','input':'x','reasoning':{'summary':'auto','effort':'low'},"
                        + "'max_output_tokens':500,'text':{'format':{'type':'json_schema',"
                        + "'name':'n','schema':{}}},'temperature':0.5}");
        becomes(
                own("{'model':'g','max_output_tokens':7}").standard("max_tokens", "500"),
                "{'model':'gpt-5','max_output_tokens':7}");
    }

    @Test
    void whatATargetNeverGetsIsTakenOut() throws Untranslatable {
        becomes(
                own("{'model':'g','temperature':1,'max_output_tokens':50,'reasoning':{}}")
                        .never("temperature")
                        .never("max_tokens")
                        .never("reasoning_effort"),
                "{'model':'gpt-5'}");
    }
}
