package dev.midstream.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The groups that clients' names make of patterns, made when they are asked for. The most specific
 * pattern counts. A thousand are kept, those asked last, and whoever carries a request; of the
 * others nothing is remembered. Thread-safe.
 */
final class Wildcards {

    private static final int MOST = 1000;

    /**
     * A deployment that a name has made.
     *
     * @param group that name
     */
    record Made(String group, Deployment deployment, Health health) {}

    private record Rule(NamePattern pattern, Concretion concretion) {}

    /** A group with what is known of its deployments. */
    private record Concrete(ModelGroup group, Map<String, Health> health) {
        boolean busy() {
            return health.values().stream().anyMatch(known -> known.load().inFlight() > 0);
        }
    }

    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, ModelGroup> templates = new HashMap<>();
    private final Function<Deployment, Health> known;
    private final Map<String, Concrete> kept = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param known gives what is known of a deployment that is met for the first time
     */
    Wildcards(RouterConfig config, Function<Deployment, Health> known) {
        this.known = known;
        for (ModelGroup group : config.groups()) {
            Concretion concretion = config.wildcards().get(group.name());
            if (concretion != null) {
                rules.add(new Rule(new NamePattern(group.name()), concretion));
                group.deployments().forEach(template -> templates.put(template.id(), group));
            }
        }
        rules.sort(Comparator.comparing(Rule::pattern, NamePattern.MOST_SPECIFIC_FIRST));
    }

    /** Whether this is the id of a deployment that stands for many. */
    boolean template(String id) {
        return templates.containsKey(id);
    }

    /** The group of this name, null if no pattern makes one. */
    @Nullable ModelGroup group(String name) {
        Concrete concrete = rules.isEmpty() ? null : concrete(name);
        return concrete == null ? null : concrete.group();
    }

    private synchronized @Nullable Concrete concrete(String name) {
        Concrete before = kept.get(name);
        if (before != null) {
            return before;
        }
        ModelGroup group = made(name);
        if (group == null) {
            return null;
        }
        Map<String, Health> health = new LinkedHashMap<>();
        group.deployments().forEach(d -> health.put(d.id(), known.apply(d)));
        makeRoom();
        Concrete concrete = new Concrete(group, health);
        kept.put(name, concrete);
        return concrete;
    }

    private @Nullable ModelGroup made(String name) {
        for (Rule rule : rules) {
            List<String> matched = rule.pattern().match(name);
            if (matched != null) {
                return rule.concretion().of(name, matched);
            }
        }
        return null;
    }

    private void makeRoom() {
        Iterator<Concrete> eldest = kept.values().iterator();
        while (kept.size() >= MOST && eldest.hasNext()) {
            if (!eldest.next().busy()) {
                eldest.remove();
            }
        }
    }

    /** The group of the name that this id of a deployment was made of, null if there is none. */
    @Nullable ModelGroup byDeployment(String id) {
        for (int at = id.indexOf('/'); at > 0; at = id.indexOf('/', at + 1)) {
            if (templates.containsKey(id.substring(0, at))) {
                ModelGroup group = group(id.substring(at + 1));
                if (group != null && serves(group, id)) {
                    return group;
                }
            }
        }
        return null;
    }

    private static boolean serves(ModelGroup group, String id) {
        return group.deployments().stream().anyMatch(d -> d.id().equals(id));
    }

    /** What is known of a deployment that was made of a name, null if it was not. */
    @Nullable Health health(String id) {
        ModelGroup group = byDeployment(id);
        Concrete concrete = group == null ? null : concrete(group.name());
        return concrete == null ? null : concrete.health().get(id);
    }

    /** All deployments that are kept now. */
    synchronized List<Made> made() {
        List<Made> made = new ArrayList<>();
        for (Concrete concrete : kept.values()) {
            for (Deployment deployment : concrete.group().deployments()) {
                Health known = Objects.requireNonNull(concrete.health().get(deployment.id()));
                made.add(new Made(concrete.group().name(), deployment, known));
            }
        }
        return made;
    }
}
