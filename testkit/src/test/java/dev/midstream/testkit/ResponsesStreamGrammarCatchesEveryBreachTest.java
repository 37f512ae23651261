package dev.midstream.testkit;

import static dev.midstream.testkit.ResponsesRequests.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.GrammarViolation.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events here have no numbers; a stream gets them when it is put together. */
class ResponsesStreamGrammarCatchesEveryBreachTest {

    private static final String USAGE =
            "{'input_tokens':5,'input_tokens_details':{'cached_tokens':0,'cache_write_tokens':0},"
                    + "'output_tokens':3,'output_tokens_details':{'reasoning_tokens':1},"
                    + "'total_tokens':8}";
    private static final String CREATED = lifecycle("created", "in_progress", "");
    private static final String QUEUED = lifecycle("queued", "queued", "");
    private static final String RUNNING = lifecycle("in_progress", "in_progress", "");

    private static final String TEXT_PART =
            "{'type':'output_text','text':'Once','annotations':[],'logprobs':[]}";
    private static final String MESSAGE =
            "{'id':'m1','type':'message','status':'completed','role':'assistant','content':["
                    + TEXT_PART
                    + "]}";
    private static final String ADD =
            added(
                    "{'id':'m1','type':'message','status':'in_progress','role':'assistant',"
                            + "'content':[]}");
    private static final String PART =
            in(
                    "m1",
                    "content_part.added",
                    "'content_index':0,'part':{'type':'output_text','text':'','annotations':[],"
                            + "'logprobs':[]}");
    private static final String ONCE =
            in("m1", "output_text.delta", "'content_index':0,'delta':'Once','logprobs':[]");
    private static final String TOLD =
            in("m1", "output_text.done", "'content_index':0,'text':'Once','logprobs':[]");
    private static final String PART_DONE =
            in("m1", "content_part.done", "'content_index':0,'part':" + TEXT_PART);
    private static final String DONE = done(MESSAGE);
    private static final String TEXT = ADD + PART + ONCE + TOLD + PART_DONE + DONE;

    private static final String CALL =
            "{'id':'f1','type':'function_call','status':'completed','call_id':'c1',"
                    + "'name':'read','arguments':'{}'}";
    private static final String CALL_ADD =
            added(
                    "{'id':'f1','type':'function_call','status':'in_progress','call_id':'c1',"
                            + "'name':'read','arguments':''}");
    private static final String CALL_DELTA =
            in("f1", "function_call_arguments.delta", "'delta':'{}'");
    private static final String CALL_TOLD =
            in("f1", "function_call_arguments.done", "'name':'read','arguments':'{}'");
    private static final String CALLED = CALL_ADD + CALL_DELTA + CALL_TOLD + done(CALL);

    private static final String THOUGHT =
            "{'id':'r1','type':'reasoning','summary':[{'type':'summary_text','text':'Hm'}],"
                    + "'encrypted_content':'e'}";
    private static final String THINK =
            added("{'id':'r1','type':'reasoning','summary':[]}")
                    + in(
                            "r1",
                            "reasoning_summary_part.added",
                            "'summary_index':0,'part':{'type':'summary_text','text':''}")
                    + in("r1", "reasoning_summary_text.delta", "'summary_index':0,'delta':'Hm'")
                    + in("r1", "reasoning_summary_text.done", "'summary_index':0,'text':'Hm'")
                    + in(
                            "r1",
                            "reasoning_summary_part.done",
                            "'summary_index':0,'part':{'type':'summary_text','text':'Hm'}")
                    + done(THOUGHT);

    private static final String ERROR =
            event(
                    "error",
                    "'error':{'type':'server_error','code':'x','message':'Later','param':null},"
                            + "'code':'x','message':'Later','param':null");
    private static final String KEEPALIVE = event("keepalive", "'more':1");

    @Test
    void passesAWholeStreamAndReadsIt() {
        ResponsesTranscript transcript =
                ResponsesStreamGrammar.check(
                        numbered(
                                CREATED
                                        + QUEUED
                                        + RUNNING
                                        + ": wait\n\n"
                                        + THINK
                                        + KEEPALIVE
                                        + at(1, TEXT)
                                        + at(2, CALLED)
                                        + completed(THOUGHT, MESSAGE, CALL)));

        assertThat(transcript.id()).isEqualTo("resp_1");
        assertThat(transcript.model()).isEqualTo("gpt-x");
        assertThat(transcript.items())
                .containsExactly(
                        new ResponsesTranscript.Reasoning("r1", List.of("Hm"), "", "e", null),
                        new ResponsesTranscript.Message("m1", "Once", "", "completed"),
                        new ResponsesTranscript.FunctionCall(
                                "f1", "c1", "read", "{}", "completed"));
        assertThat(transcript.status()).isEqualTo("completed");
        assertThat(transcript.usage()).isNotNull();
        assertThat(transcript.keepalives()).isOne();
        assertThat(transcript.comments()).containsExactly("wait");
        assertThat(transcript.lastSequence()).isEqualTo(20);
    }

    @Test
    void passesAnIncompleteStream() {
        String cut = MESSAGE.replace("completed", "incomplete");
        ResponsesTranscript transcript =
                ResponsesStreamGrammar.check(
                        numbered(
                                CREATED
                                        + TEXT.replace(q(MESSAGE), q(cut))
                                        + incomplete("max_output_tokens", cut)));
        assertThat(transcript.incompleteReason()).isEqualTo("max_output_tokens");
    }

    @Test
    void passesAStreamThatFailsInsideAnItemWithOrWithoutThatItem() {
        String open = MESSAGE.replace("completed", "incomplete");
        for (String output : List.of("", open)) {
            ResponsesTranscript transcript =
                    ResponsesStreamGrammar.check(
                            numbered(CREATED + ADD + PART + ONCE + ERROR + failed(output)));
            assertThat(transcript.text()).isEqualTo("Once");
            assertThat(transcript.status()).isEqualTo("failed");
            assertThat(transcript.error())
                    .extracting(StreamError::type, StreamError::message)
                    .containsExactly("server_error", "Later");
        }
    }

    @Test
    void passesItemsOfToolsThatTheProviderRuns() {
        String search = "{'id':'w1','type':'web_search_call','status':'completed'}";
        String stream =
                CREATED
                        + added(search.replace("completed", "in_progress"))
                        + in("w1", "web_search_call.in_progress", "'more':1")
                        + in("w1", "web_search_call.searching", "'more':1")
                        + in("w1", "web_search_call.completed", "'more':1")
                        + done(search)
                        + completed(search);
        assertThat(ResponsesStreamGrammar.check(numbered(stream)).items())
                .singleElement()
                .isInstanceOf(ResponsesTranscript.Whole.class);
    }

    @Test
    void saysWhereAndWhatIsWrongAndShowsTheStream() {
        assertThatThrownBy(
                        () ->
                                ResponsesStreamGrammar.check(
                                        numbered(CREATED + CREATED + TEXT + completed(MESSAGE))))
                .isInstanceOf(GrammarViolation.class)
                .hasMessageContaining("item 2: response.created comes again")
                .hasMessageContaining("event: response.completed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "breachesOfTheLifecycle",
        "breachesOfItems",
        "breachesOfParts",
        "breachesOfCalls",
        "breachesOfTheEnd",
        "breachesOfErrors"
    })
    void namesTheBrokenRule(String rule, String stream) {
        assertThat(ResponsesStreamGrammar.violations(numbered(stream)))
                .extracting(Violation::message)
                .contains(rule);
    }

    static Stream<Arguments> breachesOfTheLifecycle() {
        String end = completed(MESSAGE);
        String whole = CREATED + TEXT + end;
        return Stream.of(
                breach("ends without a terminal event", CREATED + TEXT),
                breach("comes after the terminal event", whole + ": late\n\n"),
                breach("comes after the terminal event", whole + end),
                breach("comes after the terminal event", whole + "data: [DONE]\n\n"),
                breach("response.created comes again", CREATED + whole),
                breach(
                        "response.output_item.added comes before response.created",
                        TEXT + CREATED + end),
                breach(
                        "has the unknown event name 'response.seam'",
                        CREATED + event("response.seam", "'a':1") + TEXT + end),
                breach(
                        "is called 'keepalive' and has the type \"other\"",
                        CREATED + KEEPALIVE.replace("\"keepalive\"", "\"other\"") + TEXT + end),
                breach("is not JSON: {", "event: keepalive\ndata: {\n\n" + whole),
                breach(
                        "has the sequence_number 5 where 0 is next",
                        CREATED.replace("@SN@", "5") + TEXT + end),
                breach(
                        "has the sequence_number  where 1 is next",
                        CREATED + RUNNING.replace("\"sequence_number\":@SN@,", "") + TEXT + end),
                breach("response.in_progress comes too late", CREATED + RUNNING + RUNNING + end),
                breach("response.in_progress comes too late", CREATED + TEXT + RUNNING + end),
                breach("response.queued comes too late", CREATED + RUNNING + QUEUED + end),
                breach(
                        "the response starts with the status \"completed\"",
                        lifecycle("created", "completed", "") + TEXT + end),
                breach(
                        "the response does not start with an empty output",
                        lifecycle("created", "in_progress", MESSAGE) + TEXT + end),
                breach("the response has no top_p", CREATED.replace("top_p", "top") + TEXT + end),
                breach("the response has no id", CREATED.replace("resp_1", "") + TEXT + end),
                breach(
                        "the response changes its id from \"resp_1\" to \"resp_2\"",
                        CREATED + TEXT + end.replace("resp_1", "resp_2")),
                breach(
                        "the response changes its model from \"gpt-x\" to \"gpt-y\"",
                        CREATED + TEXT + end.replace("gpt-x", "gpt-y")));
    }

    static Stream<Arguments> breachesOfItems() {
        String end = completed(MESSAGE);
        return Stream.of(
                breach("item 1 starts where item 0 is next", CREATED + at(1, TEXT) + end),
                breach("item 0 starts where item 1 is next", CREATED + TEXT + TEXT + end),
                breach("item 1 has the id of another one", CREATED + TEXT + at(1, TEXT) + end),
                breach("item 0 has no id", CREATED + ADD.replace("m1", "") + end),
                breach("item 0 has no type", CREATED + ADD.replace("message", "") + end),
                breach(
                        "item 0 starts with the status \"completed\"",
                        CREATED + ADD.replace("in_progress", "completed") + end),
                breach("item 0 is not closed", CREATED + ADD + PART + ONCE + end),
                breach(
                        "response.output_text.delta has the item_id \"m2\", expected m1",
                        CREATED + ADD + PART + ONCE.replace("m1", "m2") + end),
                breach(
                        "response.output_text.delta is for item 1, which is not open",
                        CREATED + ADD + PART + at(1, ONCE) + end),
                breach(
                        "response.output_text.delta is for item 0, which is not open",
                        CREATED + TEXT + ONCE + end),
                breach(
                        "response.output_item.done is for item 0, which is not open",
                        CREATED + TEXT + DONE + end),
                breach(
                        "response.output_text.delta is about an item that is reasoning",
                        CREATED + added("{'id':'m1','type':'reasoning','summary':[]}") + ONCE),
                breach(
                        "item 0 changes its id from \"m1\" to \"m2\"",
                        CREATED + TEXT.replace(q(MESSAGE), q(MESSAGE.replace("m1", "m2"))) + end),
                breach(
                        "item 0 changes its type from \"message\" to \"reasoning\"",
                        CREATED + ADD + DONE.replace("\"message\"", "\"reasoning\"")),
                breach(
                        "item 0 is closed with the status \"in_progress\"",
                        CREATED
                                + ADD
                                + PART
                                + ONCE
                                + TOLD
                                + PART_DONE
                                + DONE.replace("completed", "in_progress")),
                breach(
                        "item 0 is incomplete and has encrypted_content",
                        CREATED + THINK.replace("\"e\"}", "\"e\",\"status\":\"incomplete\"}")));
    }

    static Stream<Arguments> breachesOfParts() {
        String end = completed(MESSAGE);
        String begun = CREATED + ADD + PART;
        return Stream.of(
                breach(
                        "content part 1 of item 0 starts where part 0 is next",
                        CREATED + ADD + PART.replace("content_index\":0", "content_index\":1")),
                breach(
                        "content part 1 of item 0 starts inside another one",
                        begun + PART.replace("content_index\":0", "content_index\":1")),
                breach(
                        "content part 0 of item 0 has the type \"summary_text\"",
                        CREATED + ADD + PART.replace("output_text", "summary_text")),
                breach(
                        "content part 0 of item 0 does not start with an empty text",
                        CREATED + ADD + PART.replace("\"text\":\"\"", "\"text\":\"O\"")),
                breach(
                        "content part 0 of item 0 does not start with empty annotations",
                        CREATED + ADD + PART.replace("annotations", "notes")),
                breach(
                        "item 0 has no open part at the content_index 0",
                        CREATED + ADD + ONCE + end),
                breach(
                        "item 0 has no open part at the content_index 1",
                        begun + ONCE.replace("content_index\":0", "content_index\":1")),
                breach(
                        "item 0 has a part that is output_text and is told as refusal",
                        begun + in("m1", "refusal.delta", "'content_index':0,'delta':'No'")),
                breach(
                        "item 0 has a delta without text",
                        begun + ONCE.replace("\"delta\":\"Once\"", "\"delta\":null")),
                breach(
                        "item 0 has a text without logprobs",
                        begun + ONCE.replace(",\"logprobs\":[]", "")),
                breach(
                        "content part 0 of item 0 ends as \"On\" and was told as \"Once\"",
                        begun + ONCE + TOLD.replace("Once", "On")),
                breach(
                        "content part 0 of item 0 tells its whole text again",
                        begun + ONCE + TOLD + TOLD),
                breach(
                        "content part 0 of item 0 goes on after its whole text",
                        begun + ONCE + TOLD + ONCE),
                breach(
                        "content part 0 of item 0 is closed before its whole text",
                        begun + ONCE + PART_DONE),
                breach(
                        "content part 0 of item 0 is output_text and closed as \"refusal\"",
                        begun + ONCE + TOLD + PART_DONE.replace("\"output_text\"", "\"refusal\"")),
                breach(
                        "content part 0 of item 0 has annotation 1 where 0 is next",
                        begun
                                + in(
                                        "m1",
                                        "output_text.annotation.added",
                                        "'content_index':0,'annotation_index':1,'annotation':{}")),
                breach(
                        "content part 0 of item 0 has other annotations at its end: []",
                        begun
                                + in(
                                        "m1",
                                        "output_text.annotation.added",
                                        "'content_index':0,'annotation_index':0,'annotation':{}")
                                + ONCE
                                + TOLD
                                + PART_DONE),
                breach("item 0 is closed around an open part", begun + ONCE + TOLD + DONE),
                breach(
                        "item 0 is closed with other parts than were told: []",
                        begun + ONCE + TOLD + PART_DONE + DONE.replace(q(TEXT_PART), "")),
                breach(
                        "content part 0 of item 0 ends as \"Never\" and was told as \"Once\"",
                        begun + ONCE + TOLD + PART_DONE + DONE.replace("Once", "Never")),
                breach(
                        "summary part 1 of item 0 starts where part 0 is next",
                        CREATED + THINK.replace("summary_index\":0", "summary_index\":1")));
    }

    static Stream<Arguments> breachesOfCalls() {
        return Stream.of(
                breach("item 0 has no call_id", CREATED + CALLED.replace("c1", "")),
                breach("item 0 has no name", CREATED + CALLED.replace("read", "")),
                breach(
                        "item 0 starts with the arguments \"{\"",
                        CREATED + CALL_ADD.replace("\"arguments\":\"\"", "\"arguments\":\"{\"")),
                breach(
                        "item 1 has the call_id of another one: c1",
                        CREATED + CALLED + at(1, CALLED.replace("f1", "f2"))),
                breach(
                        "item 0 ends with the arguments \"{1}\" and was told \"{}\"",
                        CREATED + CALL_ADD + CALL_DELTA + CALL_TOLD.replace("{}", "{1}")),
                breach(
                        "item 0 is called \"read\" and ends as \"list\"",
                        CREATED + CALL_ADD + CALL_DELTA + CALL_TOLD.replace("read", "list")),
                breach(
                        "item 0 tells its arguments again",
                        CREATED + CALL_ADD + CALL_DELTA + CALL_TOLD + CALL_TOLD),
                breach(
                        "item 0 goes on after its whole arguments",
                        CREATED + CALL_ADD + CALL_DELTA + CALL_TOLD + CALL_DELTA),
                breach(
                        "item 0 is closed before its whole arguments",
                        CREATED + CALL_ADD + CALL_DELTA + done(CALL)),
                breach(
                        "item 0 changes its call_id from \"c1\" to \"c2\"",
                        CREATED
                                + CALL_ADD
                                + CALL_DELTA
                                + CALL_TOLD
                                + done(CALL.replace("c1", "c2"))),
                breach(
                        "item 0 changes its name from \"read\" to \"list\"",
                        CREATED
                                + CALL_ADD
                                + CALL_DELTA
                                + CALL_TOLD
                                + done(CALL.replace("read", "list"))),
                breach(
                        "the arguments of item 0 are not JSON: {",
                        CREATED + CALLED.replace("\"{}\"", "\"{\"")),
                breach(
                        "the arguments of item 0 are no object: 1",
                        CREATED + CALLED.replace("\"{}\"", "\"1\"")),
                breach(
                        "the response is completed with an incomplete call c1",
                        CREATED
                                + CALLED.replace("completed", "incomplete")
                                + completed(CALL.replace("completed", "incomplete"))));
    }

    static Stream<Arguments> breachesOfTheEnd() {
        String begun = CREATED + TEXT;
        String other = MESSAGE.replace("Once", "Twice");
        return Stream.of(
                breach(
                        "the response has the status \"in_progress\", expected completed",
                        begun + lifecycle("completed", "in_progress", MESSAGE)),
                breach(
                        "the response has no usage",
                        begun + lifecycle("completed", "completed", "")),
                breach(
                        "its usage has no cache_write_tokens",
                        begun + completed(MESSAGE).replace("cache_write", "cache")),
                breach(
                        "its usage has no reasoning_tokens",
                        begun + completed(MESSAGE).replace("reasoning_tokens", "thinking")),
                breach(
                        "its total_tokens are not the sum: " + q(USAGE.replace(":8", ":9")),
                        begun + completed(MESSAGE).replace("tokens\":8", "tokens\":9")),
                breach("the output has 0 items, expected 1", begun + completed()),
                breach("the output has 2 items, expected 1", begun + completed(MESSAGE, MESSAGE)),
                breach(
                        "the output has " + q(other) + " for item 0 " + q(MESSAGE),
                        begun + completed(other)),
                breach(
                        "the response is incomplete for the reason \"tired\"",
                        begun + incomplete("tired", MESSAGE)),
                breach(
                        "the response has the error {\"code\":\"x\"}",
                        begun
                                + completed(MESSAGE)
                                        .replace("\"error\":null", "\"error\":{\"code\":\"x\"}")));
    }

    static Stream<Arguments> breachesOfErrors() {
        String begun = CREATED + TEXT;
        return Stream.of(
                breach(
                        "fails without an error event, so that nobody raises",
                        begun + failed(MESSAGE)),
                breach(
                        "response.completed comes after the error",
                        begun + ERROR + completed(MESSAGE)),
                breach("keepalive comes after the error", begun + ERROR + KEEPALIVE),
                breach("ends without a terminal event", begun + ERROR),
                breach(
                        "its error has no flat message",
                        begun + ERROR.replace(",\"message\":\"Later\",\"param\":null}\n", "}\n")),
                breach(
                        "its code is \"y\" flat and \"x\" nested",
                        begun + ERROR.replace("},\"code\":\"x\"", "},\"code\":\"y\"")),
                breach("its error has no type", begun + ERROR.replace("\"server_error\"", "\"\"")),
                breach(
                        "its error has no message",
                        begun + ERROR.replace("Later", "") + failed(MESSAGE)),
                breach(
                        "the response failed without code and message: null",
                        begun + ERROR + lifecycle("failed", "failed", MESSAGE)),
                breach(
                        "the output has item 0, never closed, as " + q(MESSAGE),
                        CREATED + ADD + PART + ONCE + ERROR + failed(MESSAGE)));
    }

    private static Arguments breach(String rule, String stream) {
        return Arguments.of(rule, stream);
    }

    // ----------------------------------------------------------------------------------- writing

    private static String completed(String... output) {
        return lifecycle("completed", "completed", String.join(",", output))
                .replace("\"usage\":null", "\"usage\":" + q(USAGE));
    }

    private static String incomplete(String reason, String output) {
        return lifecycle("incomplete", "incomplete", output)
                .replace(
                        "\"incomplete_details\":null",
                        "\"incomplete_details\":{\"reason\":\"" + reason + "\"}");
    }

    private static String failed(String output) {
        return lifecycle("failed", "failed", output)
                .replace("\"error\":null", "\"error\":{\"code\":\"x\",\"message\":\"Later\"}");
    }

    private static String lifecycle(String name, String status, String output) {
        return event(
                "response." + name,
                "'response':{'id':'resp_1','object':'response','created_at':1,'status':'"
                        + status
                        + "','error':null,'incomplete_details':null,'instructions':null,"
                        + "'model':'gpt-x','tools':[],'output':["
                        + output
                        + "],'parallel_tool_calls':true,'metadata':{},'tool_choice':'auto',"
                        + "'temperature':1,'top_p':1,'usage':null}");
    }

    private static String added(String item) {
        return event("response.output_item.added", "'output_index':0,'item':" + item);
    }

    private static String done(String item) {
        return event("response.output_item.done", "'output_index':0,'item':" + item);
    }

    private static String in(String id, String name, String members) {
        return event("response." + name, "'item_id':'" + id + "','output_index':0," + members);
    }

    private static String event(String name, String members) {
        String json = "{'type':'" + name + "','sequence_number':@SN@," + members + "}";
        return "event: " + name + "\ndata: " + quoted(json) + "\n\n";
    }

    private static String at(int index, String events) {
        return events.replace("\"output_index\":0", "\"output_index\":" + index);
    }

    private static String numbered(String events) {
        StringBuilder stream = new StringBuilder(events);
        int number = 0;
        for (int at = stream.indexOf("data: "); at >= 0; at = stream.indexOf("data: ", at + 1)) {
            int place = stream.indexOf("@SN@", at);
            int end = stream.indexOf("\n", at);
            if (place >= 0 && place < end) {
                stream.replace(place, place + 4, Integer.toString(number));
            }
            number++;
        }
        return stream.toString();
    }

    private static String q(String json) {
        return quoted(json);
    }
}
