package dev.midstream.protocol.embeddings;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Draft;
import dev.midstream.model.ErrorClass;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Request;
import dev.midstream.model.RouterMembers;
import dev.midstream.model.Target;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.ErrorReader;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.UpstreamProtocol;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** OpenAI Embeddings, as clients speak it to us and as we speak it to providers. */
public final class EmbeddingsProtocol implements ClientProtocol, UpstreamProtocol {

    /** What this protocol is called in frames and targets. */
    public static final String NAME = Target.EMBEDDINGS;

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
        return EmbeddingsRequestReader.read(body);
    }

    @Override
    public AnswerEncoder encoder(Request request, Supplier<String> minted, long nowSeconds) {
        return new EmbeddingsAnswer();
    }

    @Override
    public byte[] encode(Draft draft, Target target) {
        JsonSplice splice = JsonSplice.of(draft.request().body());
        for (String name : splice.names()) {
            if (RouterMembers.own(name) || name.equals("metadata")) {
                splice.remove(name);
            }
        }
        splice.setString("model", target.model());
        new TreeMap<>(target.defaults())
                .forEach(
                        (name, value) -> {
                            if (!splice.has(name)) {
                                splice.set(name, value.text());
                            }
                        });
        target.dropAlways().forEach(splice::remove);
        return splice.bytes();
    }

    @Override
    public StreamDecoder streamDecoder(Target target) {
        return new EmbeddingsDecoder();
    }

    @Override
    public StreamDecoder plainDecoder(Target target) {
        return new EmbeddingsDecoder();
    }

    /**
     * A model that converses and is asked for embeddings answers as if it, or the path, were not
     * there: that says nothing about how well it is.
     */
    @Override
    public ProviderError error(int status, Function<String, @Nullable String> header, byte[] body) {
        ProviderError error = ErrorReader.response(status, header, body);
        boolean absent =
                error.errorClass() == ErrorClass.NOT_FOUND
                        || error.errorClass() == ErrorClass.PERMISSION;
        return absent ? error.as(ErrorClass.NOT_SERVED) : error;
    }
}
