package dev.midstream.gateway.models;

import dev.midstream.gateway.beside.Query;
import dev.midstream.gateway.edge.SideService;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code GET /model/info}: every deployment of every group, and what is known of its
 * model. Thread-safe.
 */
public final class ModelInfo implements SideService {

    private final ClientProtocol protocol;

    /** The protocol gives errors their form. */
    public ModelInfo(ClientProtocol protocol) {
        this.protocol = protocol;
    }

    /** What is served, by path. */
    public Map<String, SideService> routes() {
        return Map.of("/model/info", this, "/v1/model/info", this);
    }

    @Override
    public ClientProtocol protocol() {
        return protocol;
    }

    @Override
    public List<String> methods() {
        return List.of("GET");
    }

    @Override
    public void serve(Visit visit, Consumer<Reply> reply) {
        String id = Query.of(visit.query()).first("litellm_model_id");
        List<Entry> entries = entries(visit.service().router(), id);
        if (id != null && entries.isEmpty()) {
            String message = "No deployment has the id `" + Models.shown(id) + "`";
            String param = "litellm_model_id";
            byte[] body = protocol.error(404, "not_found_error", "model_not_found", param, message);
            reply.accept(new Reply(404, body));
        } else {
            reply.accept(new Reply(200, json(entries)));
        }
    }

    private record Entry(String group, Deployment deployment) {}

    /**
     * @param id of the only deployment that is wanted, null for all
     */
    private static List<Entry> entries(RouterConfig router, @Nullable String id) {
        List<Entry> entries = new ArrayList<>();
        for (ModelGroup group : router.groups()) {
            group.deployments().stream()
                    .filter(deployment -> id == null || deployment.id().equals(id))
                    .forEach(deployment -> entries.add(new Entry(group.name(), deployment)));
        }
        return entries;
    }

    private static byte[] json(List<Entry> entries) {
        return ModelJson.written(
                json -> {
                    json.writeArrayPropertyStart("data");
                    for (Entry entry : entries) {
                        json.writeStartObject();
                        json.writeStringProperty("model_name", entry.group());
                        DeploymentJson.of(entry.deployment()).write(json);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }
}
