package dev.midstream.driver;

import dev.midstream.cloud.AccessToken;
import dev.midstream.cloud.GoogleAccount;
import dev.midstream.cloud.TokenRefused;
import dev.midstream.cloud.TokenRequest;
import dev.midstream.cloud.UnreadableCredential;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Passage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets one token: signs off the loop, asks the token server on it, up to three times where the
 * server says that it has trouble of its own.
 *
 * <p><b>Shape</b>: {@link #begin} once; then a token or a {@link TokenUnavailable}, once.
 *
 * <p><b>Thread-safety</b>: {@code begin} may be called on any thread; the rest is on the loop, but
 * for the signing.
 */
final class TokenFetch {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_ATTEMPTS = 3;
    private static final long STEP_NANOS = Duration.ofMillis(200).toNanos();

    /** What came of it. */
    sealed interface Result {
        record Got(AccessToken token) implements Result {}

        record Failed(TokenUnavailable why) implements Result {}
    }

    private final Credential.GoogleToken credential;
    private final String metadataHost;
    private final InstantSource clock;
    private final Equipment equipment;
    private final Loop loop;
    private final Consumer<Result> told;
    private @Nullable GoogleAccount account;
    private final AtomicBoolean over = new AtomicBoolean();
    private int attempts;

    TokenFetch(
            Credential.GoogleToken credential,
            String metadataHost,
            InstantSource clock,
            Equipment equipment,
            Loop loop,
            Consumer<Result> told) {
        this.credential = credential;
        this.metadataHost = metadataHost;
        this.clock = clock;
        this.equipment = equipment;
        this.loop = loop;
        this.told = told;
    }

    void begin() {
        guarded(() -> equipment.offLoop().execute(() -> guarded(this::sign)));
    }

    /** Some milliseconds of arithmetic. */
    private void sign() {
        try {
            GoogleAccount known = account;
            if (known == null) {
                known = GoogleAccount.parse(credential.source(), metadataHost);
                account = known;
            }
            TokenRequest signed = known.tokenRequest(clock.instant());
            loop.execute(() -> guarded(() -> ask(signed)));
        } catch (UnreadableCredential e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void ask(TokenRequest wanted) {
        attempts++;
        Inquiry inquiry =
                new Inquiry(
                        loop,
                        LIMIT,
                        ErrorBody.MAX_BYTES,
                        result -> guarded(() -> answered(result)));
        inquiry.begin();
        inquiry.send(request(wanted));
    }

    private UpstreamRequest request(TokenRequest wanted) {
        Map<String, String> headers = new HashMap<>();
        headers.put("user-agent", equipment.userAgent());
        wanted.headers()
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        byte[] body = wanted.body().reveal().getBytes(StandardCharsets.US_ASCII);
        boolean near = metadataHost.equals(wanted.uri().getAuthority());
        Passage passage = near ? Passage.DIRECT : credential.passage();
        return new UpstreamRequest(wanted.method(), wanted.uri(), headers, body, CONNECT, passage);
    }

    private void answered(Errand.Result result) {
        switch (result) {
            case Errand.Result.Failed failed -> fail("the token server cannot be reached");
            case Errand.Result.Answered answer
                    when answer.status() >= 500 && attempts < MOST_ATTEMPTS ->
                    loop.after(STEP_NANOS * attempts, this::begin);
            case Errand.Result.Answered answer -> read(answer);
        }
    }

    private void read(Errand.Result.Answered answer) {
        try {
            AccessToken token = AccessToken.parse(answer.status(), answer.body(), clock.instant());
            tell(new Result.Got(token));
        } catch (TokenRefused e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void fail(String why) {
        tell(new Result.Failed(new TokenUnavailable(why)));
    }

    private void tell(Result result) {
        if (over.compareAndSet(false, true)) {
            told.accept(result);
        }
    }

    /** Whatever is thrown, those who wait are told: a loop or an executor may be closed by now. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            fail("none could be asked for");
        }
    }
}
