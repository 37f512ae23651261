package dev.midstream.protocol.responses;

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
 * OpenAI's Responses API ({@code openai-responses}), as clients speak it to us and as we speak it
 * to providers.
 */
public final class ResponsesProtocol implements UpstreamProtocol {

    /** What this protocol is called in configuration, frames and targets. */
    public static final String NAME = "openai-responses";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] encode(Draft draft, Target target) throws Untranslatable {
        return draft.request().protocol().equals(NAME)
                ? ResponsesRequestSplicer.splice(draft, target)
                : ResponsesRequestWriter.write(draft, target);
    }

    @Override
    public StreamDecoder streamDecoder(Target target) {
        return new ResponsesStreamDecoder(target);
    }

    @Override
    public StreamDecoder plainDecoder(Target target) {
        return new ResponsesPlainDecoder(target);
    }

    @Override
    public ProviderError error(int status, Function<String, @Nullable String> header, byte[] body) {
        return ErrorReader.response(status, header, body);
    }
}
