package dev.midstream.gateway.driver;

import dev.midstream.model.Failure;
import dev.midstream.model.Json;
import dev.midstream.model.ProviderError;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an upstream's error response, and takes our credential out of it where the upstream repeats
 * it.
 */
final class Refusals {

    /** Shorter ones are no secrets, and would blacken words. */
    private static final int SHORTEST_SECRET = 6;

    private Refusals() {}

    static Failure read(
            UpstreamProtocol protocol,
            int status,
            Function<String, @Nullable String> header,
            byte[] body,
            Deployment deployment) {
        ProviderError error = protocol.error(status, header, body);
        return new Failure.Refused(withoutSecret(error, deployment.endpoint().credential()), false);
    }

    private static ProviderError withoutSecret(ProviderError error, Credential credential) {
        if (!(credential instanceof Credential.Header header)) {
            return error;
        }
        String secret = header.secret().reveal();
        if (secret.length() < SHORTEST_SECRET || !repeats(error, secret)) {
            return error;
        }
        Json raw = error.raw();
        return new ProviderError(
                error.status(),
                error.errorClass(),
                error.type().replace(secret, "***"),
                masked(error.code(), secret),
                masked(error.param(), secret),
                error.message().replace(secret, "***"),
                raw == null ? null : new Json(raw.text().replace(secret, "***")),
                error.requestId(),
                error.retryAfter(),
                error.retryVeto());
    }

    private static boolean repeats(ProviderError error, String secret) {
        Json raw = error.raw();
        return error.message().contains(secret) || raw != null && raw.text().contains(secret);
    }

    private static @Nullable String masked(@Nullable String text, String secret) {
        return text == null ? null : text.replace(secret, "***");
    }
}
