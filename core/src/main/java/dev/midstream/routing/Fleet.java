package dev.midstream.routing;

import dev.midstream.routing.Health.Cooldown;
import dev.midstream.routing.RouterConfig.Alias;
import dev.midstream.routing.Wildcards.Made;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All model groups, and what is known of their deployments: cooldowns, recent failures, requests in
 * flight. Thread-safe; shared by all requests.
 *
 * <p>What is known of a deployment goes by its id: one that serves two groups is known once.
 */
public final class Fleet {

    private final RouterConfig config;
    private final Backoff backoff;
    private final Map<String, ModelGroup> groups = new LinkedHashMap<>();
    private final Map<String, ModelGroup> pins = new LinkedHashMap<>();
    private final Map<String, Health> health = new LinkedHashMap<>();
    private final List<String> names;
    private final Wildcards wildcards;

    public Fleet(RouterConfig config) {
        this(config, null);
    }

    /**
     * @param previous whose knowledge of the deployments that are in both goes on, null for none;
     *     what is asked elsewhere now, for another model or with another credential, begins anew
     */
    public Fleet(RouterConfig config, @Nullable Fleet previous) {
        this.config = config;
        this.backoff = new Backoff(config.retryAfterFloor());
        for (ModelGroup group : config.groups()) {
            groups.putIfAbsent(group.name(), group);
            for (Deployment deployment : group.deployments()) {
                pins.putIfAbsent(deployment.id(), pin(group, deployment));
                health.computeIfAbsent(deployment.id(), id -> known(deployment, previous));
            }
        }
        this.names = listed(config, groups.keySet());
        Map<String, Made> met = new LinkedHashMap<>();
        if (previous != null) {
            previous.wildcards.made().forEach(made -> met.put(made.deployment().id(), made));
        }
        this.wildcards = new Wildcards(config, made -> known(made, met.get(made.id())));
    }

    private Health known(Deployment deployment, @Nullable Fleet previous) {
        ModelGroup pin = previous == null ? null : previous.pins.get(deployment.id());
        Health known = previous == null ? null : previous.health.get(deployment.id());
        return known(
                deployment,
                pin == null || known == null
                        ? null
                        : new Made(pin.name(), pin.deployments().getFirst(), known));
    }

    /** What was known of a deployment if that was asked as this one is; else nothing yet. */
    private Health known(Deployment deployment, @Nullable Made before) {
        Cooldowns rules = config.cooldowns().of(deployment);
        if (before == null || !alike(before.deployment(), deployment)) {
            return new Health(rules);
        }
        before.health().govern(rules);
        return before.health();
    }

    private static boolean alike(Deployment one, Deployment other) {
        return one.endpoint().equals(other.endpoint())
                && one.target().model().equals(other.target().model());
    }

    private static List<String> listed(RouterConfig config, Set<String> groups) {
        Set<String> names = new LinkedHashSet<>(groups);
        config.aliases().forEach((name, alias) -> addUnlessHidden(names, name, alias));
        return List.copyOf(names);
    }

    private static void addUnlessHidden(Set<String> names, String name, Alias alias) {
        if (!alias.hidden()) {
            names.add(name);
        }
    }

    private static ModelGroup pin(ModelGroup group, Deployment deployment) {
        return new ModelGroup(
                group.name(), List.of(deployment), group.fallbacks(), group.settings());
    }

    /**
     * The group of this name. An alias goes before a group of the same name and leads to a group or
     * a deployment, never to another alias; the id of a deployment gives its group with no other
     * deployment in it. A name that nothing has is made a group by the most specific pattern that
     * matches it.
     */
    public Optional<ModelGroup> group(String name) {
        Alias alias = config.aliases().get(name);
        ModelGroup found = alias == null ? null : named(alias.group());
        return Optional.ofNullable(found != null ? found : named(name));
    }

    private @Nullable ModelGroup named(String name) {
        ModelGroup group = config.wildcards().containsKey(name) ? null : groups.get(name);
        ModelGroup found = group != null || wildcards.template(name) ? group : pins.get(name);
        ModelGroup made = found != null ? found : wildcards.group(name);
        return made != null ? made : madePin(name);
    }

    private @Nullable ModelGroup madePin(String id) {
        ModelGroup group = wildcards.byDeployment(id);
        return group == null
                ? null
                : group.deployments().stream()
                        .filter(deployment -> deployment.id().equals(id))
                        .findFirst()
                        .map(deployment -> pin(group, deployment))
                        .orElse(null);
    }

    /**
     * The names to list for clients: the groups in the order of the configuration, then the
     * aliases; hidden aliases are left out.
     */
    public List<String> names() {
        return names;
    }

    /** Names of {@link #names()} that look like this one, nearest first, at most three. */
    public List<String> similar(String name) {
        return NearNames.of(name, names);
    }

    /** The walk of a new request that names no number of retries. */
    public Plan plan(ModelGroup group, Settings settings, RandomGenerator random) {
        return plan(group, settings, Preferences.NONE, random);
    }

    /**
     * A new request's walk.
     *
     * @param group of this fleet; its fallbacks may be the request's own
     * @param settings the request's, everything decided
     * @param preferences what the request brings along for it
     * @param random for the choice among deployments and for the waits
     */
    public Plan plan(
            ModelGroup group, Settings settings, Preferences preferences, RandomGenerator random) {
        return new Plan(this, group, settings, preferences, random);
    }

    /** The deployment of this id, wherever it stands. */
    public Optional<Deployment> deployment(String id) {
        ModelGroup pin = pins.get(id);
        return Optional.ofNullable(pin != null ? pin : madePin(id))
                .map(found -> found.deployments().getFirst());
    }

    /** What is known of each deployment, in the order of the configuration. */
    public List<DeploymentState> snapshot(long now) {
        List<DeploymentState> states = new ArrayList<>();
        health.forEach(
                (id, known) ->
                        states.add(
                                state(
                                        id,
                                        Objects.requireNonNull(pins.get(id)).name(),
                                        known,
                                        now)));
        for (Made made : wildcards.made()) {
            states.add(state(made.deployment().id(), made.group(), made.health(), now));
        }
        return states;
    }

    private static DeploymentState state(String id, String group, Health known, long now) {
        Cooldown cooldown = known.cooldown(now);
        return new DeploymentState(
                id,
                group,
                known.load().inFlight(),
                cooldown == null ? null : Duration.ofNanos(cooldown.ends() - now),
                cooldown == null ? null : cooldown.failure().cause(),
                known.cooldowns());
    }

    /** How requests find deployments by tags. */
    public Tagging tagging() {
        return config.tagging();
    }

    /** Which groups follow upon which: as configured, but for what a request says itself. */
    Successors successors(OwnFallbacks own) {
        return new Successors(this, own, config.defaultFallbacks());
    }

    /** Whose context window such a request may fit into; everybody's where that is not checked. */
    public Predicate<Deployment> fitting(Demand demand) {
        return config.selection().windowsChecked() ? demand::fits : deployment -> true;
    }

    RetryPolicy retries(ModelGroup group) {
        return config.retries().of(group);
    }

    Strategy strategy() {
        return config.selection().strategy();
    }

    /** The limits within which a deployment is asked. */
    Limits limits(Deployment deployment) {
        return config.selection().limits(deployment);
    }

    Backoff backoff() {
        return backoff;
    }

    Health health(Deployment deployment) {
        Health listed = health.get(deployment.id());
        Health known = listed != null ? listed : wildcards.health(deployment.id());
        if (known == null) {
            throw new IllegalArgumentException(
                    "deployment " + deployment.id() + " is not of this fleet");
        }
        return known;
    }
}
