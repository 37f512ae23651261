package dev.midstream.routing;

import dev.midstream.model.Json;
import dev.midstream.model.Method;
import dev.midstream.model.Target;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Provider, base URL, credential and upstream model: what can be asked. Immutable.
 *
 * @param target its usual face
 * @param endpoint where its usual face is asked
 * @param others further protocols that it can be asked in, by those who speak them
 * @param methods the ways to continue that its model has, best first, by the capability table and
 *     the overrides
 * @param order lower ones are asked first
 * @param weight its share among those of the same order; 1 where nothing was said
 * @param clocks the time limits set for this deployment
 * @param cooldown how long it is left alone after a failure, null for the router's
 * @param allowedFails failures that are let pass before; where it says nothing the router's count
 * @param numRetries retries when it is the one asked, null for the router's
 * @param tags what requests can ask for by tag
 * @param limits how much it may be asked
 * @param facts what is known of its model
 * @param info what the configuration says of its model, for people and programs that ask
 * @param unusable why it cannot be asked at all (its provider is not there yet), null if it can
 */
public record Deployment(
        Target target,
        Endpoint endpoint,
        List<Face> others,
        List<Method> methods,
        int order,
        double weight,
        Clocks clocks,
        @Nullable Duration cooldown,
        AllowedFails allowedFails,
        @Nullable Integer numRetries,
        Set<String> tags,
        Limits limits,
        ModelFacts facts,
        Map<String, Json> info,
        @Nullable String unusable) {

    public Deployment {
        tags = Set.copyOf(tags);
        info = Collections.unmodifiableMap(new LinkedHashMap<>(info));
        others = List.copyOf(others);
        methods = List.copyOf(methods);
    }

    /** A deployment with one face, without tags and limits, of a model that is not known. */
    public Deployment(
            Target target,
            Endpoint endpoint,
            List<Method> methods,
            int order,
            double weight,
            Clocks clocks,
            @Nullable Duration cooldown,
            @Nullable Integer numRetries,
            @Nullable String unusable) {
        this(
                target,
                endpoint,
                List.of(),
                methods,
                order,
                weight,
                clocks,
                cooldown,
                AllowedFails.DEFAULT,
                numRetries,
                Set.of(),
                Limits.NONE,
                ModelFacts.UNKNOWN,
                Map.of(),
                unusable);
    }

    /** Its usual face. */
    public Face face() {
        return new Face(target, endpoint);
    }

    /** The face that speaks this protocol, else the usual one. */
    public Face face(String protocol) {
        for (Face other : others) {
            if (other.protocol().equals(protocol)) {
                return other;
            }
        }
        return face();
    }

    /**
     * Whether it answers requests of this protocol: a model that converses does so in whatever
     * protocol of conversations it is asked, any other only in its own.
     */
    public boolean serves(String protocol) {
        Target asked = face(protocol).target();
        return asked.protocol().equals(protocol)
                || asked.converses() && !protocol.equals(Target.EMBEDDINGS);
    }

    public String id() {
        return target.id();
    }

    /**
     * The same deployment asked elsewhere, for rehearsals: in a fixed place of its group's order,
     * without limits and tags.
     */
    public Deployment elsewhere(
            Face usual, List<Face> others, List<Method> methods, int order, Clocks clocks) {
        return new Deployment(
                usual.target(),
                usual.endpoint(),
                others,
                methods,
                order,
                1,
                clocks,
                cooldown,
                allowedFails,
                numRetries,
                Set.of(),
                Limits.NONE,
                facts,
                info,
                null);
    }
}
