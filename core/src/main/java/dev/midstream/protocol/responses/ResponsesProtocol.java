package dev.midstream.protocol.responses;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Draft;
import dev.midstream.model.Held;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Request;
import dev.midstream.model.Seal;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * OpenAI's Responses API ({@code openai-responses}), as clients speak it to us and as we speak it
 * to providers. Thread-safe.
 */
public final class ResponsesProtocol implements ClientProtocol, UpstreamProtocol {

    /** What this protocol is called in configuration, frames and targets. */
    public static final String NAME = "openai-responses";

    private static final int KEY_BYTES = 32;
    private static final int MOST_KEPT = 1_000;
    private static final long MOST_KEPT_BYTES = 64L * 1024 * 1024;

    private final ResponseIds ids;
    private final KeptResponses kept;
    private final History history;

    /**
     * @param ids make and read the ids of answers that providers keep
     * @param kept keeps the answers that no provider keeps
     */
    public ResponsesProtocol(ResponseIds ids, KeptResponses kept) {
        this.ids = ids;
        this.kept = kept;
        this.history = new History(ids, kept);
    }

    /** Keeps what is to be kept in memory, under ids that nobody else can read. */
    public ResponsesProtocol() {
        this(
                new ResponseIds(SecureRandom.getSeed(KEY_BYTES)),
                new MemoryKeptResponses(MOST_KEPT, MOST_KEPT_BYTES, Duration.ofDays(1), () -> 0));
    }

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
        return history.read(body);
    }

    /**
     * The same request with these items in front of its input, and nothing previous: for a provider
     * that does not keep the answer which the client goes on from.
     *
     * @param items a JSON array of items, the oldest first
     * @throws IllegalArgumentException if it is none
     */
    public static Request withHistory(Request request, String items) {
        return History.withHistory(request, items);
    }

    /**
     * A provider's own {@code response} object as clients are shown it: under the id that says to
     * us where it is kept, with proofs of origin that name who can read them.
     *
     * @param response what the provider answered
     * @param target who keeps it
     * @throws IllegalArgumentException if it is not a JSON object
     */
    public byte[] shown(byte[] response, Target target) {
        JsonSplice shown;
        try {
            shown = JsonSplice.of(response);
        } catch (JacksonException notJson) {
            throw new IllegalArgumentException("Not JSON", notJson);
        }
        for (String name : List.of("id", "previous_response_id")) {
            String own = Members.text(shown, name);
            if (!own.isEmpty()) {
                shown.setString(name, ids.of(new Held(target.id(), own)));
            }
        }
        ShownResponse.sealOutput(shown, data -> new Seal(target.origin(), data));
        return shown.bytes();
    }

    @Override
    public String named(String member) {
        return switch (member) {
            case "max_tokens", "max_completion_tokens" -> "max_output_tokens";
            case "messages" -> "input";
            default -> member;
        };
    }

    @Override
    public AnswerEncoder encoder(Request request, Supplier<String> minted, long nowSeconds) {
        Supplier<ResponsesStreamEncoder> stream =
                () -> new ResponsesStreamEncoder(request, ids, kept, minted, nowSeconds);
        return request.stream() ? stream.get() : new ResponsesAssembler(stream);
    }

    @Override
    public byte[] encode(Draft draft, Target target) throws Untranslatable {
        return draft.request().protocol().equals(NAME)
                ? ResponsesRequestSplicer.splice(draft, target)
                : ResponsesRequestWriter.write(draft, target);
    }

    @Override
    public List<Tool.Native> leftOut(Request request, Target target) {
        return request.protocol().equals(NAME)
                ? List.of()
                : OfferedTools.of(request.tools(), own -> false).leftOut();
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
