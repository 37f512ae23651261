package dev.midstream.driver;

import dev.midstream.cloud.GoogleAccount;
import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of Google's cloud, asked for over the loop of whoever needs one, by the same way as the
 * provider itself. Thread-safe.
 */
public final class GoogleTokens implements AccessTokens {

    private final Map<Credential.GoogleToken, TokenSlot> slots = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final String metadataHost;

    /**
     * @param clock the time of day, which is signed and which tokens end by
     * @param metadataHost the metadata server, {@code host} or {@code host:port}; it is on the
     *     machine itself, so that no proxy lies between
     */
    public GoogleTokens(InstantSource clock, String metadataHost) {
        this.clock = clock;
        this.metadataHost = metadataHost;
    }

    /**
     * @param environment gives a variable's value, or null
     */
    public static GoogleTokens of(Function<String, @Nullable String> environment) {
        return new GoogleTokens(
                InstantSource.system(),
                Objects.requireNonNullElse(
                        environment.apply("GCE_METADATA_HOST"), GoogleAccount.METADATA_HOST));
    }

    @Override
    public CompletionStage<Secret> token(
            Credential.GoogleToken credential, Equipment equipment, Loop loop) {
        return slot(credential)
                .token(
                        told ->
                                new TokenFetch(
                                                credential,
                                                metadataHost,
                                                clock,
                                                equipment,
                                                loop,
                                                told)
                                        .begin());
    }

    @Override
    public void refused(Credential.GoogleToken credential) {
        slot(credential).forget();
    }

    private TokenSlot slot(Credential.GoogleToken credential) {
        return slots.computeIfAbsent(credential, asked -> new TokenSlot(clock));
    }
}
