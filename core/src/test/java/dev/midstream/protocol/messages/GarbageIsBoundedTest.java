package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import dev.midstream.model.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an upstream sends that is no Messages stream.
 *
 * <p>Written from the wire facts on errors inside streams: one undecodable event is skipped, a
 * second in a row or one that nothing valid follows is an error; Google's errors come as an object
 * or in an array; proxies send pages.
 */
class GarbageIsBoundedTest {

    private static final String START =
            "data: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"c\"}}\n\n";
    private static final String TEXT =
            "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\"}}\n\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"type\":\"content_block_del",
                "{\"type\":}",
                "{} {}",
                "[1]",
                "true",
                "\"text\"",
                "{\"a\":\"\\u12\"}",
                "<html>",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\","
                        + "\"thinking\":\"x\"}}"
            })
    void oneMalformedEventIsSkippedTwoAreAnError(String data) {
        String bad = "data: " + data + "\n\n";

        List<StreamEvent> skipped = Decoding.stream(START + TEXT + bad + delta("Hi"));
        assertThat(skipped).hasAtLeastOneElementOfType(StreamEvent.Malformed.class);
        assertThat(skipped).endsWith(new StreamEvent.Delta(0, "Hi"));

        assertThat(Decoding.failure(Decoding.stream(START + TEXT + bad + bad + delta("Hi"))))
                .isInstanceOf(Failure.Garbled.class);
        assertThat(Decoding.failure(Decoding.stream(START + TEXT + bad)))
                .isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void invalidUtf8IsMalformed() {
        byte[] wire = (START + TEXT + delta("HXi") + delta("!")).getBytes(StandardCharsets.UTF_8);
        wire[new String(wire, StandardCharsets.UTF_8).indexOf("HXi") + 1] = (byte) 0xff;

        assertThat(Decoding.fed(wire, 7))
                .hasAtLeastOneElementOfType(StreamEvent.Malformed.class)
                .endsWith(new StreamEvent.Delta(0, "!"));
    }

    @Test
    void depthIsBounded() {
        String deep = "data: " + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000) + "\n\n";

        assertThat(Decoding.stream(START + TEXT + deep + delta("Hi")))
                .endsWith(new StreamEvent.Delta(0, "Hi"))
                .hasAtLeastOneElementOfType(StreamEvent.Malformed.class);
    }

    @Test
    void lengthIsBounded() {
        byte[] endless = ("data: " + "x".repeat(20_000_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(Decoding.failure(Decoding.fed(endless, 1 << 20)))
                .isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void anEventOfTenMegabytesIsRead() {
        String text = "x".repeat(10_000_000);

        assertThat(
                        Decoding.fed(
                                (START + TEXT + delta(text)).getBytes(StandardCharsets.UTF_8),
                                1 << 16))
                .endsWith(new StreamEvent.Delta(0, text));
    }

    @Test
    void aSecondMessageInsideTheFirstIsAnError() {
        assertThat(Decoding.stream(START + START + TEXT))
                .endsWith(StreamEvent.BlockStarted.text(0, 0));
        assertThat(Decoding.failure(Decoding.stream(START + START.replace("\"m\"", "\"n\""))))
                .isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void aBlockWhoseStartWasLostBeginsWithItsText() {
        assertThat(Decoding.stream(START + delta("Hi")))
                .endsWith(StreamEvent.BlockStarted.text(0, 0), new StreamEvent.Delta(0, "Hi"));
    }

    @Test
    void aCallWhoseStartWasLostIsAnError() {
        String arguments =
                "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                        + "{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}}\n\n";

        assertThat(Decoding.failure(Decoding.stream(START + arguments)))
                .isInstanceOf(Failure.Garbled.class);
    }

    @Test
    void aBlockThatStartsTwiceIsTwoBlocks() {
        assertThat(Decoding.stream(START + TEXT + delta("A") + TEXT + delta("B")))
                .endsWith(
                        new StreamEvent.Delta(0, "A"),
                        new StreamEvent.BlockEnded(0),
                        StreamEvent.BlockStarted.text(1, 0),
                        new StreamEvent.Delta(1, "B"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":503,\"message\":\"Busy\",\"status\":\"UNAVAILABLE\"}}",
                "[{\"error\":{\"code\":503,\"message\":\"Busy\",\"status\":\"UNAVAILABLE\"}}]",
                "[{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"Busy\",\n    \"status\":"
                        + " \"UNAVAILABLE\"\n  }\n}\n]\n"
            })
    void googlesErrorsWithStatus200AreErrors(String body) {
        for (List<StreamEvent> events : List.of(Decoding.stream(body), Decoding.plain(body))) {
            assertThat(Decoding.failure(events))
                    .isInstanceOfSatisfying(
                            Failure.Refused.class,
                            refused -> {
                                assertThat(refused.error().status()).isEqualTo(503);
                                assertThat(refused.error().message()).isEqualTo("Busy");
                            });
        }
    }

    @Test
    void aPageIsGarbled() {
        String page = "<html><head><title>x</title></head><body>Please\nlog in</body></html>";

        for (List<StreamEvent> events : List.of(Decoding.stream(page), Decoding.plain(page))) {
            assertThat(events).hasSize(1);
            assertThat(Decoding.failure(events).message()).endsWith(": Please log in");
        }
    }

    @Test
    void nothingAtAllSaysNothing() {
        assertThat(Decoding.stream("\n")).isEmpty();
        assertThat(Decoding.plain("")).isEmpty();
    }

    private static String delta(String text) {
        return "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
                + "\"text\":\""
                + text
                + "\"}}\n\n";
    }
}
