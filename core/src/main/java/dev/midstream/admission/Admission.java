package dev.midstream.admission;

import dev.midstream.config.IllegalSetting;
import dev.midstream.config.RequestSettings;
import dev.midstream.model.Failure;
import dev.midstream.model.Json;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds whom a request asks and how it is to be carried out: first what the request says itself
 * about its routing is read, then {@link #plan} lets it in. Used once.
 */
public final class Admission {

    /**
     * A request that is let in.
     *
     * @param group that is asked
     * @param settings what the relay goes by
     * @param relay not begun
     */
    public record Admitted(ModelGroup group, Settings settings, Relay relay) {}

    private final Routing routing;
    private final Request request;
    private final Variants variants;
    private final boolean blocksInOrder;
    private final SettingsPatch own;
    private final SettingsPatch wished;
    private final RequestFallbacks fallbacks;
    private final Set<String> tags;
    private final FallbackTrial trial;

    private Admission(
            Routing routing,
            Request request,
            Variants variants,
            boolean blocksInOrder,
            Function<String, @Nullable String> header,
            Wishes wishes)
            throws InvalidRequest {
        Function<String, @Nullable Json> member =
                name -> wishes.members().getOrDefault(name, request.further().get(name));
        this.routing = routing;
        this.request = request;
        this.variants = variants;
        this.blocksInOrder = blocksInOrder;
        this.own = settings(header, member);
        this.wished = wishes.settings();
        this.fallbacks = RequestFallbacks.of(request, member, variants);
        this.tags = tags(header, wishes);
        this.trial = FallbackTrial.of(request);
    }

    /**
     * Reads what a client's request says about its routing; may take its time.
     *
     * @param protocol that has read the request
     * @param header gives a request header by lower-case name, or null
     * @throws InvalidRequest if it cannot be used
     */
    public static Admission of(
            Routing routing,
            ClientProtocol protocol,
            Request request,
            Function<String, @Nullable String> header,
            Wishes wishes)
            throws InvalidRequest {
        Variants variants = Variants.of(request, protocol, header);
        return new Admission(routing, request, variants, protocol.blocksInOrder(), header, wishes);
    }

    /**
     * The same for a request that was made in the canonical model.
     *
     * @throws InvalidRequest if it cannot be used
     */
    public static Admission of(Routing routing, Request request, Wishes wishes)
            throws InvalidRequest {
        return new Admission(routing, request, Variants.none(request), true, name -> null, wishes);
    }

    private Set<String> tags(Function<String, @Nullable String> header, Wishes wishes)
            throws InvalidRequest {
        if (!routing.fleet().tagging().on()) {
            return Set.of();
        }
        Set<String> all = new LinkedHashSet<>(wishes.tags());
        all.addAll(RequestTags.of(request, header));
        return all;
    }

    private static SettingsPatch settings(
            Function<String, @Nullable String> header, Function<String, @Nullable Json> member)
            throws InvalidRequest {
        try {
            return RequestSettings.from(header, member);
        } catch (IllegalSetting illegal) {
            throw new InvalidRequest(400, illegal.key(), illegal.getMessage());
        }
    }

    public Request request() {
        return request;
    }

    /**
     * Lets the request in.
     *
     * @throws InvalidRequest if nobody here serves it: nothing has been asked
     */
    public Admitted plan() throws InvalidRequest {
        ModelGroup group = routing.fleet().group(request.model()).orElseThrow(this::unknown);
        Settings configured = group.settings().over(routing.settings());
        Settings settings = wished.requestedOver(own.requestedOver(configured));
        Plan plan =
                routing.fleet()
                        .plan(
                                trial.of(group),
                                settings,
                                preferences(group),
                                ThreadLocalRandom.current());
        trial.require(plan, routing.ticker().getAsLong(), group);
        if (plan.nobody() instanceof Failure.Unusable unusable && unusable.status() != 401) {
            String param = unusable.status() == 400 ? "tags" : "model";
            throw new InvalidRequest(unusable.status(), param, unusable.message());
        }
        if (group.deployments().stream().noneMatch(d -> d.serves(request.protocol()))) {
            throw new InvalidRequest(400, "model", notServed(group));
        }
        Relay relay = new Relay(request, variants, settings, plan, routing.memory(), blocksInOrder);
        return new Admitted(group, settings, relay);
    }

    private Preferences preferences(ModelGroup group) throws InvalidRequest {
        Demand demand = Demand.of(request);
        return new Preferences(
                own.numRetries() != null || wished.numRetries() != null,
                Affinity.of(request),
                routing.fleet().fitting(demand),
                demand,
                tags,
                fallbacks.in(routing.fleet(), group),
                variants::formable);
    }

    private InvalidRequest unknown() {
        List<String> near = routing.fleet().similar(request.model());
        String meant = near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
        return new InvalidRequest(
                404,
                "model",
                "The model `" + shown(request.model()) + "` does not exist here" + meant);
    }

    private static String notServed(ModelGroup group) {
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
