package dev.midstream.routing;

import java.net.URI;
import java.util.Map;

/**
 * Where a deployment's requests go.
 *
 * @param stream the URL asked for a stream
 * @param plain the URL asked for a plain answer; mostly the same
 * @param headers further headers; the credential is not among them
 */
public record Endpoint(URI stream, URI plain, Map<String, String> headers, Credential credential) {
    public Endpoint {
        headers = Map.copyOf(headers);
    }
}
