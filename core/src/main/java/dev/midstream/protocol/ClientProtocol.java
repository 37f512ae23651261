package dev.midstream.protocol;

import dev.midstream.model.Request;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A protocol as clients speak it to us. Immutable, thread-safe. */
public interface ClientProtocol {

    /** {@code openai-chat}, {@code anthropic-messages}. */
    String name();

    /**
     * Whether blocks must leave in the order of their numbers, each closed before the next one
     * opens. Where it is not so (chat), text may pass a tool call that is held.
     */
    boolean blocksInOrder();

    /**
     * Reads a client's request.
     *
     * @param header gives a request header by lower-case name, or null
     * @throws InvalidRequest if the body is not JSON or not a request; nothing has been sent
     *     anywhere
     */
    Request parse(byte[] body, Function<String, @Nullable String> header) throws InvalidRequest;

    /** Reads a client's request that has no headers. */
    default Request parse(byte[] body) throws InvalidRequest {
        return parse(body, name -> null);
    }

    /**
     * This protocol's own name of a request's member that another protocol, or LiteLLM, calls
     * otherwise: {@code max_output_tokens} for {@code max_tokens}.
     */
    default String named(String member) {
        return member;
    }

    /**
     * An encoder for one answer.
     *
     * @param minted gives random identifiers (letters and digits, at least 24) for what the
     *     upstream does not name
     * @param nowSeconds seconds since the epoch, for answers whose upstream gives no time
     */
    AnswerEncoder encoder(Request request, Supplier<String> minted, long nowSeconds);

    /**
     * The body of an error before anything was written; OpenAI's unless the protocol has its own.
     */
    default byte[] error(ErrorReport report) {
        return ErrorEnvelope.write(report);
    }

    /** The body of an error that never saw an upstream. */
    default byte[] error(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message) {
        return ErrorEnvelope.write(status, type, code, param, message);
    }
}
