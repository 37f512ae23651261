package dev.midstream.protocol.chat;

import static dev.midstream.protocol.chat.ChatStreams.TARGET;
import static dev.midstream.protocol.chat.ChatStreams.chunk;
import static dev.midstream.protocol.chat.ChatStreams.delta;
import static dev.midstream.protocol.chat.ChatStreams.finish;
import static dev.midstream.protocol.chat.ChatStreams.frames;
import static dev.midstream.protocol.chat.ChatStreams.sse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.json.Bytes;
import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plain answers after OpenAI's API reference (2026-11). */
class ChatAssemblerTest {

    private static final String CALL =
            "\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                    + "\"arguments\":\"{\\\"a\\\"\"}}]";
    private final Bytes out = new Bytes(1024);

    @Test
    void aStreamBecomesAPlainAnswer() throws InvalidRequest {
        AnswerEncoder encoder = encoder();
        frames(
                        sse(
                                delta("\"role\":\"assistant\",\"content\":\"\""),
                                delta("\"reasoning\":\"hm\""),
                                delta("\"content\":\"a\""),
                                delta("\"content\":\"b\\u00e9\""),
                                delta(CALL),
                                delta(
                                        "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]"),
                                finish("tool_calls")))
                .forEach(frame -> encoder.frame(frame, out::write));
        assertThat(out.isEmpty()).isTrue();
        encoder.heartbeat(out::write);
        encoder.comment("x", out::write);
        assertThat(finished(encoder, Usage.of(3, 4)))
                .isEqualTo(
                        "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":7,\"model\":\"m\",\"choices\":[{"
                                + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"abé\",\"refusal\":null,"
                                + "\"reasoning_content\":\"hm\",\"tool_calls\":[{\"id\":\"t\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}]},"
                                + "\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":3,"
                                + "\"completion_tokens\":4,\"total_tokens\":7}}");
    }

    @Test
    void unknownMembersAreJoined() throws InvalidRequest {
        AnswerEncoder encoder = encoder();
        String logprobs =
                "{\"id\":\"c1\",\"created\":7,\"model\":\"m\",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,"
                        + "\"delta\":{\"content\":\"%s\",\"annotations\":[{\"url\":\"%s\"}],\"reasoning_details\":[{\"type\":\"t\","
                        + "\"index\":0,\"text\":\"%s\"}]},\"logprobs\":{\"content\":[{\"token\":\"%s\",\"logprob\":-0.10}]}}]}";
        frames(sse(logprobs.replace("%s", "a"), logprobs.replace("%s", "b"), finish("stop")))
                .forEach(frame -> encoder.frame(frame, out::write));
        assertThat(finished(encoder, Usage.NONE))
                .isEqualTo(
                        "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":7,\"model\":\"m\",\"choices\":[{"
                                + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ab\",\"refusal\":null,"
                                + "\"reasoning_content\":\"a\\n\\nb\",\"annotations\":[{\"url\":\"a\"},{\"url\":\"b\"}],"
                                + "\"reasoning_details\":[{\"type\":\"t\",\"index\":0,\"text\":\"ab\"}]},"
                                + "\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":-0.10},{\"token\":\"b\","
                                + "\"logprob\":-0.10}]},\"finish_reason\":\"stop\"}],\"system_fingerprint\":\"fp\"}");
    }

    @Test
    void everyChoiceIsThere() throws InvalidRequest {
        AnswerEncoder encoder = encoder();
        frames(
                        sse(
                                chunk(
                                        "{\"index\":1,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"length\"}"),
                                chunk(
                                        "{\"index\":0,\"delta\":{\"refusal\":\"no\"},\"finish_reason\":\"stop\"}")))
                .forEach(frame -> encoder.frame(frame, out::write));
        assertThat(finished(encoder, Usage.NONE))
                .contains(
                        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":\"no\"},"
                                + "\"finish_reason\":\"stop\"},{\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":"
                                + "\"b\",\"refusal\":null},\"finish_reason\":\"length\"}");
    }

    @Test
    void audioAndDeprecatedCallsAreAssembled() throws InvalidRequest {
        AnswerEncoder encoder = encoder();
        frames(
                        sse(
                                delta(
                                        "\"audio\":{\"id\":\"x\",\"data\":\"AA\",\"transcript\":\"a\"}"),
                                delta(
                                        "\"audio\":{\"data\":\"BB\",\"transcript\":\"b\",\"expires_at\":9}"),
                                finish("stop")))
                .forEach(frame -> encoder.frame(frame, out::write));
        assertThat(finished(encoder, Usage.NONE))
                .contains(
                        "\"audio\":{\"id\":\"x\",\"data\":\"AABB\",\"transcript\":\"ab\",\"expires_at\":9}");
        out.clear();
        AnswerEncoder legacy = encoder();
        frames(
                        sse(
                                delta("\"function_call\":{\"name\":\"f\",\"arguments\":\"{\"}"),
                                delta("\"function_call\":{\"arguments\":\"}\"}"),
                                finish("function_call")))
                .forEach(frame -> legacy.frame(frame, out::write));
        assertThat(finished(legacy, Usage.NONE))
                .contains("\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}")
                .contains("\"finish_reason\":\"function_call\"");
    }

    @Test
    void whatOnlyAnotherProtocolHasIsNoAudio() throws InvalidRequest {
        AnswerEncoder encoder = encoder();
        List<StreamEvent> events =
                List.of(
                        new Opened("c1", "m", 7),
                        new BlockStarted(
                                0,
                                0,
                                BlockKind.OPAQUE,
                                null,
                                new Json("{\"type\":\"server_tool_use\",\"name\":\"web_search\"}")),
                        new StreamEvent.Attached(
                                0,
                                new Json(
                                        "{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}")),
                        BlockStarted.text(1, 0),
                        new Delta(1, "Found."),
                        new StreamEvent.ChoiceEnded(0, FinishReason.STOP, null));
        encoder.frame(Frame.synthetic(events), out::write);
        assertThat(finished(encoder, Usage.NONE))
                .contains(
                        "\"message\":{\"role\":\"assistant\",\"content\":\"Found.\",\"refusal\":null}");
    }

    @Test
    void aPlainAnswerIsWrittenAsItCame() throws InvalidRequest {
        String body =
                "{\n \"id\":\"c9\",\"object\":\"chat.completion\",\"created\":7,\"model\":\"up\",\"error\":null,\"x\":1e400,"
                        + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{"
                        + "\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"b\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]},\"logprobs\":null,"
                        + "\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}";
        List<Frame> frames = plain(body);
        assertThat(ChatStreams.events(frames))
                .contains(
                        new Opened("c9", "up", 7),
                        BlockStarted.toolCall(0, 0, "a", "f"),
                        BlockStarted.toolCall(1, 0, "b", "g"),
                        new StreamEvent.UsageReported(Usage.of(1, 2)))
                .endsWith(new StreamEvent.Terminated());
        AnswerEncoder encoder = encoder();
        frames.forEach(frame -> encoder.frame(frame, out::write));
        assertThat(finished(encoder, Usage.of(1, 2)))
                .isEqualTo(body.replace(",\"error\":null", ""));
    }

    @Test
    void aPlainAnswerForAStreamingClientBecomesAStream() throws InvalidRequest {
        ChatProtocol chat = new ChatProtocol();
        AnswerEncoder encoder =
                chat.encoder(
                        chat.parse(
                                "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                                        .getBytes(StandardCharsets.UTF_8)),
                        () -> "minted",
                        1);
        plain(
                        "{\"id\":\"c\",\"created\":2,\"model\":\"u\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"},"
                                + "\"finish_reason\":\"stop\"}]}")
                .forEach(frame -> encoder.frame(frame, out::write));
        assertThat(finished(encoder, Usage.NONE))
                .isEqualTo(
                        sse(
                                streamed("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
                                streamed("{\"content\":\"a\"}", "null"),
                                streamed("{}", "\"stop\""),
                                "[DONE]"));
    }

    private static String streamed(String delta, String finish) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":2,\"model\":\"u\",\"choices\":[{\"index\":0,"
                + "\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + finish
                + "}]}";
    }

    @Test
    void startsOverWithANewIdentity() throws InvalidRequest {
        AnswerEncoder encoder = encoder();
        frames(sse(delta("\"content\":\"lost\",\"annotations\":[1]")))
                .forEach(frame -> encoder.frame(frame, out::write));
        encoder.reset();
        encoder.event(new Opened("second", "n", 8), out::write);
        encoder.event(BlockStarted.text(0, 0), out::write);
        encoder.event(new Delta(0, "found"), out::write);
        assertThat(finished(encoder, Usage.NONE))
                .contains("\"id\":\"second\"", "\"found\"")
                .doesNotContain("lost", "annotations", "usage");
    }

    private static List<Frame> plain(String body) {
        List<Frame> frames = new ArrayList<>();
        StreamDecoder decoder = new ChatProtocol().plainDecoder(TARGET);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        decoder.feed(bytes, 0, bytes.length / 2, frames::add);
        decoder.feed(bytes, bytes.length / 2, bytes.length - bytes.length / 2, frames::add);
        decoder.end(frames::add);
        return frames;
    }

    private static AnswerEncoder encoder() throws InvalidRequest {
        ChatProtocol chat = new ChatProtocol();
        return chat.encoder(
                chat.parse(
                        "{\"model\":\"asked\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                                .getBytes(StandardCharsets.UTF_8)),
                () -> "minted",
                1);
    }

    private String finished(AnswerEncoder encoder, Usage usage) {
        encoder.finish(usage, out::write);
        return out.toString();
    }
}
