package dev.midstream.protocol.chat;

import dev.midstream.model.Draft;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.model.Tool;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.OfferedTools;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.Untranslatable;
import dev.midstream.protocol.UpstreamProtocol;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI Chat Completions ({@code openai-chat}), as clients speak it to us and as we speak it to
 * providers.
 */
public final class ChatProtocol implements ClientProtocol, UpstreamProtocol {

    /** What this protocol is called in configuration, frames and targets. */
    public static final String NAME = "openai-chat";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Request parse(byte[] body, Function<String, @Nullable String> header)
            throws InvalidRequest {
        return ChatRequestReader.read(body);
    }

    @Override
    public boolean blocksInOrder() {
        return false;
    }

    @Override
    public String named(String member) {
        return member.equals("max_output_tokens") ? "max_tokens" : member;
    }

    @Override
    public AnswerEncoder encoder(Request request, Supplier<String> minted, long nowSeconds) {
        ChatIdentity identity = new ChatIdentity(request.model(), minted, nowSeconds);
        return request.stream()
                ? new ChatStreamEncoder(identity, request.streamUsage())
                : new ChatAssembler(identity);
    }

    @Override
    public byte[] encode(Draft draft, Target target) throws Untranslatable {
        return draft.request().protocol().equals(NAME)
                ? ChatRequestSplicer.splice(draft, target)
                : ChatRequestWriter.write(draft, target);
    }

    @Override
    public List<Tool.Native> leftOut(Request request, Target target) {
        return request.protocol().equals(NAME)
                ? List.of()
                : OfferedTools.of(request.tools(), own -> false).leftOut();
    }

    @Override
    public StreamDecoder streamDecoder(Target target) {
        return new ChatStreamDecoder();
    }

    @Override
    public StreamDecoder plainDecoder(Target target) {
        return new ChatBodyDecoder();
    }

    @Override
    public ProviderError error(int status, Function<String, @Nullable String> header, byte[] body) {
        return ErrorReader.response(status, header, body);
    }
}
