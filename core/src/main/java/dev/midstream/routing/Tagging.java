package dev.midstream.routing;

import java.util.List;
import java.util.Set;

/**
 * How requests find deployments by tags, LiteLLM's rules: a request with tags is served by the
 * deployments of a group that carry them; where there is none, by those tagged {@code default}. A
 * request without tags is served by those tagged {@code default}, and where there is none by all.
 *
 * @param on whether tags count
 * @param any whether one of the request's tags is enough, or a deployment must carry them all
 */
public record Tagging(boolean on, boolean any) {

    public static final Tagging OFF = new Tagging(false, true);

    private static final String DEFAULT = "default";

    /** The deployments of a group that may serve a request of these tags; empty if none may. */
    List<Deployment> served(List<Deployment> group, Set<String> tags) {
        if (!on) {
            return group;
        }
        List<Deployment> byDefault =
                group.stream().filter(d -> d.tags().contains(DEFAULT)).toList();
        if (tags.isEmpty()) {
            return byDefault.isEmpty() ? group : byDefault;
        }
        List<Deployment> matching = group.stream().filter(d -> matches(d.tags(), tags)).toList();
        return matching.isEmpty() ? byDefault : matching;
    }

    private boolean matches(Set<String> carried, Set<String> wanted) {
        return any ? wanted.stream().anyMatch(carried::contains) : carried.containsAll(wanted);
    }
}
