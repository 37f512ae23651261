package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Upstream and client of this protocol, back to back: what is read is what is written. */
class WhatOpenAiSendsReachesClientsTest {

    private static final UpstreamStream RICH =
            UpstreamStream.opened()
                    .item(0, "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}")
                    .event(
                            "response.reasoning_summary_part.added",
                            "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,"
                                    + "\"part\":{\"type\":\"summary_text\",\"text\":\"\"}")
                    .event(
                            "response.reasoning_summary_text.delta",
                            "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,"
                                    + "\"delta\":\"why\"")
                    .event(
                            "response.reasoning_summary_text.done",
                            "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,"
                                    + "\"text\":\"why\"")
                    .event(
                            "response.reasoning_summary_part.done",
                            "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,"
                                    + "\"part\":{\"type\":\"summary_text\",\"text\":\"why\"}")
                    .itemDone(
                            0,
                            "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[{\"type\":"
                                    + "\"summary_text\",\"text\":\"why\"}],"
                                    + "\"encrypted_content\":\"gAAA\"}")
                    .message(1)
                    .part(1, 0, "output_text")
                    .text(1, 0, "Hello ")
                    .text(1, 0, "there")
                    .textDone(1, 0, "Hello there")
                    .messageDone(1, "Hello there")
                    .item(
                            2,
                            "{\"id\":\"fc_1\",\"type\":\"function_call\",\"call_id\":\"c\","
                                    + "\"name\":\"f\",\"arguments\":\"\"}")
                    .event(
                            "response.function_call_arguments.delta",
                            "\"item_id\":\"fc_1\",\"output_index\":2,\"delta\":\"{}\"")
                    .event(
                            "response.function_call_arguments.done",
                            "\"item_id\":\"fc_1\",\"output_index\":2,\"name\":\"f\","
                                    + "\"arguments\":\"{}\"")
                    .itemDone(
                            2,
                            "{\"id\":\"fc_1\",\"type\":\"function_call\",\"call_id\":\"c\","
                                    + "\"name\":\"f\",\"arguments\":\"{}\"}")
                    .completed("[]");

    private static List<Frame> frames(byte[] wire) {
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(UpstreamStream.TARGET);
        List<Frame> frames = new ArrayList<>();
        decoder.feed(wire, 0, wire.length, frame -> frames.add(frame.copy()));
        decoder.end(frame -> frames.add(frame.copy()));
        return frames;
    }

    private static boolean endsWell(List<Frame> frames) {
        Frame last = frames.getLast();
        return last.event(last.size() - 1) instanceof StreamEvent.Terminated;
    }

    @Test
    void aHealthyStreamKeepsItsEvents() {
        ClientStream client =
                ClientStream.of("").show(RICH.frames()).finish(Usage.of(10, 7)).judged();

        assertThat(client.types())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.reasoning_summary_part.added",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.done",
                        "response.reasoning_summary_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(client.events().get(10).path("obfuscation").asString()).isEqualTo("xK2");
    }

    @Test
    void eventsThatAreLostOrOutOfPlaceLeaveAStreamThatClientsTake() {
        String[] events = new String(RICH.bytes(), StandardCharsets.UTF_8).split("(?<=\n\n)", -1);
        Random random = new Random(5);
        int whole = 0;
        for (int round = 0; round < 1_500; round++) {
            List<String> mixed = new ArrayList<>(List.of(events));
            for (int i = random.nextInt(3); i >= 0; i--) {
                String event = mixed.remove(1 + random.nextInt(mixed.size() - 1));
                for (int copies = random.nextInt(2); copies > 0; copies--) {
                    mixed.add(1 + random.nextInt(mixed.size()), event);
                }
            }
            byte[] wire = String.join("", mixed).getBytes(StandardCharsets.UTF_8);
            List<Frame> frames = frames(wire);
            if (endsWell(frames)) {
                whole++;
                ClientStream.of("").show(frames).finish(Usage.of(10, 7)).judged();
            }
        }
        assertThat(whole).isGreaterThan(300);
    }
}
