package dev.midstream.protocol.messages;

import dev.midstream.model.Draft;
import dev.midstream.model.Frame;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.Untranslatable;
import dev.midstream.protocol.chat.ChatProtocol;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both protocols joined: a chat client's bytes to what Anthropic is sent, and Anthropic's stream to
 * what the chat client gets.
 *
 * <p>The body is written from OpenAI's API reference and from what LiteLLM's users send to Claude
 * besides ({@code thinking_blocks}, {@code thinking}, {@code cache_control}); the streams are those
 * of {@link StreamsAreReadAtAnySplitTest}.
 */
class ChatClientsSpeakToMessagesTest {

    private static final ChatProtocol CHAT = new ChatProtocol();

    @Test
    void aBodyWithAllThatChatCanSay() throws InvalidRequest, Untranslatable {
        Golden.checkJson("agent.chat-messages.json", encoded(Golden.read("agent.chat.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "tools", "thinking"})
    void aStream(String name) throws InvalidRequest {
        Golden.check(
                name + ".messages-chat-stream.sse", streamed(Golden.read(name + ".stream.sse")));
    }

    private static String encoded(String body) throws InvalidRequest, Untranslatable {
        Request request = CHAT.parse(body.getBytes(StandardCharsets.UTF_8));
        byte[] sent = new MessagesProtocol().encode(Draft.original(request, true), Decoding.TARGET);
        return new String(sent, StandardCharsets.UTF_8);
    }

    private static String streamed(String wire) throws InvalidRequest {
        String body =
                "{\"model\":\"claude\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        Request request = CHAT.parse(body.getBytes(StandardCharsets.UTF_8));
        AnswerEncoder encoder = CHAT.encoder(request, () -> "abcdefghijklmnopqrstuvwx", 1L);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Usage[] usage = {Usage.NONE};
        StreamDecoder decoder = new MessagesProtocol().streamDecoder(Decoding.TARGET);
        byte[] bytes = wire.getBytes(StandardCharsets.UTF_8);
        decoder.feed(
                bytes,
                0,
                bytes.length,
                frame -> {
                    encoder.frame(frame, out::write);
                    usage[0] = usage(frame, usage[0]);
                });
        encoder.finish(usage[0], out::write);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Usage usage(Frame frame, Usage known) {
        Usage usage = known;
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof StreamEvent.UsageReported reported) {
                usage = usage.updatedBy(reported.usage());
            }
        }
        return usage;
    }
}
