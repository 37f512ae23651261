package dev.midstream.gateway.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.driver.TokenUnavailable;
import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

    @AfterEach
    void close() {
        tokens.close();
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
        CompletableFuture<Secret> held = tokens.token(METADATA).toCompletableFuture();
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
        assertThat(tokens.token(METADATA))
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
        assertThat(tokens.token(broken))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(TokenUnavailable.class)
                .withMessageNotContaining("MIIE");
    }

    private void serveTokens() {
        server.route(
                PATH,
                request ->
                        Answer.of(
                                new Step.Status(
                                        200,
                                        Map.of("content-type", "application/json"),
                                        "{\"access_token\":\"token-"
                                                + served.incrementAndGet()
                                                + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}")));
    }

    private String token() {
        return tokens.token(METADATA)
                .toCompletableFuture()
                .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
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
