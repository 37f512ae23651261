package dev.midstream.driver;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.Json;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Secret;
import dev.midstream.model.StreamEvent;
import dev.midstream.routing.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets that a request carried out of everything that an upstream says about its end,
 * before or inside a stream. Immutable.
 */
final class Redaction {

    static final Redaction NONE = new Redaction(List.of());

    /** Shorter ones are no secrets, and would blacken words. */
    private static final int SHORTEST_SECRET = 6;

    private static final List<String> TELLING =
            List.of("auth", "key", "token", "secret", "cookie", "password");

    private final List<String> secrets;

    private Redaction(List<String> secrets) {
        this.secrets = secrets;
    }

    /**
     * @param credential what is sent in the deployment's name; headers of the endpoint that sound
     *     like further ones count too
     */
    static Redaction of(Endpoint endpoint, @Nullable Secret credential) {
        List<String> secrets = new ArrayList<>();
        if (credential != null) {
            secrets.add(credential.reveal());
        }
        endpoint.headers()
                .forEach(
                        (name, value) -> {
                            if (telling(name)) {
                                secrets.add(value.substring(value.indexOf(' ') + 1));
                            }
                        });
        secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET);
        return new Redaction(List.copyOf(secrets));
    }

    private static boolean telling(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return TELLING.stream().anyMatch(name::contains);
    }

    /** The same frame, or one without bytes where it tells a failure that repeats a secret. */
    Frame of(Frame frame) {
        for (int i = 0; i < frame.size(); i++) {
            if (frame.event(i) instanceof StreamEvent.Failed failed
                    && !of(failed.failure()).equals(failed.failure())) {
                return without(frame);
            }
        }
        return frame;
    }

    private Frame without(Frame frame) {
        List<StreamEvent> events = new ArrayList<>();
        for (int i = 0; i < frame.size(); i++) {
            events.add(
                    frame.event(i) instanceof StreamEvent.Failed failed
                            ? new StreamEvent.Failed(of(failed.failure()))
                            : frame.event(i));
        }
        return Frame.synthetic(events);
    }

    /** A body without the secrets. */
    byte[] of(byte[] body) {
        if (secrets.isEmpty()) {
            return body;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return masked(text).getBytes(StandardCharsets.UTF_8);
    }

    Failure of(Failure failure) {
        return switch (failure) {
            case Failure.Refused f -> new Failure.Refused(of(f.error()), f.inBand());
            case Failure.Garbled f -> new Failure.Garbled(masked(f.message()));
            case Failure.BadEnd f -> new Failure.BadEnd(masked(f.message()));
            case Failure.NotConnected f -> f;
            case Failure.Cut f -> f;
            case Failure.Truncated f -> f;
            case Failure.TimedOut f -> f;
            case Failure.SeamRejected f -> f;
            case Failure.Untranslatable f -> f;
            case Failure.Unusable f -> f;
            case Failure.DeadlinePassed f -> f;
            case Failure.ShuttingDown f -> f;
            case Failure.Internal f -> f;
        };
    }

    private ProviderError of(ProviderError error) {
        Json raw = error.raw();
        return new ProviderError(
                error.status(),
                error.errorClass(),
                masked(error.type()),
                maskedIfGiven(error.code()),
                maskedIfGiven(error.param()),
                masked(error.message()),
                raw == null ? null : new Json(masked(raw.text())),
                maskedIfGiven(error.requestId()),
                error.retryAfter(),
                error.retryVeto());
    }

    private @Nullable String maskedIfGiven(@Nullable String text) {
        return text == null ? null : masked(text);
    }

    String masked(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }
}
