package dev.midstream.gateway.models;

import dev.midstream.gateway.beside.Query;
import dev.midstream.gateway.edge.SideService;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.routing.ModelGroup;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code GET /model_group/info}: what each group as a whole can take, cost and do.
 * Thread-safe.
 */
public final class GroupInfo implements SideService {

    private final ClientProtocol protocol;

    /** The protocol gives errors their form. */
    public GroupInfo(ClientProtocol protocol) {
        this.protocol = protocol;
    }

    /** What is served, by path. */
    public Map<String, SideService> routes() {
        return Map.of("/model_group/info", this, "/v1/model_group/info", this);
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
        String wanted = Query.of(visit.query()).first("model_group");
        byte[] body =
                ModelJson.written(
                        json -> {
                            json.writeArrayPropertyStart("data");
                            for (ModelGroup group : groups(visit, wanted)) {
                                new GroupJson(group).write(json);
                            }
                            json.writeEndArray();
                        });
        reply.accept(new Reply(200, body));
    }

    /**
     * @param wanted a group's name or another name for it, null for all
     */
    private static List<ModelGroup> groups(Visit visit, @Nullable String wanted) {
        if (wanted == null) {
            return visit.service().router().groups();
        }
        return visit.service().fleet().group(wanted).stream().toList();
    }
}
