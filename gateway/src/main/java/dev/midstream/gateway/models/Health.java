package dev.midstream.gateway.models;

import dev.midstream.gateway.beside.Query;
import dev.midstream.gateway.edge.SideService;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.DeploymentState;
import dev.midstream.routing.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /health} in LiteLLM's form: how each deployment is by what its last requests showed.
 * Nobody is asked for it. Thread-safe.
 */
public final class Health implements SideService {

    private final ClientProtocol protocol;

    /** The protocol gives errors their form. */
    public Health(ClientProtocol protocol) {
        this.protocol = protocol;
    }

    /** What is served, by path. */
    public Map<String, SideService> routes() {
        return Map.of("/health", this);
    }

    @Override
    public ClientProtocol protocol() {
        return protocol;
    }

    @Override
    public List<String> methods() {
        return List.of("GET");
    }

    /** A deployment, and what it is left alone for; null if it is asked. */
    private record Known(Deployment deployment, DeploymentState state, @Nullable String error) {}

    @Override
    public void serve(Visit visit, Consumer<Reply> reply) {
        String model = Query.of(visit.query()).first("model");
        List<Known> healthy = new ArrayList<>();
        List<Known> unhealthy = new ArrayList<>();
        Fleet fleet = visit.service().fleet();
        for (DeploymentState state : fleet.snapshot(visit.equipment().ticker().getAsLong())) {
            Deployment deployment = fleet.deployment(state.id()).orElseThrow();
            String error = error(deployment, state);
            if (model == null || model.equals(state.group())) {
                (error == null ? healthy : unhealthy).add(new Known(deployment, state, error));
            }
        }
        reply.accept(new Reply(200, json(healthy, unhealthy)));
    }

    private static @Nullable String error(Deployment deployment, DeploymentState state) {
        if (deployment.unusable() != null) {
            return deployment.unusable();
        }
        return deployment.endpoint().credential() instanceof Credential.Missing missing
                ? missing.message()
                : state.cause();
    }

    private static byte[] json(List<Known> healthy, List<Known> unhealthy) {
        return ModelJson.written(
                json -> {
                    endpoints(json, "healthy_endpoints", healthy);
                    endpoints(json, "unhealthy_endpoints", unhealthy);
                    json.writeNumberProperty("healthy_count", healthy.size());
                    json.writeNumberProperty("unhealthy_count", unhealthy.size());
                });
    }

    private static void endpoints(JsonGenerator json, String name, List<Known> all) {
        json.writeArrayPropertyStart(name);
        for (Known known : all) {
            DeploymentState state = known.state();
            json.writeStartObject();
            json.writeStringProperty(
                    "model",
                    known.deployment().target().provider()
                            + "/"
                            + known.deployment().target().model());
            json.writeStringProperty("model_name", state.group());
            json.writeStringProperty("model_id", state.id());
            json.writeNumberProperty("in_flight", state.inFlight());
            if (known.error() != null) {
                json.writeStringProperty("error", known.error());
            }
            if (state.cooledFor() != null) {
                json.writeNumberProperty(
                        "cooled_for_seconds", state.cooledFor().plusMillis(999).toSeconds());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
