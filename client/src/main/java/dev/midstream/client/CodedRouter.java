package dev.midstream.client;

import dev.midstream.client.TimeSettings.Missing;
import dev.midstream.client.spi.Provider;
import dev.midstream.config.InCode;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.Strategy;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a builder was told, before it is checked. Not thread-safe. */
final class CodedRouter {

    static final String ROUTER = "router_settings";

    private static final String STRATEGY = "routing_strategy";

    private static final String NO_NAME = "the group has no name: the one that requests ask for";

    private record Model(String group, @Nullable DeploymentSettings deployment) {}

    /** Something that makes no sense in itself, and where. */
    private record Mistake(String place, String message) {}

    private final List<Model> models = new ArrayList<>();
    private final Map<String, GroupSettings> groups = new LinkedHashMap<>();
    private final Map<String, DeploymentSettings> credentials = new LinkedHashMap<>();
    private final Map<String, Map<String, @Nullable Object>> sections = new LinkedHashMap<>();

    /** Mappings below a section that are said entry by entry: by section, key and entry. */
    private final Map<String, Map<String, Map<String, Object>>> tables = new LinkedHashMap<>();

    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private Function<String, @Nullable String> environment = System::getenv;
    private @Nullable Path file;
    private @Nullable String text;
    private @Nullable Strategy strategy;

    void file(@Nullable Path file) {
        this.file = given("config", file);
    }

    void text(@Nullable String text) {
        this.text = given("yaml", text);
    }

    /** What a method of the builder was given; null is a mistake. */
    <T> @Nullable T given(String method, @Nullable T value) {
        require(value != null, "router: " + method, "null is given; leave the call out");
        return value;
    }

    void environment(@Nullable Function<String, @Nullable String> variables) {
        Function<String, @Nullable String> given = given("environment", variables);
        environment = given != null ? given : environment;
    }

    void strategy(@Nullable Strategy strategy) {
        this.strategy = given("strategy", strategy);
    }

    void provider(@Nullable String name, @Nullable Provider provider) {
        String place = place(name);
        String known = name == null ? "" : name;
        boolean usable = known.matches("[A-Za-z0-9_.-]{1,60}");
        require(usable, place, "a provider's name has 1 to 60 letters, digits and `_.-`");
        require(provider != null, place, "the provider is null");
        if (usable && provider != null) {
            Provider before = providers.putIfAbsent(known, provider);
            require(before == null, place, "is plugged in twice; keep one");
        }
    }

    /** Where a provider is plugged in, in words. */
    static String place(@Nullable String provider) {
        return "provider " + quoted(provider);
    }

    private boolean require(boolean condition, String place, String message) {
        Mistake mistake = new Mistake(place, message);
        if (!condition && !mistakes.contains(mistake)) {
            mistakes.add(mistake);
        }
        return condition;
    }

    // ------------------------------------------------------------------------------------ entries

    void set(String section, @Nullable String key, @Nullable Object value) {
        sections.computeIfAbsent(section, s -> new LinkedHashMap<>())
                .put(key == null ? "" : key, value);
    }

    void section(@Nullable String name, @Nullable Map<String, ?> values) {
        String section = name == null ? "" : name;
        require(!section.isBlank(), "router: section", "the section has no name");
        require(values != null, "router: section " + quoted(name), "the values are null");
        if (!section.isBlank() && values != null) {
            values.forEach((key, value) -> set(section, key, value));
        }
    }

    void entry(String section, String table, @Nullable String key, Object value) {
        table(section, table).put(key == null ? "" : key, value);
    }

    private Map<String, Object> table(String section, String table) {
        return tables.computeIfAbsent(section, s -> new LinkedHashMap<>())
                .computeIfAbsent(table, t -> new LinkedHashMap<>());
    }

    /** The list or the mapping of an entry, which is said piece by piece. */
    private Object piece(String table, @Nullable String key, Object empty) {
        return table(ROUTER, table).computeIfAbsent(key == null ? "" : key, k -> empty);
    }

    @SuppressWarnings("unchecked")
    void fallback(String key, @Nullable String group, List<Object> targets) {
        List<Object> list = (List<Object>) piece(key, group, new ArrayList<>());
        targets.forEach(target -> list.add(target instanceof Fallback to ? altered(to) : target));
    }

    static Object altered(Fallback fallback) {
        if (fallback.variant().none()) {
            return fallback.model();
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", fallback.model());
        object.putAll(fallback.variant().members());
        return object;
    }

    @SuppressWarnings("unchecked")
    void groupRetries(@Nullable String group, @Nullable String key, int retries) {
        Map<String, Object> policy =
                (Map<String, Object>)
                        piece("model_group_retry_policy", group, new LinkedHashMap<>());
        policy.put(key == null ? "" : key, retries);
    }

    void alias(@Nullable String alias, @Nullable String group) {
        Object said = group == null ? Missing.VALUE : group;
        Object before = table(ROUTER, "model_group_alias").put(alias == null ? "" : alias, said);
        require(
                before == null || before.equals(said),
                "router: model_group_alias." + CodeTree.shown(String.valueOf(alias)),
                "the alias is given twice, for `%s` and for `%s`; keep one"
                        .formatted(shown(before), shown(said)));
    }

    private static String shown(@Nullable Object said) {
        return said == null ? "" : CodeTree.shown(said.toString());
    }

    void models(@Nullable String group, DeploymentSettings @Nullable [] deployments) {
        String name = group == null ? "" : group;
        String place = "model " + quoted(group);
        require(!name.isBlank(), place, NO_NAME);
        if (deployments == null || deployments.length == 0) {
            require(false, place, "no deployment is given: `deployment(\"provider/model\")`");
        } else if (!name.isBlank()) {
            for (DeploymentSettings deployment : deployments) {
                models.add(new Model(name, deployment));
            }
        }
    }

    void group(@Nullable String group, @Nullable GroupSettings settings) {
        String place = "group " + quoted(group);
        boolean named = group != null && !group.isBlank();
        require(named, place, NO_NAME);
        require(settings != null, place, "the settings are null");
        if (named && settings != null) {
            GroupSettings joined = groups.getOrDefault(group, GroupSettings.group());
            for (Map.Entry<String, @Nullable Object> entry : settings.said().entrySet()) {
                joined = joined.with(entry.getKey(), entry.getValue());
            }
            groups.put(group, joined);
        }
    }

    void defaults(@Nullable DeploymentSettings parameters) {
        if (alone("router: default_litellm_params", parameters) && parameters != null) {
            set(ROUTER, "default_litellm_params", parameters.params());
        }
    }

    void credential(@Nullable String name, @Nullable DeploymentSettings parameters) {
        String place = "credential " + quoted(name);
        boolean named = require(name != null && !name.isBlank(), place, "it has no name");
        if (alone(place, parameters) && named && name != null && parameters != null) {
            DeploymentSettings before = credentials.putIfAbsent(name, parameters);
            require(before == null, place, "is given twice; keep one");
        }
    }

    private boolean alone(String place, @Nullable DeploymentSettings parameters) {
        return require(parameters != null, place, "the parameters are null")
                && require(
                        parameters == null || parameters.info().isEmpty(),
                        place,
                        "parameters alone can stand here, nothing of `model_info`");
    }

    private static String quoted(@Nullable String name) {
        return name == null ? "null" : "\"" + CodeTree.shown(name) + "\"";
    }

    // ------------------------------------------------------------------------------- what was said

    Function<String, @Nullable String> environment() {
        return environment;
    }

    @Nullable Path file() {
        return file;
    }

    @Nullable String text() {
        return text;
    }

    @Nullable Strategy strategy() {
        return strategy;
    }

    Map<String, Provider> providers() {
        return providers;
    }

    // --------------------------------------------------------------------------------------- tree

    /** The tree of all that was said, and in it what makes no sense in itself. */
    InCode code(CodeTree tree) {
        InCode code = new InCode(root(tree), groups(tree));
        mistakes.forEach(mistake -> tree.error(mistake.place(), mistake.message()));
        if (strategy != null && of(ROUTER).get(STRATEGY) != null) {
            tree.error("router: " + STRATEGY, "is given by name and as an object; keep one");
        }
        if (file != null && text != null) {
            tree.error("router: yaml", "the configuration is a file and a text; keep one");
        }
        tables.forEach(
                (section, keys) ->
                        keys.keySet().stream()
                                .filter(of(section)::containsKey)
                                .forEach(key -> twice(tree, key)));
        return code;
    }

    private static void twice(CodeTree tree, String key) {
        tree.error("router: " + key, "is said entry by entry and as a whole; keep one");
    }

    private Map<String, @Nullable Object> of(String section) {
        return sections.getOrDefault(section, Map.of());
    }

    private Mapping root(CodeTree tree) {
        Map<String, YamlNode> top = new LinkedHashMap<>();
        if (!models.isEmpty()) {
            top.put("model_list", modelList(tree));
        }
        if (!credentials.isEmpty()) {
            List<Mapping> list = new ArrayList<>();
            credentials.forEach((name, parameters) -> list.add(credential(tree, name, parameters)));
            top.put("credential_list", tree.of("router: credential_list", list));
        }
        Set<String> names = new LinkedHashSet<>(sections.keySet());
        names.addAll(tables.keySet());
        if (strategy != null) {
            names.add(ROUTER);
        }
        names.forEach(name -> top.putIfAbsent(name, section(tree, name)));
        return tree.of("router", top);
    }

    private YamlNode modelList(CodeTree tree) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<YamlNode> list = new ArrayList<>();
        for (Model model : models) {
            int number = numbers.merge(model.group(), 1, Integer::sum);
            list.add(entry(tree, model, "deployment " + number + " of " + quoted(model.group())));
        }
        return tree.of("router: model_list", list);
    }

    private static YamlNode entry(CodeTree tree, Model model, String place) {
        Map<String, YamlNode> entry = new LinkedHashMap<>();
        entry.put("model_name", tree.node(place, model.group()));
        DeploymentSettings deployment = model.deployment();
        if (deployment == null) {
            tree.error(place, "the deployment is null; pass one, or leave the call out");
            deployment = DeploymentSettings.deployment("openai/null").apiKey("none");
        }
        entry.put("litellm_params", tree.mapping(place, deployment.params()));
        if (!deployment.info().isEmpty()) {
            entry.put("model_info", tree.mapping(place + ": model_info", deployment.info()));
        }
        return tree.of(place, entry);
    }

    private static Mapping credential(CodeTree tree, String name, DeploymentSettings parameters) {
        String place = "credential " + quoted(name);
        Map<String, YamlNode> entry = new LinkedHashMap<>();
        entry.put("credential_name", tree.node(place, name));
        entry.put("credential_values", tree.mapping(place, parameters.params()));
        return tree.of(place, entry);
    }

    private YamlNode section(CodeTree tree, String name) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(of(name));
        tables.getOrDefault(name, Map.of()).forEach(values::putIfAbsent);
        if (name.equals(ROUTER) && strategy != null) {
            values.put(STRATEGY, null);
        }
        return tree.mapping(name.equals(ROUTER) ? "router" : name, values);
    }

    private Map<String, Mapping> groups(CodeTree tree) {
        Map<String, Mapping> made = new LinkedHashMap<>();
        groups.forEach(
                (name, settings) ->
                        made.put(name, tree.mapping("group " + quoted(name), settings.said())));
        return made;
    }
}
