package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Frame;
import dev.midstream.model.Held;
import dev.midstream.model.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What each kind of output says, however its bytes are cut. Order: wire-level lifecycle of items.
 */
class ResponsesAreReadAtAnySplitTest {

    private static final String USAGE =
            "UsageReported[usage=Usage[input=10, output=7, cacheRead=4, cacheWrite=-1,"
                    + " reasoning=3, estimated=false]]";

    private static void check(UpstreamStream stream, String... words) {
        byte[] wire = stream.bytes();
        List<StreamEvent> whole = UpstreamStream.events(wire, Integer.MAX_VALUE);

        assertThat(UpstreamStream.words(whole)).containsExactly(words);
        for (int at = 0; at <= wire.length; at++) {
            assertThat(UpstreamStream.split(wire, at)).as("split at %d", at).isEqualTo(whole);
        }
        for (int size = 1; size <= 32; size++) {
            assertThat(UpstreamStream.events(wire, size)).as("by %d", size).isEqualTo(whole);
        }
    }

    @Test
    void textIsABlockFromItsFirstDeltaToItsDone() {
        check(
                UpstreamStream.opened()
                        .message(0)
                        .part(0, 0, "output_text")
                        .text(0, 0, "Hel")
                        .text(0, 0, "lo")
                        .textDone(0, 0, "Hello")
                        .messageDone(0, "Hello")
                        .completed("[" + UpstreamStream.messageOf("Hello") + "]"),
                "opened resp_1 gpt-5",
                "start 0 TEXT",
                "delta 0 Hel",
                "delta 0 lo",
                "end 0",
                "finish STOP",
                USAGE,
                "terminated");
    }

    @Test
    void anotherPartAndAnotherItemAreBlocksOfTheirOwn() {
        check(
                UpstreamStream.opened()
                        .message(0)
                        .text(0, 0, "a")
                        .textDone(0, 0, "a")
                        .event(
                                "response.refusal.delta",
                                UpstreamStream.at(0, 1) + ",\"delta\":\"no\"")
                        .event(
                                "response.refusal.done",
                                UpstreamStream.at(0, 1) + ",\"refusal\":\"no\"")
                        .message(1)
                        .text(1, 0, "b")
                        .textDone(1, 0, "b")
                        .completed("[]"),
                "opened resp_1 gpt-5",
                "start 0 TEXT",
                "delta 0 a",
                "end 0",
                "start 1 REFUSAL",
                "delta 1 no",
                "end 1",
                "start 2 TEXT",
                "delta 2 b",
                "end 2",
                "finish STOP",
                USAGE,
                "terminated");
    }

    @Test
    void reasoningIsOneBlockOfItsSummariesSealedByItsItemsEnd() {
        String rs = "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":";
        check(
                UpstreamStream.opened()
                        .item(
                                0,
                                "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],"
                                        + "\"encrypted_content\":\"half\"}")
                        .event("response.reasoning_summary_part.added", rs + "0,\"part\":{}")
                        .event("response.reasoning_summary_text.delta", rs + "0,\"delta\":\"one\"")
                        .event("response.reasoning_summary_text.done", rs + "0,\"text\":\"one\"")
                        .event("response.reasoning_summary_part.done", rs + "0,\"part\":{}")
                        .event("response.reasoning_summary_part.added", rs + "1,\"part\":{}")
                        .event("response.reasoning_summary_text.delta", rs + "1,\"delta\":\"two\"")
                        .event("response.reasoning_summary_text.done", rs + "1,\"text\":\"two\"")
                        .itemDone(
                                0,
                                "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":["
                                        + "{\"type\":\"summary_text\",\"text\":\"one\"},"
                                        + "{\"type\":\"summary_text\",\"text\":\"two\"}],"
                                        + "\"encrypted_content\":\"gAAA\"}")
                        .said(1, "Hi")
                        .completed("[]"),
                "opened resp_1 gpt-5",
                "start 0 REASONING",
                "delta 0 one",
                "delta 0 \n\n",
                "delta 0 two",
                "signed openai:key-1 gAAA",
                "end 0",
                "start 1 TEXT",
                "delta 1 Hi",
                "end 1",
                "finish STOP",
                USAGE,
                "terminated");
    }

    @Test
    void callsAreKnownByTheirCallId() {
        String call =
                "{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"call_1\","
                        + "\"name\":\"weather\",\"arguments\":\"\"}";
        String custom =
                "{\"type\":\"custom_tool_call\",\"id\":\"ctc_1\",\"call_id\":\"call_2\","
                        + "\"name\":\"patch\",\"input\":\"\"}";
        check(
                UpstreamStream.opened()
                        .item(0, call)
                        .event(
                                "response.function_call_arguments.delta",
                                "\"item_id\":\"other\",\"output_index\":0,\"delta\":\"{\\\"a\\\"\"")
                        .event(
                                "response.function_call_arguments.delta",
                                "\"item_id\":\"fc_1\",\"output_index\":0,\"delta\":\":1}\"")
                        .event(
                                "response.function_call_arguments.done",
                                "\"item_id\":\"fc_1\",\"output_index\":0,\"name\":\"weather\","
                                        + "\"arguments\":\"{\\\"a\\\":1}\"")
                        .itemDone(0, call.replace("\"\"}", "\"{\\\"a\\\":1}\"}"))
                        .item(1, custom)
                        .event(
                                "response.custom_tool_call_input.delta",
                                "\"output_index\":1,\"delta\":\"free\"")
                        .event(
                                "response.custom_tool_call_input.done",
                                "\"output_index\":1,\"input\":\"free\"")
                        .itemDone(1, custom.replace("\"\"}", "\"free\"}"))
                        .completed("[]"),
                "opened resp_1 gpt-5",
                "start 0 TOOL_CALL call_1 weather",
                "delta 0 {\"a\"",
                "delta 0 :1}",
                "end 0",
                "start 1 TOOL_CALL call_2 patch",
                "delta 1 free",
                "end 1",
                "finish TOOL_CALLS",
                USAGE,
                "terminated");
    }

    @Test
    void toolsOfTheProviderAreCarried() {
        String search = "{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\"}";
        check(
                UpstreamStream.opened()
                        .item(0, search)
                        .event("response.web_search_call.searching", "\"output_index\":0")
                        .itemDone(0, search)
                        .message(1)
                        .text(1, 0, "found")
                        .event(
                                "response.output_text.annotation.added",
                                UpstreamStream.at(1, 0)
                                        + ",\"annotation_index\":0,\"annotation\":{}")
                        .textDone(1, 0, "found")
                        .completed("[]"),
                "opened resp_1 gpt-5",
                "start 0 OPAQUE",
                "attached 0",
                "attached 0",
                "end 0",
                "start 1 TEXT",
                "delta 1 found",
                "attached 1",
                "end 1",
                "finish STOP",
                USAGE,
                "terminated");
    }

    @Test
    void whatTheProviderKeepsIsNamed() {
        byte[] kept = UpstreamStream.opened().bytes();
        byte[] unkept =
                new String(kept, StandardCharsets.UTF_8)
                        .replace("\"store\":true", "\"store\":false")
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(UpstreamStream.events(kept, 100))
                .contains(
                        new StreamEvent.Opened(
                                "resp_1", "gpt-5", 1700000000, new Held("d1", "resp_1")));
        assertThat(UpstreamStream.events(unkept, 100))
                .contains(new StreamEvent.Opened("resp_1", "gpt-5", 1700000000, null));
    }

    @Test
    void eventsGoAsTheyCame() {
        List<Frame> frames = UpstreamStream.opened().said(0, "Hi").completed("[]").frames();

        assertThat(frames).hasSize(9).allMatch(Frame::verbatim);
        assertThat(frames.get(2).extras()).isTrue();
        assertThat(frames.get(2).event(0)).isEqualTo(new StreamEvent.Pinged());
        assertThat(new String(frames.get(4).bytes(), StandardCharsets.UTF_8))
                .startsWith("{\"type\":\"response.output_text.delta\",\"sequence_number\":4,")
                .endsWith("\"obfuscation\":\"xK2\"}");
    }
}
