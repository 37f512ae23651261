package dev.midstream.config;

import dev.midstream.config.SettingKey.Place;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings that LiteLLM takes from {@code router_settings} and from {@code litellm_settings}
 * alike.
 */
final class SharedSettings {

    private static final List<String> ROUTING =
            List.of(
                    "fallbacks",
                    "default_fallbacks",
                    "context_window_fallbacks",
                    "content_policy_fallbacks",
                    "allowed_fails",
                    "cooldown_time",
                    "disable_cooldowns",
                    "drop_params",
                    "retry_after",
                    "model_group_alias",
                    "routing_strategy",
                    "enable_tag_filtering",
                    "tag_filtering_match_any",
                    "routing_strategy_args",
                    "retry_policy",
                    "model_group_retry_policy",
                    "allowed_fails_policy",
                    "enable_pre_call_checks",
                    "enable_pre_call_check",
                    "model_rate_limits",
                    "optional_pre_call_checks",
                    "default_max_parallel_requests");

    private static final String TIMEOUT = "timeout";

    /**
     * In {@code litellm_settings} it bounds one call, as LiteLLM has it: what is {@code timeout}
     * elsewhere. As the deadline of everything it would end streams that run.
     */
    private static final String DEADLINE = "request_timeout";

    private SharedSettings() {}

    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(ROUTING);
        SettingKeys.at(Place.ROUTER).map(SettingKey::name).forEach(names::add);
        return names;
    }

    /** The router's section with what only {@code litellm_settings} says. */
    static Section join(Section router, Section liteLlm) {
        List<Entry> entries = new ArrayList<>(router.mapping().entries());
        for (String name : names()) {
            Entry here = router.mapping().find(name);
            Entry there = there(name, liteLlm);
            if (there == null) {
                continue;
            }
            if (here == null) {
                entries.add(there);
            } else if (!here.value().equals(there.value())) {
                router.reading()
                        .diagnostics()
                        .warning(
                                there.key().at(),
                                "`"
                                        + name
                                        + "` stands in `router_settings` too ("
                                        + here.key().at()
                                        + "), which counts");
            }
        }
        return new Section(
                router.name(), new Mapping(router.mapping().at(), entries), router.reading());
    }

    private static @Nullable Entry there(String name, Section liteLlm) {
        return switch (name) {
            case DEADLINE -> null;
            case TIMEOUT -> {
                Entry own = given(TIMEOUT, liteLlm);
                Entry call = given(DEADLINE, liteLlm);
                yield own != null || call == null ? own : named(TIMEOUT, call);
            }
            default -> given(name, liteLlm);
        };
    }

    private static @Nullable Entry given(String name, Section liteLlm) {
        return liteLlm.node(name) == null ? null : liteLlm.mapping().find(name);
    }

    private static Entry named(String name, Entry entry) {
        Scalar key = entry.key();
        return new Entry(new Scalar(key.at(), name, key.type(), key.plain()), entry.value());
    }
}
