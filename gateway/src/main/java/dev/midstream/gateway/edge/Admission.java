package dev.midstream.gateway.edge;

import dev.midstream.config.IllegalSetting;
import dev.midstream.config.RequestSettings;
import dev.midstream.model.Failure;
import dev.midstream.model.Request;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.relay.Relay;
import dev.midstream.relay.Variants;
import dev.midstream.routing.Affinity;
import dev.midstream.routing.Demand;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.Plan;
import dev.midstream.routing.Preferences;
import dev.midstream.routing.Settings;
import dev.midstream.routing.SettingsPatch;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds whom a request asks and how it is to be carried out. */
final class Admission {

    /** A request that is let in. */
    record Admitted(ModelGroup group, Settings settings, Relay relay) {}

    private final Service service;
    private final ClientProtocol protocol;
    private final Request request;
    private final Function<String, @Nullable String> header;
    private final Variants variants;
    private final RequestFallbacks fallbacks;
    private final Set<String> tags;

    /**
     * Reads what the request says about its routing; may run off the loop.
     *
     * @throws InvalidRequest if it cannot be used
     */
    Admission(
            Service service,
            ClientProtocol protocol,
            Request request,
            Function<String, @Nullable String> header)
            throws InvalidRequest {
        this.service = service;
        this.protocol = protocol;
        this.request = request;
        this.header = header;
        this.variants = Variants.of(request, protocol, header);
        this.fallbacks = RequestFallbacks.of(request, variants);
        this.tags = service.fleet().tagging().on() ? RequestTags.of(request, header) : Set.of();
    }

    Request request() {
        return request;
    }

    Admitted plan() throws InvalidRequest {
        ModelGroup group = service.fleet().group(request.model()).orElseThrow(this::unknown);
        SettingsPatch own = requested();
        Settings settings = own.requestedOver(group.settings().over(service.settings()));
        Demand demand = Demand.of(request);
        Preferences preferences =
                new Preferences(
                        own.numRetries() != null,
                        Affinity.of(request),
                        service.fleet().fitting(demand),
                        demand,
                        tags,
                        fallbacks.in(service.fleet(), group),
                        variants::formable);
        FallbackTrial trial = FallbackTrial.of(request);
        Plan plan =
                service.fleet()
                        .plan(trial.of(group), settings, preferences, ThreadLocalRandom.current());
        trial.require(plan, service.equipment().ticker().getAsLong(), group);
        if (plan.nobody() instanceof Failure.Unusable unusable && unusable.status() != 401) {
            String param = unusable.status() == 400 ? "tags" : "model";
            throw new InvalidRequest(unusable.status(), param, unusable.message());
        }
        if (group.deployments().stream().noneMatch(d -> d.serves(protocol.name()))) {
            throw new InvalidRequest(400, "model", notServed(group));
        }
        return new Admitted(group, settings, relay(settings, plan));
    }

    private Relay relay(Settings settings, Plan plan) {
        return new Relay(
                request, variants, settings, plan, service.memory(), protocol.blocksInOrder());
    }

    private SettingsPatch requested() throws InvalidRequest {
        try {
            return RequestSettings.from(header, request.further()::get);
        } catch (IllegalSetting illegal) {
            throw new InvalidRequest(400, illegal.key(), illegal.getMessage());
        }
    }

    private InvalidRequest unknown() {
        List<String> near = service.fleet().similar(request.model());
        String meant = near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
        return new InvalidRequest(
                404,
                "model",
                "The model `" + shown(request.model()) + "` does not exist here" + meant);
    }

    private String notServed(ModelGroup group) {
        boolean vectors = group.deployments().stream().noneMatch(d -> d.target().converses());
        return "`"
                + group.name()
                + (vectors
                        ? "` makes embeddings: ask it at /v1/embeddings"
                        : "` makes no embeddings: none of its providers has them in OpenAI's form");
    }

    private static String shown(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
