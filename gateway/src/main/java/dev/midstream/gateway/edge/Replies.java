package dev.midstream.gateway.edge;

import dev.midstream.protocol.ClientProtocol;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Answers that need no provider. */
final class Replies {

    private static final Map<Integer, String> TYPES =
            Map.of(
                    401, "authentication_error",
                    404, "not_found_error",
                    413, "request_too_large",
                    429, "rate_limit_error",
                    500, "internal_error",
                    501, "not_implemented_error",
                    503, "service_unavailable");

    private Replies() {}

    static Mono<Void> json(HttpServerResponse response, int status, String json) {
        return json(response, status, json.getBytes(StandardCharsets.UTF_8));
    }

    static Mono<Void> json(HttpServerResponse response, int status, byte[] json) {
        return response.status(status)
                .header("content-type", "application/json")
                .sendObject(Unpooled.wrappedBuffer(json))
                .then();
    }

    static Mono<Void> page(HttpServerResponse response, Document.Content content) {
        return response.status(200)
                .header("content-type", content.type())
                .sendObject(Unpooled.wrappedBuffer(content.body()))
                .then();
    }

    /** An error in the form of {@code protocol}. */
    static Mono<Void> error(
            HttpServerResponse response,
            ClientProtocol protocol,
            int status,
            @Nullable String code,
            String message) {
        return json(response, status, body(protocol, status, code, null, message));
    }

    static byte[] body(
            ClientProtocol protocol,
            int status,
            @Nullable String code,
            @Nullable String param,
            String message) {
        String type = TYPES.getOrDefault(status, "invalid_request_error");
        return protocol.error(status, type, code, param, message);
    }
}
