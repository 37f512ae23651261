package dev.midstream.config;

import dev.midstream.capability.Capability;
import dev.midstream.model.Json;
import dev.midstream.model.Target;
import dev.midstream.provider.ModelName;
import dev.midstream.routing.Clocks;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Endpoint;
import dev.midstream.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deployment before its share among its like and its final id are known.
 *
 * @param givenId where its id stands, null if it was made from the parameters
 * @param dropUnsupported see {@link Target}
 * @param dropAlways see {@link Target}
 */
record DeploymentDraft(
        String id,
        @Nullable YamlNode givenId,
        String group,
        ModelName model,
        Endpoint endpoint,
        Capability capability,
        Map<String, Json> defaults,
        boolean dropUnsupported,
        List<String> dropAlways,
        @Nullable Integer order,
        @Nullable Double weight,
        @Nullable Double rpm,
        @Nullable Double tpm,
        Clocks clocks,
        @Nullable Duration cooldown,
        @Nullable Integer numRetries,
        @Nullable String unusable) {

    DeploymentDraft withId(String id) {
        return new DeploymentDraft(
                id,
                givenId,
                group,
                model,
                endpoint,
                capability,
                defaults,
                dropUnsupported,
                dropAlways,
                order,
                weight,
                rpm,
                tpm,
                clocks,
                cooldown,
                numRetries,
                unusable);
    }

    /**
     * With the request members that are its own, and the id that comes of them unless one was
     * given.
     */
    DeploymentDraft withDefaults(Map<String, Json> defaults, String id) {
        return new DeploymentDraft(
                givenId != null ? this.id : id,
                givenId,
                group,
                model,
                endpoint,
                capability,
                defaults,
                dropUnsupported,
                dropAlways,
                order,
                weight,
                rpm,
                tpm,
                clocks,
                cooldown,
                numRetries,
                unusable);
    }

    Deployment deployment(double share) {
        Target target =
                new Target(
                        id,
                        group,
                        model.provider().name(),
                        model.model(),
                        model.provider().protocol(),
                        defaults,
                        dropUnsupported,
                        dropAlways,
                        capability.quirks());
        return new Deployment(
                target,
                endpoint,
                capability.methods(),
                order != null ? order : Integer.MAX_VALUE,
                share,
                clocks,
                cooldown,
                numRetries,
                unusable);
    }
}
