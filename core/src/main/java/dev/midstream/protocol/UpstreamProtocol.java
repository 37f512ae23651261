package dev.midstream.protocol;

import dev.midstream.model.Draft;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.model.Tool;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A protocol as we speak it to a provider. Immutable, thread-safe. */
public interface UpstreamProtocol {

    /** {@code openai-chat}, {@code anthropic-messages}. */
    String name();

    /**
     * The body to send: the client's own bytes with the edited members spliced where the protocol
     * is the client's, else the canonical request encoded anew.
     *
     * @throws Untranslatable if the target cannot take something that the request demands
     */
    byte[] encode(Draft draft, Target target) throws Untranslatable;

    /**
     * What of a request's tools the target is not offered, although {@link #encode} does not refuse
     * it: to be told once.
     */
    default List<Tool.Native> leftOut(Request request, Target target) {
        return List.of();
    }

    /**
     * Request headers that belong to the protocol and depend on the request, by lower-case name;
     * they go before the endpoint's own of the same name. The credential is not among them.
     */
    default Map<String, String> headers(Draft draft, Target target) {
        return Map.of();
    }

    /** A decoder for one streamed answer. */
    StreamDecoder streamDecoder(Target target);

    /** A decoder for one plain answer: its frames are those of a stream that says the same. */
    StreamDecoder plainDecoder(Target target);

    /**
     * Reads an error's body.
     *
     * @param status the HTTP status
     * @param header gives a response header by lower-case name, or null
     */
    ProviderError error(int status, Function<String, @Nullable String> header, byte[] body);
}
