package dev.midstream.gateway.drill;

import dev.midstream.gateway.check.Report.Cause;
import dev.midstream.gateway.check.Walk;
import dev.midstream.routing.Choice;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Settings;
import dev.midstream.routing.Variant;
import dev.midstream.testkit.scenario.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A model group and whom a request to it walks, in order. Immutable.
 *
 * @param settings those of the group over the router's
 * @param links never empty
 */
record Line(RouterConfig config, String group, Settings settings, List<Link> links) {

    Line {
        links = List.copyOf(links);
    }

    /**
     * A deployment of the walk.
     *
     * @param label what people call it: its group, with a number where the group has several
     * @param variant how the request is altered for it
     */
    record Link(Deployment deployment, String group, String label, Variant variant) {

        /** {@code anthropic/claude-sonnet-4-6}. */
        String model() {
            return deployment.target().provider() + "/" + deployment.target().model();
        }

        /** The protocol in which it is asked by clients of another. */
        Wire wire(Wire client) {
            return Wire.of(deployment.face(client.protocol()).protocol());
        }
    }

    /**
     * The lines in which somebody can be asked.
     *
     * @param groups whose, by their names in the configuration
     * @param instance a model in the place of a pattern's stars; null leaves patterns out
     */
    static List<Line> all(
            RouterConfig config, Predicate<String> groups, @Nullable String instance) {
        Fleet fleet = new Fleet(config);
        return config.groups().stream()
                .filter(group -> groups.test(group.name()))
                .flatMap(
                        group ->
                                concrete(config, fleet, group, instance)
                                        .map(one -> of(config, group.name(), one))
                                        .stream())
                .filter(line -> !line.links().isEmpty())
                .toList();
    }

    private static Optional<ModelGroup> concrete(
            RouterConfig config, Fleet fleet, ModelGroup group, @Nullable String instance) {
        if (!config.wildcards().containsKey(group.name())) {
            return Optional.of(group);
        }
        return instance == null
                ? Optional.empty()
                : fleet.group(group.name().replace("*", instance));
    }

    private static Line of(RouterConfig config, String name, ModelGroup group) {
        Settings settings = group.settings().over(config.settings());
        List<Choice.Ask> asks =
                Walk.of(config, group, settings, Cause.FAILURE).stream()
                        .filter(ask -> ask.deployment().target().converses())
                        .toList();
        List<Link> links = new ArrayList<>();
        for (Choice.Ask ask : asks) {
            long before = links.stream().filter(link -> link.group().equals(ask.group())).count();
            boolean several =
                    asks.stream().filter(other -> other.group().equals(ask.group())).count() > 1;
            String label = several ? ask.group() + "#" + (before + 1) : ask.group();
            links.add(new Link(ask.deployment(), ask.group(), label, ask.variant()));
        }
        return new Line(config, name, settings, links);
    }
}
