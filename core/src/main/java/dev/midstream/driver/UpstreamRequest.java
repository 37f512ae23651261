package dev.midstream.driver;

import dev.midstream.routing.Passage;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One request to an upstream. {@code toString()} is left out of logs: headers hold the credential.
 *
 * @param method in upper case: {@code POST}
 * @param headers all of them, the credential included; names in lower case
 * @param connect until the connection stands, name resolution and TLS included
 * @param passage the way that leads there
 */
public record UpstreamRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        byte[] body,
        Duration connect,
        Passage passage) {

    public UpstreamRequest {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return method + " " + uri;
    }
}
