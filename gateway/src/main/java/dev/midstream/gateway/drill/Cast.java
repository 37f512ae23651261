package dev.midstream.gateway.drill;

import dev.midstream.gateway.drill.Line.Link;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.Fallbacks;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Settings;
import dev.midstream.routing.SettingsPatch;
import dev.midstream.routing.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operator's router over some deployments of a line, which are walked in their order. */
final class Cast {

    /** An operator's floor would only make a drill slow. */
    private static final Duration LONGEST_FLOOR = Duration.ofMillis(200);

    private Cast() {}

    /**
     * @param links whom the deployments stand for
     */
    static RouterConfig router(
            Line line, List<Link> links, List<Deployment> deployments, Settings settings) {
        Map<String, List<Deployment>> byGroup = new LinkedHashMap<>();
        for (int i = 0; i < links.size(); i++) {
            byGroup.computeIfAbsent(links.get(i).group(), group -> new ArrayList<>())
                    .add(deployments.get(i));
        }
        Fallbacks others =
                new Fallbacks(
                        byGroup.keySet().stream()
                                .skip(1)
                                .map(group -> new Fallback(group, variant(links, group)))
                                .toList(),
                        List.of(),
                        List.of());
        List<ModelGroup> groups = new ArrayList<>();
        byGroup.forEach(
                (name, members) ->
                        groups.add(
                                new ModelGroup(
                                        name,
                                        members,
                                        groups.isEmpty() ? others : Fallbacks.NONE,
                                        SettingsPatch.EMPTY)));
        Duration floor = line.config().retryAfterFloor();
        boolean slow = floor.compareTo(LONGEST_FLOOR) > 0;
        return line.config().over(groups, settings, slow ? LONGEST_FLOOR : floor);
    }

    private static Variant variant(List<Link> links, String group) {
        return links.stream()
                .filter(link -> link.group().equals(group))
                .findFirst()
                .map(Link::variant)
                .orElse(Variant.NONE);
    }
}
