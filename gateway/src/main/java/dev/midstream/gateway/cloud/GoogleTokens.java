package dev.midstream.gateway.cloud;

import dev.midstream.cloud.AccessToken;
import dev.midstream.cloud.GoogleAccount;
import dev.midstream.cloud.TokenRefused;
import dev.midstream.cloud.TokenRequest;
import dev.midstream.cloud.UnreadableCredential;
import dev.midstream.driver.AccessTokens;
import dev.midstream.driver.TokenUnavailable;
import dev.midstream.gateway.transport.OverPassage;
import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Passage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens of Google's cloud, over the JDK's HTTP client. Thread-safe. */
public final class GoogleTokens implements AccessTokens, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MAX_ATTEMPTS = 3;

    /**
     * Made with the first token: its TLS takes a tenth of a second that a start without clouds need
     * not spend.
     */
    private final Map<Passage, HttpClient> clients = new ConcurrentHashMap<>();

    private final Map<Credential.GoogleToken, TokenSlot> slots = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final String metadataHost;

    /**
     * @param metadataHost the metadata server, {@code host} or {@code host:port}
     */
    public GoogleTokens(InstantSource clock, String metadataHost) {
        this.clock = clock;
        this.metadataHost = metadataHost;
    }

    @Override
    public CompletionStage<Secret> token(Credential.GoogleToken credential) {
        return slot(credential).token();
    }

    @Override
    public void refused(Credential.GoogleToken credential) {
        slot(credential).forget();
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
        clients.clear();
    }

    /** The metadata server is on the machine itself: nothing lies between. */
    private HttpClient client(Passage passage, URI uri) {
        boolean near = metadataHost.equals(uri.getAuthority());
        return clients.computeIfAbsent(
                near ? Passage.DIRECT : passage, way -> OverPassage.client(way, CONNECT));
    }

    private TokenSlot slot(Credential.GoogleToken credential) {
        return slots.computeIfAbsent(credential, asked -> new TokenSlot(() -> fetch(asked), clock));
    }

    /** Blocks: runs on a virtual thread. */
    private AccessToken fetch(Credential.GoogleToken asked) {
        try {
            GoogleAccount account = GoogleAccount.parse(asked.source(), metadataHost);
            for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
                HttpResponse<byte[]> response = send(asked, account.tokenRequest(clock.instant()));
                if (response.statusCode() < 500) {
                    return read(response);
                }
                Thread.sleep(Duration.ofMillis(200L * attempt));
            }
            return read(send(asked, account.tokenRequest(clock.instant())));
        } catch (UnreadableCredential e) {
            throw new TokenUnavailable(e.getMessage());
        } catch (TokenRefused e) {
            throw new TokenUnavailable(e.getMessage());
        } catch (IOException e) {
            throw new TokenUnavailable("the token server cannot be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenUnavailable("the gateway is shutting down");
        }
    }

    private AccessToken read(HttpResponse<byte[]> response) throws TokenRefused {
        return AccessToken.parse(response.statusCode(), response.body(), clock.instant());
    }

    private HttpResponse<byte[]> send(Credential.GoogleToken asked, TokenRequest wanted)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(wanted.uri()).timeout(ANSWER);
        wanted.headers().forEach(request::header);
        String body = wanted.body().reveal();
        request.method(
                wanted.method(),
                body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        return client(asked.passage(), wanted.uri())
                .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
