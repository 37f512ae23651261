package dev.midstream.protocol.messages;

import dev.midstream.model.Draft;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.model.Tool;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.Untranslatable;
import dev.midstream.protocol.UpstreamProtocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's Messages API, as clients speak it to us and as we speak it to Anthropic and to Vertex
 * AI. Immutable, thread-safe.
 *
 * <p><b>Shape</b>: the body for the provider {@code vertex_ai} names no model but {@code
 * anthropic_version}; for any other provider it names the model, and the version is a header of the
 * endpoint's.
 *
 * <p><b>Source</b>: Anthropic's API reference; Google's page on Claude partner models (read
 * 2026-11).
 */
public final class MessagesProtocol implements ClientProtocol, UpstreamProtocol {

    /** The protocol's name. */
    public static final String NAME = "anthropic-messages";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean blocksInOrder() {
        return true;
    }

    @Override
    public Request parse(byte[] body, Function<String, @Nullable String> header)
            throws InvalidRequest {
        return MessagesRequestReader.read(body, header, false);
    }

    /**
     * Reads a request for the number of its tokens, which need not say how many may be answered.
     *
     * @throws InvalidRequest as {@link #parse(byte[], Function)}
     */
    public Request parseCount(byte[] body, Function<String, @Nullable String> header)
            throws InvalidRequest {
        return MessagesRequestReader.read(body, header, true);
    }

    @Override
    public String named(String member) {
        return member.equals("max_output_tokens") || member.equals("max_completion_tokens")
                ? "max_tokens"
                : member;
    }

    @Override
    public AnswerEncoder encoder(Request request, Supplier<String> minted, long nowSeconds) {
        MessageIdentity identity = new MessageIdentity(request, minted);
        return request.stream()
                ? new MessagesStreamEncoder(identity)
                : new MessagesAssembler(identity);
    }

    @Override
    public byte[] error(ErrorReport report) {
        return MessagesErrorWriter.response(report);
    }

    @Override
    public byte[] error(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message) {
        return MessagesErrorWriter.write(status, type, code, param, message);
    }

    @Override
    public byte[] encode(Draft draft, Target target) throws Untranslatable {
        return draft.request().protocol().equals(NAME)
                ? MessagesRequestSplicer.splice(draft, target)
                : new RequestWriter(draft, target).write();
    }

    /**
     * The body that asks an upstream how many tokens a Messages client's prompt has: the same
     * prompt without what only an answer needs. It names the model whatever the provider.
     *
     * @throws Untranslatable if the target cannot take something that the request demands
     */
    public byte[] encodeCount(Draft draft, Target target) throws Untranslatable {
        return MessagesRequestSplicer.counting(draft, target);
    }

    /**
     * The betas and the version that a Messages client names; Vertex AI has a version of its own.
     */
    @Override
    public Map<String, String> headers(Draft draft, Target target) {
        if (!draft.request().protocol().equals(NAME)) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>(draft.request().headers());
        if (target.provider().startsWith("vertex_ai")) {
            headers.remove("anthropic-version");
        }
        return headers;
    }

    @Override
    public List<Tool.Native> leftOut(Request request, Target target) {
        return ToolWriter.offered(request.tools(), request.protocol().equals(NAME)).leftOut();
    }

    @Override
    public StreamDecoder streamDecoder(Target target) {
        return new MessagesStreamDecoder();
    }

    @Override
    public StreamDecoder plainDecoder(Target target) {
        return new MessagesPlainDecoder();
    }

    @Override
    public ProviderError error(int status, Function<String, @Nullable String> header, byte[] body) {
        return ErrorReader.response(status, header, body);
    }
}
