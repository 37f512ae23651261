package dev.midstream.config;

import dev.midstream.routing.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives each deployment of a group its share, as LiteLLM's simple-shuffle does: by {@code weight}
 * if any deployment has one, else by {@code rpm}, else by {@code tpm}. Who says nothing has a
 * weight of 1, or as much as the smallest limit.
 */
final class Shares {

    private Shares() {}

    static List<Deployment> build(List<DeploymentDraft> group) {
        if (any(group, DeploymentDraft::weight)) {
            return build(group, DeploymentDraft::weight, 1);
        }
        Function<DeploymentDraft, @Nullable Double> limit =
                any(group, Shares::rpm) ? Shares::rpm : Shares::tpm;
        double smallest =
                group.stream()
                        .map(limit)
                        .filter(Objects::nonNull)
                        .mapToDouble(l -> l)
                        .min()
                        .orElse(1);
        return build(group, limit, smallest);
    }

    private static @Nullable Double rpm(DeploymentDraft draft) {
        Long limit = draft.limits().requestsPerMinute();
        return limit == null ? null : limit.doubleValue();
    }

    private static @Nullable Double tpm(DeploymentDraft draft) {
        Long limit = draft.limits().tokensPerMinute();
        return limit == null ? null : limit.doubleValue();
    }

    private static boolean any(
            List<DeploymentDraft> group, Function<DeploymentDraft, @Nullable Double> measure) {
        return group.stream().map(measure).anyMatch(Objects::nonNull);
    }

    private static List<Deployment> build(
            List<DeploymentDraft> group,
            Function<DeploymentDraft, @Nullable Double> measure,
            double otherwise) {
        return group.stream()
                .map(draft -> draft.deployment(share(measure.apply(draft), otherwise)))
                .toList();
    }

    private static double share(@Nullable Double given, double otherwise) {
        return given != null ? given : otherwise;
    }
}
