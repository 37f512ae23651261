package dev.midstream.config;

import dev.midstream.config.Groups.Group;
import dev.midstream.config.SettingKey.Place;
import dev.midstream.routing.Concretion;
import dev.midstream.routing.Cooldowns;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.RouterConfig.Alias;
import dev.midstream.routing.Settings;
import dev.midstream.routing.Tagging;
import dev.midstream.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code router_settings}, with what LiteLLM takes from {@code litellm_settings} as well. */
final class RouterReader {

    /** LiteLLM's. */
    private static final Duration DEFAULT_COOLDOWN = Duration.ofSeconds(5);

    private final Section router;
    private final Groups groups;

    RouterReader(Section router, Groups groups) {
        this.router = router;
        this.groups = groups;
    }

    RouterConfig read() {
        Map<String, Alias> aliases = new AliasReader(router, groups).read();
        FallbackReader fallbacks = new FallbackReader(router, groups, aliases);
        return new RouterConfig(
                modelGroups(fallbacks),
                aliases,
                fallbacks.byDefault(),
                settings(),
                new Cooldowns(cooldown(), PolicyReader.allowedFails(router)),
                or(router.seconds("retry_after"), Duration.ZERO),
                new SelectionReader(router).read(),
                PolicyReader.retries(router, groups.names()),
                tagging(),
                wildcards(fallbacks));
    }

    private List<ModelGroup> modelGroups(FallbackReader fallbacks) {
        return groups.byName().entrySet().stream()
                .map(
                        group ->
                                new ModelGroup(
                                        group.getKey(),
                                        group.getValue().deployments(),
                                        fallbacks.of(group.getKey()),
                                        group.getValue().settings()))
                .toList();
    }

    private Map<String, Concretion> wildcards(FallbackReader fallbacks) {
        Map<String, Concretion> wildcards = new LinkedHashMap<>();
        groups.byName()
                .forEach(
                        (pattern, group) -> {
                            if (group.pattern()) {
                                wildcards.put(pattern, concretion(pattern, group, fallbacks));
                            }
                        });
        return wildcards;
    }

    private static Concretion concretion(String pattern, Group group, FallbackReader fallbacks) {
        return (name, matched) -> {
            List<Deployment> made = group.made(name, matched);
            return made.isEmpty()
                    ? null
                    : new ModelGroup(name, made, fallbacks.of(name, pattern), group.settings());
        };
    }

    private Settings settings() {
        SettingsDraft draft = new SettingsDraft();
        SettingKeys.at(Place.ROUTER)
                .forEach(
                        key -> {
                            YamlNode node = router.node(key.name());
                            if (node != null) {
                                router.reading().setting(key, node, draft);
                            }
                        });
        Switches.compare(
                router.reading(), router.node(Switches.NEW), router.node(Switches.OLD), draft);
        return draft.patch().over(Settings.DEFAULTS);
    }

    private Duration cooldown() {
        Duration given = or(router.seconds("cooldown_time"), DEFAULT_COOLDOWN);
        return Boolean.TRUE.equals(router.flag("disable_cooldowns")) ? Duration.ZERO : given;
    }

    private Tagging tagging() {
        return new Tagging(
                Boolean.TRUE.equals(router.flag("enable_tag_filtering")),
                !Boolean.FALSE.equals(router.flag("tag_filtering_match_any")));
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given != null ? given : otherwise;
    }
}
