package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import dev.midstream.model.StreamEvent;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a stream must never do to us, whoever sends it. */
class HostileStreamsAreBoundedTest {

    private static final byte[] RICH =
            UpstreamStream.opened()
                    .item(0, "{\"type\":\"reasoning\",\"summary\":[]}")
                    .event(
                            "response.reasoning_summary_text.delta",
                            "\"output_index\":0,\"summary_index\":0,\"delta\":\"why\"")
                    .itemDone(
                            0,
                            "{\"type\":\"reasoning\",\"summary\":[{\"text\":\"why\"}],"
                                    + "\"encrypted_content\":\"e\"}")
                    .said(1, "Hello")
                    .item(
                            2,
                            "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\","
                                    + "\"arguments\":\"\"}")
                    .event(
                            "response.function_call_arguments.delta",
                            "\"output_index\":2,\"delta\":\"{}\"")
                    .event(
                            "response.function_call_arguments.done",
                            "\"output_index\":2,\"arguments\":\"{}\"")
                    .item(3, "{\"type\":\"web_search_call\"}")
                    .completed("[]")
                    .bytes();

    /** Blocks begin once and in order, say things only while open, and nothing follows the end. */
    private static void checkGrammar(List<StreamEvent> events, Object what) {
        Set<Integer> open = new HashSet<>();
        int next = 0;
        boolean over = false;
        for (StreamEvent event : events) {
            assertThat(over).as("%s: %s after the end", what, event).isFalse();
            switch (event) {
                case StreamEvent.BlockStarted start -> {
                    assertThat(start.block()).as("%s", what).isEqualTo(next++);
                    open.add(start.block());
                }
                case StreamEvent.Delta delta -> {
                    assertThat(open).as("%s", what).contains(delta.block());
                    assertThat(delta.text()).isNotEmpty();
                }
                case StreamEvent.Signed signed ->
                        assertThat(open).as("%s", what).contains(signed.block());
                case StreamEvent.BlockEnded end ->
                        assertThat(open.remove(end.block())).as("%s", what).isTrue();
                case StreamEvent.ChoiceEnded end -> assertThat(open).as("%s", what).isEmpty();
                case StreamEvent.Terminated t -> over = true;
                case StreamEvent.Failed f -> over = true;
                default -> {}
            }
        }
    }

    @Test
    void whatIsReadOfAHealthyStreamIsWellFormed() {
        checkGrammar(UpstreamStream.events(RICH, 7), "healthy");
    }

    @Test
    void anyByteMayBeAnother() {
        Random random = new Random(7);
        for (int round = 0; round < 4_000; round++) {
            byte[] wire = RICH.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                wire[random.nextInt(wire.length)] = (byte) random.nextInt(256);
            }
            checkGrammar(UpstreamStream.events(wire, 1 + random.nextInt(400)), round);
        }
    }

    @Test
    void anyEventMayBeMissingOrComeTwiceOrElsewhere() {
        String[] events = new String(RICH, StandardCharsets.UTF_8).split("(?<=\n\n)", -1);
        Random random = new Random(11);
        for (int round = 0; round < 4_000; round++) {
            List<String> mixed = new ArrayList<>(List.of(events));
            for (int i = random.nextInt(4); i >= 0 && !mixed.isEmpty(); i--) {
                String event = mixed.remove(random.nextInt(mixed.size()));
                for (int copies = random.nextInt(3); copies > 0; copies--) {
                    mixed.add(random.nextInt(mixed.size() + 1), event);
                }
            }
            byte[] wire = String.join("", mixed).getBytes(StandardCharsets.UTF_8);
            checkGrammar(UpstreamStream.events(wire, Integer.MAX_VALUE), round);
        }
    }

    @Test
    void numbersMayBeAnything() {
        for (String index : List.of("-1", "1e9", "99999999999999999999", "\"0\"", "null", "[]")) {
            List<StreamEvent> events =
                    UpstreamStream.events(
                            UpstreamStream.opened()
                                    .event(
                                            "response.output_text.delta",
                                            "\"output_index\":"
                                                    + index
                                                    + ",\"content_index\":"
                                                    + index
                                                    + ",\"delta\":\"a\"")
                                    .completed("[]")
                                    .bytes(),
                            100);
            checkGrammar(events, index);
            assertThat(UpstreamStream.words(events)).contains("delta 0 a", "terminated");
        }
    }

    @Test
    void itemsAreNotWithoutNumber() {
        assertThat(fed("{\"type\":\"response.output_item.added\",\"item\":{\"type\":\"message\"}}"))
                .isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void deepNestingIsNoEvent() {
        String deep =
                "data: {\"type\":\"x\",\"y\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}\n\n";
        List<StreamEvent> events =
                UpstreamStream.events((deep + deep).getBytes(StandardCharsets.UTF_8), 1_000);

        assertThat(events.getLast()).isInstanceOf(StreamEvent.Failed.class);
    }

    @Test
    void anEndlessEventEndsTheAnswer() {
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(UpstreamStream.TARGET);
        byte[] piece = "data: {\"x\":\"".getBytes(StandardCharsets.UTF_8);
        byte[] more = new byte[1024 * 1024];
        List<StreamEvent> events = new ArrayList<>();
        decoder.feed(piece, 0, piece.length, frame -> UpstreamStream.note(frame, events));
        for (int i = 0; i < 20 && events.isEmpty(); i++) {
            java.util.Arrays.fill(more, (byte) 'a');
            decoder.feed(more, 0, more.length, frame -> UpstreamStream.note(frame, events));
        }

        assertThat(events).hasSize(1).first().isInstanceOf(StreamEvent.Failed.class);
    }

    private static Failure fed(String event) {
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(UpstreamStream.TARGET);
        List<StreamEvent> failed = new ArrayList<>();
        byte[] wire = ("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000 && failed.isEmpty(); i++) {
            decoder.feed(
                    wire,
                    0,
                    wire.length,
                    frame -> {
                        if (frame.event(0) instanceof StreamEvent.Failed) {
                            failed.add(frame.event(0));
                        }
                    });
        }
        return ((StreamEvent.Failed) failed.getFirst()).failure();
    }
}
