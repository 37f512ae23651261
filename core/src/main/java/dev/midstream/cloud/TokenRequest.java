package dev.midstream.cloud;

import dev.midstream.model.Secret;
import java.net.URI;
import java.util.Map;

/**
 * The request that gets an access token. Immutable.
 *
 * @param method {@code GET} or {@code POST}
 * @param body empty for {@code GET}; ASCII
 */
public record TokenRequest(String method, URI uri, Map<String, String> headers, Secret body) {
    public TokenRequest {
        headers = Map.copyOf(headers);
    }
}
