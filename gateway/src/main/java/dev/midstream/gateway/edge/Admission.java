package dev.midstream.gateway.edge;

import dev.midstream.model.Request;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.relay.Relay;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.Plan;
import dev.midstream.routing.Settings;
import dev.midstream.routing.SettingsPatch;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds whom a request asks and how it is to be carried out. */
final class Admission {

    /** A request that is let in. */
    record Admitted(ModelGroup group, Relay relay) {}

    /** Members by which a client would choose where its request and our credential go. */
    private static final List<String> FORBIDDEN = List.of("api_base", "base_url", "api_key");

    private final Service service;
    private final ClientProtocol protocol;
    private final Request request;
    private final Function<String, @Nullable String> header;

    Admission(
            Service service,
            ClientProtocol protocol,
            Request request,
            Function<String, @Nullable String> header) {
        this.service = service;
        this.protocol = protocol;
        this.request = request;
        this.header = header;
    }

    Admitted plan() throws InvalidRequest {
        refuseForbidden();
        ModelGroup group = group();
        Settings settings = requested().over(group.settings().over(service.settings()));
        Plan plan = service.fleet().plan(group, settings, ThreadLocalRandom.current());
        return new Admitted(group, relay(settings, plan));
    }

    private Relay relay(Settings settings, Plan plan) {
        return new Relay(request, settings, plan, service.memory(), protocol.blocksInOrder());
    }

    private void refuseForbidden() throws InvalidRequest {
        for (String member : FORBIDDEN) {
            if (request.further().containsKey(member)) {
                throw new InvalidRequest(
                        400,
                        member,
                        "`"
                                + member
                                + "` is not taken from requests; it is the gateway's configuration");
            }
        }
    }

    private SettingsPatch requested() throws InvalidRequest {
        Objects.requireNonNull(header);
        return SettingsPatch.EMPTY;
    }

    private ModelGroup group() throws InvalidRequest {
        ModelGroup group = service.fleet().group(request.model()).orElseThrow(this::unknown);
        if (group.fallbacks().isEmpty()
                && group.deployments().stream().allMatch(d -> d.unusable() != null)) {
            throw new InvalidRequest(501, "model", unusable(group));
        }
        return group;
    }

    private InvalidRequest unknown() {
        List<String> near = service.fleet().similar(request.model());
        String meant = near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
        return new InvalidRequest(
                404,
                "model",
                "The model `" + shown(request.model()) + "` does not exist here" + meant);
    }

    private static String unusable(ModelGroup group) {
        return group.deployments().stream()
                .map(Deployment::unusable)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("`" + group.name() + "` has no deployment");
    }

    private static String shown(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
