package dev.midstream.protocol.chat;

import static dev.midstream.protocol.chat.ChatStreams.TARGET;
import static dev.midstream.protocol.chat.ChatStreams.delta;
import static dev.midstream.protocol.chat.ChatStreams.finish;
import static dev.midstream.protocol.chat.ChatStreams.sse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.midstream.json.Bytes;
import dev.midstream.model.Draft;
import dev.midstream.model.Frame;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.Untranslatable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bytes that no provider and no client would send: mutations of those that they do, from fixed
 * seeds.
 */
class ChatHostileInputTest {

    private static final byte[] STREAM =
            sse(
                            delta("\"role\":\"assistant\",\"content\":\"\""),
                            delta(
                                    "\"reasoning\":\"hm\",\"reasoning_details\":[{\"text\":\"hm\",\"index\":0}]"),
                            delta("\"content\":\"na\\u00efve 👋\",\"annotations\":[{\"a\":1e5}]"),
                            delta(
                                    "\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"type\":\"function\",\"extra_content\":{\"a\":1},"
                                            + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\"\"}}]"),
                            delta(
                                    "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]"),
                            delta("\"audio\":{\"id\":\"x\",\"data\":\"AA\"}"),
                            finish("tool_calls"),
                            "{\"id\":\"c1\",\"error\":null,\"choices\":[],\"usage\":{\"prompt_tokens\":9,"
                                    + "\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":4}}}",
                            "[DONE]")
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] BODY =
            ("{\"model\":\"m\",\"stream\":true,\"n\":1,\"max_tokens\":5,\"stop\":[\"a\"],\"temperature\":0.5,"
                            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{}}}],"
                            + "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{}}},"
                            + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"é\"},{\"type\":\"image_url\","
                            + "\"image_url\":{\"url\":\"data:image/png;base64,AA\"}}]},{\"role\":\"assistant\",\"content\":null,"
                            + "\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                            + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"ok\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] ALPHABET =
            "{}[]\",:\\u0 \n\r-+.e19tfn<d\u0000".getBytes(StandardCharsets.UTF_8);

    @Test
    void noStreamMakesTheDecoderOrAnEncoderThrow() throws InvalidRequest {
        ChatProtocol chat = new ChatProtocol();
        Request streaming = chat.parse(BODY);
        Request plain =
                chat.parse(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                                .getBytes(StandardCharsets.UTF_8));
        for (int seed = 0; seed < 3_000; seed++) {
            byte[] stream = mutated(STREAM, new Random(seed));
            AnswerEncoder events = chat.encoder(streaming, () -> "minted", 1);
            AnswerEncoder whole = chat.encoder(plain, () -> "minted", 1);
            Bytes out = new Bytes(1024);
            try {
                for (Frame frame : decoded(stream, seed)) {
                    events.frame(frame, out::write);
                    whole.frame(frame, out::write);
                }
                events.finish(Usage.NONE, out::write);
                out.clear();
                whole.finish(Usage.NONE, out::write);
                assertThat(JsonMapper.shared().readTree(out.toString()).has("choices")).isTrue();
            } catch (RuntimeException e) {
                fail("seed " + seed + ": " + new String(stream, StandardCharsets.UTF_8), e);
            }
        }
    }

    /** One failure at most, and nothing behind it; each delta belongs to an open block. */
    private static List<Frame> decoded(byte[] stream, int seed) {
        List<Frame> frames = new ArrayList<>();
        StreamDecoder decoder =
                seed % 7 == 0
                        ? new ChatProtocol().plainDecoder(TARGET)
                        : new ChatProtocol().streamDecoder(TARGET);
        int split = new Random(seed).nextInt(stream.length + 1);
        decoder.feed(stream, 0, split, frame -> frames.add(frame.copy()));
        decoder.feed(stream, split, stream.length - split, frame -> frames.add(frame.copy()));
        decoder.end(frame -> frames.add(frame.copy()));
        checkGrammar(ChatStreams.events(frames));
        return frames;
    }

    private static void checkGrammar(List<StreamEvent> events) {
        Set<Integer> open = new HashSet<>();
        int blocks = 0;
        boolean over = false;
        for (StreamEvent event : events) {
            assertThat(over).as("%s after the end", event).isFalse();
            switch (event) {
                case StreamEvent.BlockStarted started -> {
                    assertThat(started.block()).isEqualTo(blocks++);
                    open.add(started.block());
                }
                case StreamEvent.Delta delta -> {
                    assertThat(open).contains(delta.block());
                    assertThat(delta.text()).isNotEmpty();
                }
                case StreamEvent.BlockEnded ended ->
                        assertThat(open.remove(ended.block())).isTrue();
                case StreamEvent.Failed failed -> over = true;
                case StreamEvent.Terminated terminated -> over = true;
                default -> {}
            }
        }
    }

    @Test
    void aBodyThatIsNestedDeeplyIsRefusedWhereverItIs() {
        String object = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        String array = "[".repeat(100_000) + "]".repeat(100_000);
        for (String deep : List.of(object, array, "[".repeat(100_000))) {
            for (String member :
                    List.of(
                            "metadata",
                            "messages",
                            "tools",
                            "tool_choice",
                            "response_format",
                            "stop",
                            "reasoning",
                            "stream_options")) {
                assertRefused(bodyWith(member, deep));
            }
            assertRefused(bodyWith("messages", "[{\"role\":\"user\",\"content\":" + deep + "}]"));
            assertRefused(
                    bodyWith(
                            "tools",
                            "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                                    + deep
                                    + "}}]"));
            assertRefused(deep);
        }
        assertThatThrownBy(() -> new ChatProtocol().parse(bytes(bodyWith("metadata", object))))
                .hasMessageContaining("nested deeper than 500 levels");
    }

    @Test
    void aBodyThatIsNestedAsDeeplyAsAllowedCanBeSent() throws InvalidRequest, Untranslatable {
        String deep = "[".repeat(499) + "]".repeat(499);
        ChatProtocol chat = new ChatProtocol();
        Request request = chat.parse(bytes(bodyWith("anything", deep)));

        assertThat(new String(chat.encode(Draft.original(request, true), TARGET), UTF_8))
                .contains(deep);
    }

    /** Truncated, overlong, a lone surrogate, beyond Unicode, and bytes that never occur. */
    @Test
    void aBodyThatIsNotUtf8IsRefusedWhereverItIs() {
        for (String wrong :
                List.of(
                        "\u00c3",
                        "\u00c0\u00af",
                        "\u00ed\u00a0\u0080",
                        "\u00f5\u0080\u0080\u0080",
                        "\u00ff")) {
            for (String body :
                    List.of(
                            bodyWith("metadata", "{\"a\":\"" + wrong + "\"}"),
                            bodyWith("user", "\"" + wrong + "\""),
                            bodyWith("a" + wrong, "1"),
                            wrong + bodyWith("n", "1"),
                            bodyWith("n", "1") + wrong)) {
                byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
                assertThatThrownBy(() -> new ChatProtocol().parse(bytes))
                        .isInstanceOfSatisfying(
                                InvalidRequest.class, e -> assertThat(e.status()).isEqualTo(400))
                        .hasMessageContaining("UTF-8");
            }
        }
    }

    private static void assertRefused(String body) {
        assertThatThrownBy(() -> new ChatProtocol().parse(bytes(body)))
                .isInstanceOfSatisfying(
                        InvalidRequest.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    private static String bodyWith(String member, String value) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\""
                + member
                + "\":"
                + value
                + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void aBodyIsRefusedProperlyOrCanBeSent() {
        ChatProtocol chat = new ChatProtocol();
        int accepted = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            byte[] body = mutated(BODY, new Random(seed));
            try {
                Request request = chat.parse(body);
                JsonMapper.shared().readTree(chat.encode(Draft.original(request, true), TARGET));
                accepted++;
            } catch (InvalidRequest e) {
                assertThat(e.status()).isEqualTo(400);
            } catch (Untranslatable | RuntimeException e) {
                fail("seed " + seed + ": " + new String(body, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(accepted).isBetween(20, 2_900);
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = ALPHABET[random.nextInt(ALPHABET.length)];
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = cut(bytes, at, Math.min(bytes.length, at + random.nextInt(40)));
                default ->
                        bytes =
                                repeated(
                                        bytes,
                                        at,
                                        Math.min(bytes.length, at + random.nextInt(200)));
            }
            if (bytes.length == 0) {
                return original.clone();
            }
        }
        return bytes;
    }

    private static byte[] cut(byte[] bytes, int from, int to) {
        return new Bytes(bytes.length)
                .write(bytes, 0, from)
                .write(bytes, to, bytes.length - to)
                .toByteArray();
    }

    private static byte[] repeated(byte[] bytes, int from, int to) {
        return new Bytes(2 * bytes.length)
                .write(bytes, 0, to)
                .write(bytes, from, bytes.length - from)
                .toByteArray();
    }
}
