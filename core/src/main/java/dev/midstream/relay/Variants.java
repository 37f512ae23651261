package dev.midstream.relay;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.model.RouterMembers;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.routing.Variant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client's request, and what fallbacks make of it: the client's own body with some members
 * replaced, read as if the client had sent that. Each is read once, when it is first asked for. Not
 * thread-safe.
 */
public final class Variants {

    /** One limit under its several names: who sets one replaces the others. */
    private static final List<String> TOKEN_LIMITS =
            List.of("max_tokens", "max_completion_tokens", "max_output_tokens");

    private final Request request;
    private final @Nullable ClientProtocol protocol;
    private final Function<String, @Nullable String> header;
    private final Map<Variant, Request> read = new HashMap<>();
    private final Map<Variant, InvalidRequest> invalid = new HashMap<>();

    private Variants(
            Request request,
            @Nullable ClientProtocol protocol,
            Function<String, @Nullable String> header) {
        this.request = request;
        this.protocol = protocol;
        this.header = header;
        read.put(Variant.NONE, request);
    }

    /**
     * @param protocol the client's, which has read the request
     * @param header as it was given to the protocol
     */
    public static Variants of(
            Request request, ClientProtocol protocol, Function<String, @Nullable String> header) {
        return new Variants(request, protocol, header);
    }

    /** The request alone: nothing is made of it. */
    public static Variants none(Request request) {
        return new Variants(request, null, name -> null);
    }

    /** Whether the client's protocol can say what the variant asks for. */
    public boolean formable(Variant variant) {
        try {
            read(variant);
            return true;
        } catch (InvalidRequest cannotBeSaid) {
            return false;
        }
    }

    /** The request as a variant has it; the client's own where it cannot be said. */
    Request of(Variant variant) {
        try {
            return read(variant);
        } catch (InvalidRequest cannotBeSaid) {
            return request;
        }
    }

    /**
     * The request as a variant has it.
     *
     * @throws InvalidRequest if the client's protocol cannot say that
     */
    public Request read(Variant variant) throws InvalidRequest {
        InvalidRequest known = invalid.get(variant);
        if (known != null) {
            throw known;
        }
        Request found = read.get(variant);
        return found != null ? found : parsed(variant);
    }

    private Request parsed(Variant variant) throws InvalidRequest {
        try {
            Request parsed = parse(variant);
            read.put(variant, parsed);
            return parsed;
        } catch (InvalidRequest cannotBeSaid) {
            invalid.put(variant, cannotBeSaid);
            throw cannotBeSaid;
        }
    }

    private Request parse(Variant variant) throws InvalidRequest {
        if (protocol == null) {
            throw new InvalidRequest(400, null, "This request cannot be altered");
        }
        JsonSplice body = JsonSplice.of(request.body());
        RouterMembers.FALLBACKS.stream()
                .filter(request.further()::containsKey)
                .forEach(body::remove);
        for (Map.Entry<String, Json> member : variant.members().entrySet()) {
            replace(body, protocol.named(member.getKey()), member.getValue());
        }
        return protocol.parse(body.bytes(), header);
    }

    private static void replace(JsonSplice body, String name, Json value) {
        if (TOKEN_LIMITS.contains(name)) {
            TOKEN_LIMITS.forEach(body::remove);
        }
        if (value.text().equals("null")) {
            body.remove(name);
        } else {
            body.set(name, value.text());
        }
    }
}
