package dev.midstream.config;

import dev.midstream.capability.Capability;
import dev.midstream.model.Json;
import dev.midstream.model.Target;
import dev.midstream.provider.ModelName;
import dev.midstream.routing.AllowedFails;
import dev.midstream.routing.Clocks;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Endpoint;
import dev.midstream.routing.Face;
import dev.midstream.routing.Limits;
import dev.midstream.routing.ModelFacts;
import dev.midstream.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A deployment before its share among its like and its final id are known.
 *
 * @param givenId where its id stands, null if it was made from the parameters
 * @param endpoint where Chat Completions go, if its provider has them
 * @param dropUnsupported see {@link Target}
 * @param dropAlways see {@link Target}
 * @param wildcard what makes deployments of models of it, null if it is one itself
 */
record DeploymentDraft(
        String id,
        @Nullable YamlNode givenId,
        String group,
        ModelName model,
        Endpoint endpoint,
        Faces faces,
        Capability capability,
        Map<String, Json> defaults,
        boolean dropUnsupported,
        List<String> dropAlways,
        @Nullable Integer order,
        @Nullable Double weight,
        Limits limits,
        Set<String> tags,
        ModelFacts facts,
        Map<String, Json> info,
        Clocks clocks,
        @Nullable Duration cooldown,
        AllowedFails allowedFails,
        @Nullable Integer numRetries,
        @Nullable String unusable,
        @Nullable WildcardModel wildcard) {

    DeploymentDraft withId(String id) {
        return with(id, model, endpoint, faces, capability, facts, defaults, unusable, wildcard);
    }

    /**
     * With the request members that are its own, and the id that comes of them unless one was
     * given.
     */
    DeploymentDraft withDefaults(Map<String, Json> defaults, String id) {
        String own = givenId != null ? this.id : id;
        return with(own, model, endpoint, faces, capability, facts, defaults, unusable, wildcard);
    }

    /** The deployment of a pattern that {@code made} can be turned into those of models. */
    DeploymentDraft of(WildcardModel made) {
        return with(id, model, endpoint, faces, capability, facts, defaults, unusable, made);
    }

    /** The same of one model. */
    DeploymentDraft ofModel(
            String id,
            ModelName model,
            Endpoint endpoint,
            Faces faces,
            Capability capability,
            ModelFacts facts,
            @Nullable String unusable) {
        return with(id, model, endpoint, faces, capability, facts, defaults, unusable, null);
    }

    private DeploymentDraft with(
            String id,
            ModelName model,
            Endpoint endpoint,
            Faces faces,
            Capability capability,
            ModelFacts facts,
            Map<String, Json> defaults,
            @Nullable String unusable,
            @Nullable WildcardModel wildcard) {
        return new DeploymentDraft(
                id,
                givenId,
                group,
                model,
                endpoint,
                faces,
                capability,
                defaults,
                dropUnsupported,
                dropAlways,
                order,
                weight,
                limits,
                tags,
                facts,
                info,
                clocks,
                cooldown,
                allowedFails,
                numRetries,
                unusable,
                wildcard);
    }

    Deployment deployment(double share) {
        String usual = faces.usual(model.provider());
        return new Deployment(
                target(usual),
                Faces.endpoint(usual, endpoint),
                faces.others().stream().map(this::face).toList(),
                capability.methods(),
                order != null ? order : Integer.MAX_VALUE,
                share,
                clocks,
                cooldown,
                allowedFails,
                numRetries,
                tags,
                limits,
                facts,
                info,
                unusable);
    }

    private Face face(String protocol) {
        return new Face(target(protocol), Faces.endpoint(protocol, endpoint));
    }

    private Target target(String protocol) {
        String name = model.model();
        return new Target(
                id,
                group,
                model.provider().name(),
                name.startsWith(Faces.PREFIX) ? name.substring(Faces.PREFIX.length()) : name,
                protocol,
                Faces.origin(model, endpoint),
                defaults,
                dropUnsupported,
                dropAlways,
                capability.quirks());
    }
}
