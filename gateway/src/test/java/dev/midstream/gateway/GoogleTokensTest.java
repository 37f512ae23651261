package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.driver.Equipment;
import dev.midstream.driver.GoogleTokens;
import dev.midstream.driver.Loop;
import dev.midstream.driver.Providers;
import dev.midstream.driver.TokenUnavailable;
import dev.midstream.driver.Told;
import dev.midstream.gateway.log.LoggedJournal;
import dev.midstream.gateway.transport.EventLoops;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.gateway.transport.Upstreams;
import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Passage;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.passage.ConnectProxy;
import dev.midstream.testkit.passage.TlsFront;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoogleTokensTest {

    private static final String PATH =
            "/computeMetadata/v1/instance/service-accounts/default/token";
    private static final Credential.GoogleToken METADATA =
            new Credential.GoogleToken(Secret.of(""));

    private final ScriptedProvider server = ScriptedProvider.start(Dialect.chat());
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    private final AtomicInteger served = new AtomicInteger();
    private final GoogleTokens tokens = new GoogleTokens(now::get, server.origin().getAuthority());
    private final EventLoops loops = EventLoops.start(TransportKind.AUTO, 1);
    private final Upstreams upstreams = new Upstreams(loops);
    private final Loop loop =
            upstreams.on(loops.resources().onServer(loops.prefersNative()).next());
    private final Equipment equipment =
            new Equipment(
                    Map.of(),
                    tokens,
                    (request, with, on, found, lost) -> () -> {},
                    Providers.NONE,
                    new Told(),
                    new LoggedJournal(),
                    Thread::startVirtualThread,
                    System::nanoTime,
                    "development");

    @AfterEach
    void close() {
        upstreams.close();
        loops.close();
        server.close();
    }

    @Test
    void aTokenIsFetchedOnceAndKeptWhileItIsGood() {
        serveTokens();
        assertThat(token()).isEqualTo("token-1");
        now.set(now.get().plus(Duration.ofMinutes(50)));
        assertThat(token()).isEqualTo("token-1");
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().getFirst().headers().first("metadata-flavor"))
                .hasValue("Google");
    }

    @Test
    void inItsLastMinutesNobodyWaitsForTheNextOne() {
        serveTokens();
        token();
        server.nextExchange();
        now.set(now.get().plus(Duration.ofMinutes(56)));
        CompletableFuture<Secret> held =
                tokens.token(METADATA, equipment, loop).toCompletableFuture();
        assertThat(held).isCompleted();
        assertThat(held.join().reveal()).isEqualTo("token-1");
        server.nextExchange().awaitEnd();
        assertThat(untilChanged("token-1")).isEqualTo("token-2");
    }

    @Test
    void aRefusedTokenIsForgotten() {
        serveTokens();
        token();
        tokens.refused(METADATA);
        assertThat(token()).isEqualTo("token-2");
    }

    @Test
    void whatKeepsATokenFromComingIsSaid() {
        server.route(
                PATH,
                request ->
                        Answer.of(new Step.Status(403, Map.of(), "{\"error\":\"access_denied\"}")));
        assertThat(tokens.token(METADATA, equipment, loop))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(TokenUnavailable.class)
                .withMessageContaining("403")
                .withMessageContaining("access_denied");
    }

    @Test
    void aBrokenKeyFileIsToldWithoutShowingIt() {
        Credential.GoogleToken broken =
                new Credential.GoogleToken(Secret.of("{\"private_key\":\"MIIE\"}"));
        assertThat(tokens.token(broken, equipment, loop))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(TokenUnavailable.class)
                .withMessageNotContaining("MIIE");
    }

    /** Its certificate is one that a company made, and only a proxy knows the way. */
    @Test
    void theTokenServerIsReachedByTheSameWayAsTheProvider() {
        server.route("/token", request -> token(request.number()));
        try (TlsFront tls = TlsFront.of(server.origin().getPort());
                ConnectProxy proxy = ConnectProxy.asking("me:p@ss")) {
            Passage passage =
                    new Passage(
                            new Passage.Trust.Anybody(),
                            new Passage.Proxy(
                                    Passage.Kind.HTTP,
                                    "127.0.0.1",
                                    proxy.port(),
                                    "me",
                                    Secret.of("p@ss")));
            String key =
                    """
                    {"type": "authorized_user", "client_id": "c", "client_secret": "s",
                     "refresh_token": "r", "token_uri": "https://oauth2.google.test:%d/token"}
                    """
                            .formatted(tls.port());
            assertThat(token(new Credential.GoogleToken(Secret.of(key), passage)))
                    .isEqualTo("token-1");
            assertThat(proxy.asked()).containsExactly("oauth2.google.test:" + tls.port());
            assertThat(server.requests().getFirst().text()).contains("refresh_token=r");
        }
    }

    private static Answer token(int number) {
        return Answer.of(
                new Step.Status(
                        200,
                        Map.of("content-type", "application/json"),
                        "{\"access_token\":\"token-"
                                + number
                                + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));
    }

    private void serveTokens() {
        server.route(PATH, request -> token(served.incrementAndGet()));
    }

    private String token() {
        return token(METADATA);
    }

    private String token(Credential.GoogleToken credential) {
        return tokens.token(credential, equipment, loop)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join()
                .reveal();
    }

    private String untilChanged(String old) {
        String current = old;
        for (int i = 0; i < 1_000_000 && current.equals(old); i++) {
            Thread.onSpinWait();
            current = token();
        }
        return current;
    }
}
