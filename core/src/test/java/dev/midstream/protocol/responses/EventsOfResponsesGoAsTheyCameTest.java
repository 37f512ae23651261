package dev.midstream.protocol.responses;

import static dev.midstream.protocol.responses.UpstreamStream.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.Held;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A stream of the same protocol leaves byte by byte but for the answer's id, and whatever breaks
 * off in it is gone on with in the same item and part.
 */
class EventsOfResponsesGoAsTheyCameTest {

    private static final Usage USAGE = new Usage(10, 7, 4, Usage.UNKNOWN, 3, false);
    private static final String OURS = ClientStream.IDS.of(new Held("d1", "resp_1"));

    private static final String REASONING =
            "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"half\"}";

    private static UpstreamStream text() {
        return UpstreamStream.opened()
                .message(0)
                .event(
                        "response.content_part.added",
                        at(0, 0)
                                + ",\"part\":{\"type\":\"output_text\",\"annotations\":[],\"text\":\"\"}")
                .text(0, 0, "Hel\\u006c")
                .text(0, 0, "o \\\"👋\\\"")
                .event(
                        "response.output_text.done",
                        at(0, 0) + ",\"text\":\"Hello \\\"👋\\\"\",\"logprobs\":[]")
                .event(
                        "response.content_part.done",
                        at(0, 0)
                                + ",\"part\":{\"type\":\"output_text\",\"text\":\"Hello \\\"👋\\\"\"}")
                .messageDone(0, "Hello \\\"👋\\\"");
    }

    private static String wire(UpstreamStream stream) {
        return new String(stream.bytes(), StandardCharsets.UTF_8).replace("resp_1", OURS);
    }

    @Test
    void aHealthyStreamLeavesAsItCameUnderOurId() {
        UpstreamStream upstream =
                text().completed("[" + UpstreamStream.messageOf("Hello \\\"👋\\\"") + "]");
        ClientStream stream = ClientStream.of("").show(upstream.frames()).finish(USAGE).judged();
        assertThat(stream.out).hasToString(wire(upstream));
        assertThat(stream.kept.find(OURS)).as("its provider keeps it").isNull();
    }

    @Test
    void aTypeInEscapesIsReadAndToldAnew() {
        UpstreamStream upstream =
                UpstreamStream.opened()
                        .message(0)
                        .event(
                                "response.content_part.added",
                                at(0, 0) + ",\"part\":{\"type\":\"output_text\",\"text\":\"\"}")
                        .event(
                                "response.output_text\\u002edelta",
                                at(0, 0) + ",\"delta\":\"Hello\"");
        ClientStream stream =
                ClientStream.of("")
                        .show(upstream.frames())
                        .tell(new ChoiceEnded(0, FinishReason.STOP, null))
                        .finish(USAGE)
                        .judged();
        assertThat(stream.out.toString())
                .doesNotContain("u002e")
                .contains("\"delta\":\"Hello\"", "\"text\":\"Hello\"");
    }

    @Test
    void anIdWithAQuoteInItStaysJson() {
        String place = "\"item_id\":\"m\\u0022 1\",\"output_index\":0,\"content_index\":0,";
        UpstreamStream upstream =
                UpstreamStream.opened()
                        .event(
                                "response.output_item.added",
                                "\"output_index\":0,\"item\":{\"type\":\"message\",\"id\":\"m\\\" 1\","
                                        + "\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}")
                        .event(
                                "response.content_part.added",
                                place + "\"part\":{\"type\":\"output_text\",\"text\":\"\"}")
                        .event("response.output_text.delta", place + "\"delta\":\"Hello\"");
        ClientStream stream =
                ClientStream.of("")
                        .show(upstream.frames())
                        .tell(new ChoiceEnded(0, FinishReason.STOP, null))
                        .finish(USAGE)
                        .judged();
        assertThat(stream.out.toString())
                .contains("\"delta\":\"Hello\"", "\"text\":\"Hello\"")
                .contains("\"item_id\":\"m\\\" 1\"")
                .doesNotContain("u0022");
    }

    @Test
    void numbersRunOnWhateverWasDropped() {
        UpstreamStream upstream =
                UpstreamStream.opened()
                        .event("keepalive", "\"x\":1")
                        .message(0)
                        .event(
                                "response.content_part.added",
                                at(0, 0) + ",\"part\":{\"type\":\"output_text\",\"text\":\"\"}")
                        .text(0, 0, "a")
                        .event("response.output_text.done", at(0, 0) + ",\"text\":\"a\"")
                        .event(
                                "response.content_part.done",
                                at(0, 0) + ",\"part\":{\"type\":\"output_text\",\"text\":\"a\"}")
                        .messageDone(0, "a")
                        .completed("[" + UpstreamStream.messageOf("a") + "]");
        ClientStream.of("").show(upstream.frames()).finish(USAGE).judged();
    }

    @Test
    void idsThatRotateAreOneIdForTheClient() {
        UpstreamStream upstream =
                UpstreamStream.opened()
                        .message(0)
                        .event(
                                "response.content_part.added",
                                at(0, 0).replace("msg_1", "B")
                                        + ",\"part\":{\"type\":\"output_text\",\"text\":\"\"}")
                        .event(
                                "response.output_text.delta",
                                at(0, 0).replace("msg_1", "C") + ",\"delta\":\"a\"")
                        .event(
                                "response.output_text.done",
                                at(0, 0).replace("msg_1", "D") + ",\"text\":\"a\"")
                        .event(
                                "response.content_part.done",
                                at(0, 0).replace("msg_1", "E")
                                        + ",\"part\":{\"type\":\"output_text\",\"text\":\"a\"}")
                        .itemDone(0, UpstreamStream.messageOf("a").replace("msg_1", "F"))
                        .completed("[" + UpstreamStream.messageOf("a").replace("msg_1", "G") + "]");
        ClientStream stream = ClientStream.of("").show(upstream.frames()).finish(USAGE).judged();
        assertThat(stream.out.toString()).doesNotContainPattern("\"id\":\"[B-G]\"");
        assertThat(stream.last().path("output").path(0).path("id").asString()).isEqualTo("msg_1");
    }

    @Test
    void reasoningNamesWhoCanReadIt() {
        String done =
                "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"whole\"}";
        UpstreamStream upstream =
                UpstreamStream.opened()
                        .item(0, REASONING)
                        .itemDone(0, done)
                        .completed("[" + done + "]");
        ClientStream stream = ClientStream.of("").show(upstream.frames()).finish(USAGE).judged();
        String sealed = stream.last().path("output").path(0).path("encrypted_content").asString();
        assertThat(Seal.read(sealed, "")).isEqualTo(new Seal("openai:key-1", "whole"));
        assertThat(stream.events().get(2).path("item").path("encrypted_content").isNull())
                .as("what may be incomplete is not told")
                .isTrue();
    }

    @Test
    void textCutAnywhereIsGoneOnWithInTheSamePart() {
        List<Frame> frames = text().frames();
        for (int cut = 5; cut <= 6; cut++) {
            ClientStream stream =
                    ClientStream.of("")
                            .show(frames.subList(0, cut))
                            .tell(
                                    new Delta(0, " and on\n"),
                                    new BlockEnded(0),
                                    new ChoiceEnded(0, FinishReason.STOP, null))
                            .finish(USAGE)
                            .judged();
            JsonNode last = stream.last();
            assertThat(last.path("id").asString()).isEqualTo(OURS);
            assertThat(last.path("output").size()).isEqualTo(1);
            assertThat(last.path("output").path(0).path("id").asString()).isEqualTo("msg_1");
            assertThat(last.path("output").path(0).path("content").path(0).path("text").asString())
                    .isEqualTo(cut == 5 ? "Hell and on\n" : "Hello \"👋\" and on\n");
            assertThat(stream.kept.find(OURS)).as("nobody else has the whole").isNotNull();
        }
    }

    @Test
    void whateverItWasCutBehindTheStreamEndsWhole() {
        List<Frame> frames = everything().frames();
        for (int cut = 1; cut < frames.size(); cut++) {
            ClientStream stream = ClientStream.of("").show(frames.subList(0, cut));
            List<StreamEvent> rest = new ArrayList<>();
            openBlocks(frames.subList(0, cut)).forEach(b -> rest.add(new BlockEnded(b, true)));
            rest.add(BlockStarted.of(90, 0, BlockKind.TEXT));
            rest.add(new Delta(90, "end"));
            rest.add(new BlockEnded(90));
            rest.add(new ChoiceEnded(0, FinishReason.STOP, null));
            stream.tell(rest.toArray(StreamEvent[]::new)).finish(USAGE).judged();
        }
    }

    private static List<Integer> openBlocks(List<Frame> frames) {
        List<Integer> open = new ArrayList<>();
        for (Frame frame : frames) {
            for (int i = 0; i < frame.size(); i++) {
                switch (frame.event(i)) {
                    case BlockStarted started -> open.add(started.block());
                    case BlockEnded ended -> open.removeIf(block -> block == ended.block());
                    default -> {}
                }
            }
        }
        return open;
    }

    private static UpstreamStream everything() {
        String summary = "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":";
        String call =
                "{\"id\":\"fc_1\",\"type\":\"function_call\",\"status\":\"in_progress\","
                        + "\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"\"}";
        String calling = "\"item_id\":\"fc_1\",\"output_index\":2,";
        return UpstreamStream.opened()
                .item(0, "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}")
                .event(
                        "response.reasoning_summary_part.added",
                        summary + "0,\"part\":{\"type\":\"summary_text\",\"text\":\"\"}")
                .event("response.reasoning_summary_text.delta", summary + "0,\"delta\":\"hm\"")
                .event("response.reasoning_summary_text.done", summary + "0,\"text\":\"hm\"")
                .event(
                        "response.reasoning_summary_part.done",
                        summary + "0,\"part\":{\"type\":\"summary_text\",\"text\":\"hm\"}")
                .itemDone(
                        0,
                        "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}]}")
                .message(1)
                .event(
                        "response.content_part.added",
                        at(1, 0) + ",\"part\":{\"type\":\"output_text\",\"text\":\"\"}")
                .text(1, 0, "a")
                .event("response.output_text.done", at(1, 0) + ",\"text\":\"a\"")
                .event(
                        "response.content_part.done",
                        at(1, 0) + ",\"part\":{\"type\":\"output_text\",\"text\":\"a\"}")
                .messageDone(1, "a")
                .item(2, call)
                .event("response.function_call_arguments.delta", calling + "\"delta\":\"{}\"")
                .event(
                        "response.function_call_arguments.done",
                        calling + "\"name\":\"f\",\"arguments\":\"{}\"")
                .itemDone(
                        2,
                        call.replace("in_progress", "completed")
                                .replace("\"arguments\":\"\"", "\"arguments\":\"{}\""))
                .completed("[]");
    }

    @Test
    void aWholeStreamOfEveryKindPassesTheJudge() {
        ClientStream.of("").show(everything().frames()).finish(USAGE).judged();
    }

    @Test
    void whateverFrameWithoutTextIsWithheldTheStreamStaysValid() {
        List<Frame> frames = everything().frames();
        for (int withheld = 0; withheld < frames.size(); withheld++) {
            List<Frame> rest = new ArrayList<>(frames);
            Frame gone = rest.remove(withheld);
            if (!(gone.event(gone.size() - 1) instanceof Delta)) {
                judged(rest);
            }
        }
    }

    private static void judged(List<Frame> frames) {
        ClientStream.of("").show(frames).finish(USAGE).judged();
    }

    @Test
    void aPlainBodyLeavesAsItCameUnderOurId() {
        String body =
                UpstreamStream.response(
                        "completed",
                        "[" + UpstreamStream.messageOf("Hi") + "]",
                        ",\n \"own\":1.50,\"usage\":{\"input_tokens\":10,\"output_tokens\":7}");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var decoder = new ResponsesProtocol().plainDecoder(UpstreamStream.TARGET);
        List<Frame> frames = new ArrayList<>();
        decoder.feed(bytes, 0, bytes.length, frame -> frames.add(frame.copy()));
        decoder.end(frame -> frames.add(frame.copy()));
        ClientStream stream = ClientStream.whole("{\"model\":\"m\",\"input\":\"x\"}");
        stream.show(frames).finish(USAGE);
        assertThat(stream.out).hasToString(body.replace("resp_1", OURS));
    }

    @Test
    void whateverMemberIsWrongNothingIsThrownAndNumbersRunOn() {
        String wire = new String(everything().bytes(), StandardCharsets.UTF_8);
        for (int at = 0; at < wire.length(); at++) {
            char c = wire.charAt(at);
            if (!Character.isDigit(c) && c != '{' && c != '"') {
                continue;
            }
            String wrong = Character.isDigit(c) ? "9" : c == '{' ? "5,{" : "\"x";
            UpstreamStream altered =
                    new UpstreamStream()
                            .raw(wire.substring(0, at) + wrong + wire.substring(at + 1));
            ClientStream stream = ClientStream.of("").show(altered.frames()).finish(USAGE);
            List<JsonNode> events = stream.events();
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).path("sequence_number").asInt(-1))
                        .as("altered at %d", at)
                        .isEqualTo(i);
            }
        }
    }
}
