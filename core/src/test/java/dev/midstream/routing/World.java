package dev.midstream.routing;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A configuration in a few words, a clock moved by hand, and failures to choose from. */
final class World {

    static final Failure CUT = new Failure.Cut(true, "connection reset");
    static final Failure REFUSED =
            new Failure.NotConnected(Failure.NotConnected.Reason.REFUSED, "connection refused");
    static final Failure STALL =
            new Failure.TimedOut(Failure.TimedOut.Clock.IDLE, Duration.ofSeconds(60));

    final List<ModelGroup> groups = new ArrayList<>();
    final Map<String, RouterConfig.Alias> aliases = new LinkedHashMap<>();
    final List<String> defaultFallbacks = new ArrayList<>();
    @Nullable Fallbacks defaults;
    final RandomGenerator random = new SplittableRandom(7);
    Duration cooldown = Duration.ofSeconds(5);
    @Nullable Integer allowedFails;
    Duration retryAfterFloor = Duration.ZERO;
    int numRetries = 2;
    boolean requestNamesRetries;
    Map<ErrorKind, Integer> failsByKind = Map.of();
    Retries retries = Retries.NONE;
    Selection selection = Selection.DEFAULT;
    Demand demand = Demand.NONE;

    Predicate<Deployment> preferred = deployment -> false;
    Predicate<Deployment> fits = deployment -> true;
    OwnFallbacks own = OwnFallbacks.NONE;
    Set<String> tags = Set.of();
    Tagging tagging = Tagging.OFF;
    final Map<String, Concretion> wildcards = new LinkedHashMap<>();
    Predicate<Variant> formable = variant -> true;
    int maxFallbacks = 5;
    @Nullable Integer maxAttempts;
    boolean disableFallbacks;
    boolean evadeContentPolicy;

    /** Close to where a monotonic clock overflows, for it may start anywhere. */
    long now = Long.MAX_VALUE - 1000;

    private @Nullable Fleet fleet;

    World group(String name, List<Deployment> deployments, String... fallbacks) {
        groups.add(new ModelGroup(name, deployments, List.of(fallbacks), SettingsPatch.EMPTY));
        return this;
    }

    /** A group of deployments all alike, by their ids. */
    World group(String name, String ids, String... fallbacks) {
        return group(name, ids, Fallbacks.to(List.of(fallbacks)));
    }

    World group(String name, String ids, Fallbacks fallbacks) {
        List<Deployment> deployments = new ArrayList<>();
        for (String id : ids.split(" ", -1)) {
            deployments.add(deployment(name, id).build());
        }
        groups.add(new ModelGroup(name, deployments, fallbacks, SettingsPatch.EMPTY));
        return this;
    }

    Fleet fleet() {
        if (fleet == null) {
            fleet = new Fleet(config());
        }
        return fleet;
    }

    RouterConfig config() {
        return new RouterConfig(
                groups,
                aliases,
                defaults != null ? defaults : Fallbacks.to(defaultFallbacks),
                settings(),
                new Cooldowns(cooldown, new AllowedFails(allowedFails, failsByKind)),
                retryAfterFloor,
                selection,
                retries,
                tagging,
                wildcards);
    }

    /** How many requests may be sent upstream for one of a client. */
    int mostAttempts() {
        Integer most = settings().maxAttempts();
        return most != null ? most : 1 + settings().numRetries() + settings().maxFallbacks();
    }

    Settings settings() {
        return new SettingsPatch(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        numRetries,
                        maxFallbacks,
                        maxAttempts,
                        null,
                        null,
                        null,
                        disableFallbacks,
                        null,
                        evadeContentPolicy,
                        null,
                        Clocks.UNSET)
                .over(Settings.DEFAULTS);
    }

    Walk ask(String group) {
        return new Walk(this, fleet().group(group).orElseThrow());
    }

    void pass(double seconds) {
        now += (long) (seconds * 1e9);
    }

    static Builder deployment(String group, String id) {
        return new Builder(group, id);
    }

    /** A deployment with what the test is about. */
    static final class Builder {
        private final Target target;
        private int order = 1;
        private double weight = 1;
        private Set<String> tags = Set.of();
        private @Nullable Duration cooldown;
        private @Nullable Integer numRetries;
        private @Nullable String unusable;
        private Limits limits = Limits.NONE;
        private AllowedFails ownFails = AllowedFails.DEFAULT;
        private ModelFacts facts = ModelFacts.UNKNOWN;
        private Credential credential = new Credential.None();

        Builder(String group, String id) {
            target =
                    new Target(
                            id,
                            group,
                            "openai",
                            "m",
                            "openai-chat",
                            "",
                            Map.of(),
                            false,
                            List.of(),
                            List.of());
        }

        Builder order(int order) {
            this.order = order;
            return this;
        }

        Builder tags(String... carried) {
            this.tags = Set.of(carried);
            return this;
        }

        Builder weight(double weight) {
            this.weight = weight;
            return this;
        }

        Builder cooldown(Duration cooldown) {
            this.cooldown = cooldown;
            return this;
        }

        Builder numRetries(int numRetries) {
            this.numRetries = numRetries;
            return this;
        }

        Builder unusable(String why) {
            this.unusable = why;
            return this;
        }

        Builder limits(@Nullable Long rpm, @Nullable Long tpm, @Nullable Integer parallel) {
            this.limits = new Limits(rpm, tpm, parallel);
            return this;
        }

        Builder allowedFails(AllowedFails allowed) {
            this.ownFails = allowed;
            return this;
        }

        Builder facts(@Nullable Long maxInputTokens, @Nullable Prices prices) {
            this.facts = new ModelFacts(maxInputTokens, null, prices);
            return this;
        }

        Builder credential(Credential credential) {
            this.credential = credential;
            return this;
        }

        Deployment build() {
            URI uri = URI.create("https://example.test/v1");
            return new Deployment(
                    target,
                    new Endpoint(uri, uri, Map.of(), credential),
                    List.of(),
                    List.of(),
                    order,
                    weight,
                    Clocks.UNSET,
                    cooldown,
                    ownFails,
                    numRetries,
                    tags,
                    limits,
                    facts,
                    Map.of(),
                    unusable);
        }
    }

    static Failure error(ErrorClass errorClass, int status) {
        return error(errorClass, status, null, false);
    }

    static Failure error(ErrorClass errorClass, int status, Duration retryAfter) {
        return error(errorClass, status, retryAfter, false);
    }

    static Failure error(
            ErrorClass errorClass, int status, @Nullable Duration retryAfter, boolean retryVeto) {
        return new Failure.Refused(
                new ProviderError(
                        status,
                        errorClass,
                        "",
                        null,
                        null,
                        errorClass + " " + status,
                        null,
                        null,
                        retryAfter,
                        retryVeto),
                false);
    }
}
