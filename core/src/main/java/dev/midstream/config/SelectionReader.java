package dev.midstream.config;

import dev.midstream.routing.LeastBusy;
import dev.midstream.routing.LowestCost;
import dev.midstream.routing.LowestLatency;
import dev.midstream.routing.LowestUsage;
import dev.midstream.routing.Selection;
import dev.midstream.routing.Strategy;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads how one of several deployments is chosen: {@code routing_strategy} and its kin. */
final class SelectionReader {

    private static final String STRATEGY = "routing_strategy";
    private static final String PARALLEL = "default_max_parallel_requests";
    private static final int MOST = 1_000_000;
    private static final String LATENCY = "latency-based-routing";

    private static final List<String> STRATEGIES =
            List.of(
                    "simple-shuffle",
                    "least-busy",
                    LATENCY,
                    "cost-based-routing",
                    "usage-based-routing",
                    "usage-based-routing-v2");

    /** LiteLLM's others. */
    private static final List<String> NOT_YET =
            List.of(
                    "lar1",
                    "adaptive-routing",
                    "adaptive",
                    "auto-router",
                    "complexity-router",
                    "quality-router",
                    "provider-budget-routing");

    private final Section router;

    SelectionReader(Section router) {
        this.router = router;
    }

    Selection read() {
        String name = strategyName();
        Section args = router.section("routing_strategy_args");
        Strategy strategy =
                switch (name) {
                    case "least-busy" -> new LeastBusy();
                    case LATENCY -> latency(args);
                    case "cost-based-routing" -> new LowestCost();
                    case "usage-based-routing", "usage-based-routing-v2" -> new LowestUsage();
                    default -> Strategy.SHUFFLE;
                };
        report(args, name);
        return new Selection(
                strategy,
                new LimitRules(router).enforced(name),
                router.whole(PARALLEL, 0, MOST),
                windowsChecked());
    }

    /** LiteLLM's documentation spells the key in two ways. */
    private boolean windowsChecked() {
        Boolean one = router.flag("enable_pre_call_checks");
        Boolean other = router.flag("enable_pre_call_check");
        return one != null ? one : Boolean.TRUE.equals(other);
    }

    private String strategyName() {
        String given = router.text(STRATEGY);
        YamlNode node = router.node(STRATEGY);
        if (given == null || node == null) {
            return STRATEGIES.getFirst();
        }
        String name = given.strip().toLowerCase(Locale.ROOT);
        if (NOT_YET.contains(name)) {
            router.reading()
                    .warning(
                            node,
                            "the routing strategy "
                                    + Reading.shown(node)
                                    + " is not there yet; `simple-shuffle` is used");
        } else if (!STRATEGIES.contains(name)) {
            router.reading()
                    .wrong(
                            STRATEGY,
                            node,
                            "one of "
                                    + STRATEGIES.stream()
                                            .map(s -> "`" + s + "`")
                                            .collect(Collectors.joining(", ")));
        }
        return name;
    }

    private static Strategy latency(Section args) {
        Duration ttl = args.seconds("ttl");
        Double buffer = args.number("lowest_latency_buffer");
        return new LowestLatency(
                ttl != null ? ttl : LowestLatency.DEFAULT_TTL, buffer != null ? buffer : 0);
    }

    private static void report(Section args, String strategy) {
        List<String> known = List.of("ttl", "lowest_latency_buffer");
        for (Entry entry : args.left()) {
            String key = entry.name();
            String message =
                    known.contains(key)
                            ? "`"
                                    + key
                                    + "` has no effect with the routing strategy `"
                                    + strategy
                                    + "`"
                            : "unknown key `"
                                    + key
                                    + "` in `routing_strategy_args`"
                                    + NearNames.question(key, known);
            args.reading().diagnostics().warning(entry.key().at(), message);
        }
    }
}
