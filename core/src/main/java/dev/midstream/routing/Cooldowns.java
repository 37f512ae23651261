package dev.midstream.routing;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a deployment is left alone, and for how long.
 *
 * @param time how long it is left alone after failures; zero switches cooldowns off
 * @param allowed failures that are let pass before
 */
public record Cooldowns(Duration time, AllowedFails allowed) {

    public Cooldowns(Duration time, @Nullable Integer allowedFails) {
        this(time, new AllowedFails(allowedFails, Map.of()));
    }

    /** For this deployment. */
    Cooldowns of(Deployment deployment) {
        return new Cooldowns(time, deployment.allowedFails().orElse(allowed));
    }
}
