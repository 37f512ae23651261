package dev.midstream.client.http;

import dev.midstream.client.spi.Transport;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.routing.Passage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A request that a test sends, and what comes of it. */
record Asked(Transport.Exchange exchange, Told told) {

    private static final String BODY =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    static Asked of(Transport transport, URI base) {
        return within(transport, base, Duration.ofSeconds(5));
    }

    static Asked within(Transport transport, URI base, Duration connect) {
        return of(transport, base, connect, Passage.DIRECT);
    }

    static Asked by(Transport transport, URI base, Passage passage) {
        return of(transport, base, Duration.ofSeconds(5), passage);
    }

    private static Asked of(Transport transport, URI base, Duration connect, Passage passage) {
        return of(transport, request(base, connect, passage));
    }

    static UpstreamRequest request(URI base, Duration connect, Passage passage) {
        return request(base, connect, passage, Map.of());
    }

    static UpstreamRequest request(
            URI base, Duration connect, Passage passage, Map<String, String> further) {
        Map<String, String> headers =
                new HashMap<>(
                        Map.of(
                                "content-type",
                                "application/json",
                                "authorization",
                                "Bearer sk-key"));
        headers.putAll(further);
        return new UpstreamRequest(
                "POST",
                URI.create(base + "/chat/completions"),
                headers,
                BODY.getBytes(StandardCharsets.UTF_8),
                connect,
                passage);
    }

    static Asked of(Transport transport, UpstreamRequest request) {
        Told told = new Told(request.uri());
        return new Asked(transport.send(request, told), told);
    }
}
