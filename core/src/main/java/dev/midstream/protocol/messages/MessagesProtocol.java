package dev.midstream.protocol.messages;

import dev.midstream.model.Draft;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Target;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.Untranslatable;
import dev.midstream.protocol.UpstreamProtocol;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's Messages API as we speak it to Anthropic and to Vertex AI. Immutable, thread-safe.
 *
 * <p><b>Shape</b>: the body for the provider {@code vertex_ai} names no model but {@code
 * anthropic_version}; for any other provider it names the model, and the version is a header of the
 * endpoint's.
 *
 * <p><b>Source</b>: Anthropic's API reference; Google's page on Claude partner models (read
 * 2026-11).
 */
public final class MessagesProtocol implements UpstreamProtocol {

    /** The protocol's name. */
    public static final String NAME = "anthropic-messages";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] encode(Draft draft, Target target) throws Untranslatable {
        return new RequestWriter(draft, target).write();
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
