package dev.midstream.routing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says itself about whom to ask next. Immutable.
 *
 * @param byGroup by the group's name
 * @param byDefault for groups that have no fallbacks
 */
public record OwnFallbacks(Map<String, Lists> byGroup, Lists byDefault) {

    public static final OwnFallbacks NONE = new OwnFallbacks(Map.of(), Lists.NONE);

    public OwnFallbacks {
        byGroup = Map.copyOf(byGroup);
    }

    /** What is said of one group. */
    Lists of(String group) {
        return byGroup.getOrDefault(group, Lists.NONE);
    }

    /** As {@link Fallbacks}; null where nothing is said. */
    public record Lists(
            @Nullable List<Fallback> general,
            @Nullable List<Fallback> contextWindow,
            @Nullable List<Fallback> contentPolicy) {

        public static final Lists NONE = new Lists(null, null, null);

        public Lists {
            general = general == null ? null : List.copyOf(general);
            contextWindow = contextWindow == null ? null : List.copyOf(contextWindow);
            contentPolicy = contentPolicy == null ? null : List.copyOf(contentPolicy);
        }

        /** These, and the configured ones where these say nothing. */
        Fallbacks over(Fallbacks configured) {
            return new Fallbacks(
                    general != null ? general : configured.general(),
                    contextWindow != null ? contextWindow : configured.contextWindow(),
                    contentPolicy != null ? contentPolicy : configured.contentPolicy());
        }
    }
}
