package dev.midstream.gateway.drill;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.Responder;
import dev.midstream.testkit.Step;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Hands requests on to a real deployment, and breaks the answer to the first one off after a few
 * events, on both sides: the real one is told to stop. Later ones go through whole. Thread-safe.
 */
final class CuttingProxy implements Responder {

    private static final int EVENTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_BYTES = 16 << 20;
    private static final Set<String> OUR_OWN =
            Set.of("host", "connection", "content-length", "transfer-encoding", "accept-encoding");

    private final URI origin;
    private final HttpClient client;
    private volatile boolean hasCut;

    /**
     * @param real any URL of the real deployment
     */
    CuttingProxy(URI real, HttpClient client) {
        this.origin = URI.create(real.getScheme() + "://" + real.getRawAuthority());
        this.client = client;
    }

    @Override
    public Answer answer(RecordedRequest request) {
        try {
            HttpResponse<InputStream> response =
                    client.send(handedOn(request), BodyHandlers.ofInputStream());
            try (InputStream body = new BufferedInputStream(response.body())) {
                return answer(response, body, request.number() == 1);
            }
        } catch (IOException e) {
            return Answer.of(new Step.Cut());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.of(new Step.Cut());
        }
    }

    /** Whether an answer was broken off here: one that was refused, or too short, was not. */
    boolean hasCut() {
        return hasCut;
    }

    private HttpRequest handedOn(RecordedRequest request) {
        HttpRequest.Builder real =
                HttpRequest.newBuilder(URI.create(origin + request.target()))
                        .timeout(PATIENCE)
                        .method(request.method(), BodyPublishers.ofByteArray(request.body()));
        request.headers().fields().stream()
                .filter(header -> !OUR_OWN.contains(header.name().toLowerCase(Locale.ROOT)))
                .forEach(header -> real.header(header.name(), header.value()));
        return real.build();
    }

    private Answer answer(HttpResponse<InputStream> response, InputStream body, boolean cut)
            throws IOException {
        Map<String, String> headers =
                Map.of(
                        "content-type",
                        response.headers().firstValue("content-type").orElse("text/event-stream"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean whole = read(body, bytes, cut && response.statusCode() == 200);
        if (response.statusCode() != 200) {
            return Answer.of(
                    new Step.Status(
                            response.statusCode(),
                            headers,
                            bytes.toString(StandardCharsets.UTF_8)));
        }
        hasCut |= !whole;
        return Answer.of(
                new Step.Head(200, headers),
                new Step.Raw(bytes.toByteArray()),
                whole ? new Step.CleanEnd() : new Step.Cut());
    }

    /** Whether the end was reached before enough events were. */
    private static boolean read(InputStream body, ByteArrayOutputStream bytes, boolean cut)
            throws IOException {
        int events = 0;
        boolean lineIsEmpty = true;
        for (int next = body.read(); next >= 0 && bytes.size() < MOST_BYTES; next = body.read()) {
            bytes.write(next);
            if (next == '\n') {
                events += lineIsEmpty ? 1 : 0;
                lineIsEmpty = true;
                if (cut && events == EVENTS) {
                    return false;
                }
            } else if (next != '\r') {
                lineIsEmpty = false;
            }
        }
        return true;
    }
}
