package dev.midstream.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Passage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GoogleTokensAreFetchedOnceForAllTest {

    private static final String GOOD =
            "{\"access_token\":\"ya29.one\",\"expires_in\":3600,\"token_type\":\"Bearer\"}";
    private static final String LATER =
            "{\"access_token\":\"ya29.two\",\"expires_in\":3600,\"token_type\":\"Bearer\"}";
    private static final Passage PROXIED =
            new Passage(
                    new Passage.Trust.Anybody(),
                    new Passage.Proxy(Passage.Kind.SOCKS5, "proxy", 1080, null, null));
    private static final Credential.GoogleToken PERSON =
            new Credential.GoogleToken(
                    Secret.of(
                            "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"s\",\"refresh_token\":\"r\"}"),
                    PROXIED);

    private final Deque<Runnable> offLoop = new ArrayDeque<>();
    private final HandLoop loop = new HandLoop();
    private final HandLoop other = new HandLoop();
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final GoogleTokens tokens = new GoogleTokens(() -> now, "metadata");
    private final Equipment equipment = equipment(offLoop::add);

    @Test
    void whoeverComesMeanwhileWaitsForTheSameOne() {
        CompletionStage<Secret> first = tokens.token(PERSON, equipment, loop);
        CompletionStage<Secret> second = tokens.token(PERSON, equipment, other);
        turn();
        assertThat(loop.sent).hasSize(1);
        assertThat(other.sent).isEmpty();
        loop.sent.getFirst().answered(200, GOOD);
        assertThat(token(first)).isEqualTo("ya29.one");
        assertThat(token(second)).isEqualTo("ya29.one");
        assertThat(loop.alarms()).isZero();
    }

    @Test
    void itIsAskedForByTheWayOfTheProviderAndTheMachinesOwnServerWithoutAny() {
        tokens.token(PERSON, equipment, loop);
        tokens.token(new Credential.GoogleToken(Secret.of(""), PROXIED), equipment, loop);
        turn();
        UpstreamRequest google = loop.sent.get(0).request();
        assertThat(google.method()).isEqualTo("POST");
        assertThat(google.uri().getHost()).isEqualTo("oauth2.googleapis.com");
        assertThat(google.passage()).isEqualTo(PROXIED);
        assertThat(google.headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded");
        assertThat(new String(google.body(), StandardCharsets.US_ASCII))
                .contains("grant_type=refresh_token", "refresh_token=r");
        UpstreamRequest metadata = loop.sent.get(1).request();
        assertThat(metadata.method()).isEqualTo("GET");
        assertThat(metadata.uri().getAuthority()).isEqualTo("metadata");
        assertThat(metadata.passage()).isEqualTo(Passage.DIRECT);
        assertThat(metadata.headers()).containsEntry("metadata-flavor", "Google");
        assertThat(metadata.body()).isEmpty();
    }

    @Test
    void nothingIsSignedOnALoop() {
        tokens.token(PERSON, equipment, loop);
        loop.turn();
        assertThat(loop.sent).isEmpty();
        assertThat(offLoop).hasSize(1);
    }

    @Test
    void aServerInTroubleIsAskedThreeTimes() {
        CompletionStage<Secret> wanted = tokens.token(PERSON, equipment, loop);
        turn();
        loop.sent.get(0).answered(503, "");
        loop.pass(Duration.ofMillis(199).toNanos());
        turn();
        assertThat(loop.sent).hasSize(1);
        loop.pass(Duration.ofMillis(1).toNanos());
        turn();
        loop.sent.get(1).answered(500, "");
        loop.pass(Duration.ofMillis(399).toNanos());
        turn();
        assertThat(loop.sent).hasSize(2);
        loop.pass(Duration.ofMillis(1).toNanos());
        turn();
        loop.sent.get(2).answered(500, "{\"error\":\"backend_error\"}");
        assertThat(refusal(wanted)).contains("500", "backend_error");
        assertThat(loop.alarms()).isZero();
    }

    @Test
    void aSecondAttemptMayGetIt() {
        CompletionStage<Secret> wanted = tokens.token(PERSON, equipment, loop);
        turn();
        loop.sent.get(0).answered(503, "");
        loop.pass(Duration.ofMillis(200).toNanos());
        turn();
        loop.sent.get(1).answered(200, GOOD);
        assertThat(token(wanted)).isEqualTo("ya29.one");
    }

    @Test
    void aServerThatCannotBeReachedIsAskedOnce() {
        CompletionStage<Secret> wanted = tokens.token(PERSON, equipment, loop);
        turn();
        loop.sent.getFirst().listener().ended(new Failure.Cut(false, "broke"), null);
        assertThat(refusal(wanted)).isEqualTo("the token server cannot be reached");
        tokens.token(PERSON, equipment, loop);
        turn();
        assertThat(loop.sent).hasSize(2);
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() {
        CompletionStage<Secret> wanted = tokens.token(PERSON, equipment, loop);
        turn();
        loop.pass(Duration.ofSeconds(10).toNanos());
        assertThat(refusal(wanted)).isEqualTo("the token server cannot be reached");
        assertThat(loop.cancelled).isEqualTo(1);
    }

    @Test
    void aServerThatNeverStopsIsGivenUp() {
        CompletionStage<Secret> wanted = tokens.token(PERSON, equipment, loop);
        turn();
        HandLoop.Sent sent = loop.sent.getFirst();
        sent.listener().head(200, name -> null);
        byte[] piece = new byte[1 << 20];
        sent.listener().bytes(piece, 0, piece.length);
        assertThat(refusal(wanted)).isEqualTo("the token server cannot be reached");
        assertThat(loop.cancelled).isEqualTo(1);
    }

    @Test
    void whoWaitsIsToldWhenNothingCanBeSignedAnyMore() {
        Equipment closing =
                equipment(
                        task -> {
                            throw new RejectedExecutionException("closed");
                        });
        assertThat(refusal(tokens.token(PERSON, closing, loop)))
                .isEqualTo("none could be asked for");
        CompletionStage<Secret> next = tokens.token(PERSON, equipment, loop);
        turn();
        loop.sent.getFirst().answered(200, GOOD);
        assertThat(token(next)).isEqualTo("ya29.one");
    }

    @Test
    void aRenewalThatFailsLeavesTheOldOneGood() {
        CompletionStage<Secret> first = tokens.token(PERSON, equipment, loop);
        turn();
        loop.sent.get(0).answered(200, GOOD);
        assertThat(token(first)).isEqualTo("ya29.one");
        now = now.plus(Duration.ofMinutes(56));
        assertThat(token(tokens.token(PERSON, equipment, other))).isEqualTo("ya29.one");
        turn();
        other.sent.get(0).answered(403, "{}");
        assertThat(token(tokens.token(PERSON, equipment, loop))).isEqualTo("ya29.one");
        turn();
        loop.sent.get(1).answered(200, LATER);
        assertThat(token(tokens.token(PERSON, equipment, loop))).isEqualTo("ya29.two");
        assertThat(loop.sent).hasSize(2);
    }

    @Test
    void manyLoopsAtOnceSetOffOneFetch() throws Exception {
        int loops = 16;
        for (int round = 0; round < 50; round++) {
            GoogleTokens shared = new GoogleTokens(() -> now, "metadata");
            AtomicInteger fetches = new AtomicInteger();
            Equipment counting = equipment(task -> fetches.incrementAndGet());
            CyclicBarrier start = new CyclicBarrier(loops);
            List<CompletableFuture<Void>> asked = new ArrayList<>();
            for (int i = 0; i < loops; i++) {
                CompletableFuture<Void> done = new CompletableFuture<>();
                asked.add(done);
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        start.await();
                                        shared.token(PERSON, counting, new HandLoop());
                                        done.complete(null);
                                    } catch (Exception e) {
                                        done.completeExceptionally(e);
                                    }
                                });
            }
            for (CompletableFuture<Void> done : asked) {
                done.get();
            }
            assertThat(fetches).hasValue(1);
        }
    }

    // --------------------------------------------------------------------------------- machinery

    private Equipment equipment(Executor executor) {
        return new Equipment(
                Map.of(),
                tokens,
                (request, with, on, found, lost) -> () -> {},
                Providers.NONE,
                new Told(),
                new Journal() {
                    @Override
                    public void warn(String message) {}

                    @Override
                    public void bug(String message, Throwable thrown) {
                        throw new AssertionError(message, thrown);
                    }
                },
                executor,
                () -> 0,
                "test");
    }

    private void turn() {
        for (Runnable task = offLoop.poll(); task != null; task = offLoop.poll()) {
            task.run();
        }
        loop.turn();
        other.turn();
    }

    private static String token(CompletionStage<Secret> came) {
        assertThat(came.toCompletableFuture()).isCompleted();
        return came.toCompletableFuture().join().reveal();
    }

    private static String refusal(CompletionStage<Secret> came) {
        Throwable why = came.toCompletableFuture().exceptionNow();
        assertThat(why).isInstanceOf(TokenUnavailable.class);
        return String.valueOf(why.getMessage());
    }
}
