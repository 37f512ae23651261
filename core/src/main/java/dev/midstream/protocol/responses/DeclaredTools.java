package dev.midstream.protocol.responses;

import dev.midstream.model.Json;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * Codex declares its tools in namespaces, at the top or inside an item of the input; a call names the namespace beside the
 * tool. No other protocol has namespaces: there a tool goes by its own name where nobody else has it, else with the namespace
 * in front. What a client declared is found again by that one name when a call comes back.
 */
/** The tools that a client declared, and the one name by which other protocols know each. */
final class DeclaredTools {

    private static final int LONGEST_NAME = 64;

    /**
     * A tool as its client knows it.
     *
     * @param namespace null outside of any
     * @param custom whether its calls carry free text
     */
    record Declared(@Nullable String namespace, String name, boolean custom) {}

    private final List<Tool> plain = new ArrayList<>();
    private final Map<Declared, Tool> named = new LinkedHashMap<>();
    private final Map<String, Declared> byName = new HashMap<>();
    private final Map<Declared, String> names = new HashMap<>();

    /** Reads an array of tools; may be asked several times, before anything is looked up. */
    void read(String path, Json tools) throws InvalidRequest {
        Fields.each(path, tools, (at, tool) -> tool(null, Fields.of(at, tool)));
        assignNames();
    }

    private void tool(@Nullable String namespace, Fields tool) throws InvalidRequest {
        String type = tool.named("type");
        switch (type) {
            case "function" -> function(namespace, tool);
            case "custom" -> custom(namespace, tool);
            case "namespace" -> {
                String name = tool.named("name");
                tool.each("tools", (at, inner) -> tool(name, Fields.of(at, inner)));
            }
            default -> plain.add(new Tool.Native(type, tool.path(), tool.raw()));
        }
    }

    private void function(@Nullable String namespace, Fields tool) throws InvalidRequest {
        String name = tool.named("name");
        Tool function =
                new Tool.Function(
                        name,
                        tool.optional("description"),
                        tool.value("parameters"),
                        tool.flag("strict"),
                        null);
        named.putIfAbsent(new Declared(namespace, name, false), function);
    }

    private void custom(@Nullable String namespace, Fields tool) throws InvalidRequest {
        String name = tool.named("name");
        Tool custom = new Tool.Custom(name, tool.optional("description"), tool.value("format"));
        named.putIfAbsent(new Declared(namespace, name, true), custom);
    }

    /** Names outside of namespaces stay as they are. */
    private void assignNames() {
        byName.clear();
        names.clear();
        Set<String> seen = new HashSet<>();
        Set<String> shared = new HashSet<>();
        for (Declared declared : named.keySet()) {
            if (!seen.add(declared.name())) {
                shared.add(declared.name());
            }
        }
        for (Declared declared : named.keySet()) {
            String namespace = declared.namespace();
            boolean bare = namespace == null || !shared.contains(declared.name());
            name(declared, bare ? declared.name() : cut(namespace + "__" + declared.name()));
        }
    }

    private void name(Declared declared, String wished) {
        String name = wished;
        for (int i = 2; byName.containsKey(name); i++) {
            String suffix = "_" + i;
            name = wished.substring(0, Math.min(wished.length(), LONGEST_NAME - suffix.length()));
            name += suffix;
        }
        byName.put(name, declared);
        names.put(declared, name);
    }

    private static String cut(String name) {
        return name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name;
    }

    /** The tools under the names by which other protocols know them. */
    List<Tool> tools() {
        List<Tool> tools = new ArrayList<>();
        named.forEach((declared, tool) -> tools.add(renamed(tool, nameOf(declared))));
        tools.addAll(plain);
        return tools;
    }

    private String nameOf(Declared declared) {
        return names.getOrDefault(declared, declared.name());
    }

    private static Tool renamed(Tool tool, String name) {
        return switch (tool) {
            case Tool.Function f ->
                    new Tool.Function(
                            name, f.description(), f.parameters(), f.strict(), f.cacheControl());
            case Tool.Custom c -> new Tool.Custom(name, c.description(), c.format());
            case Tool.Native own -> own;
        };
    }

    /** The name by which other protocols know a tool that the client calls like this. */
    String known(@Nullable String namespace, String name) {
        for (boolean custom : new boolean[] {false, true}) {
            String known = names.get(new Declared(namespace, name, custom));
            if (known != null) {
                return known;
            }
        }
        return namespace == null || namespace.isEmpty() || !byName.containsKey(name)
                ? name
                : cut(namespace + "__" + name);
    }

    /**
     * What the client calls the tool of this name.
     *
     * @return null if it declared none
     */
    @Nullable Declared declared(String name) {
        Declared exact = byName.get(name);
        if (exact != null) {
            return exact;
        }
        return named.keySet().stream().filter(d -> d.name().equals(name)).findFirst().orElse(null);
    }

    /** The choice of a tool, in any form. */
    ToolChoice choice(Json raw) throws InvalidRequest {
        if (Fields.isString(raw)) {
            return word(Fields.string("tool_choice", raw));
        }
        Fields choice = Fields.of("tool_choice", raw);
        return switch (choice.named("type")) {
            case "function", "custom" ->
                    new ToolChoice.Named(known(choice.optional("namespace"), choice.named("name")));
            case "allowed_tools" -> {
                ToolChoice mode = allowed(choice);
                yield mode == null ? new ToolChoice.Native(raw) : mode;
            }
            default -> new ToolChoice.Native(raw);
        };
    }

    /** Leaves out what is not allowed; null if some of what is allowed has no name. */
    private @Nullable ToolChoice allowed(Fields choice) throws InvalidRequest {
        Set<String> allowed = new HashSet<>();
        boolean[] nameless = new boolean[1];
        choice.each(
                "tools",
                (at, entry) -> {
                    Fields tool = Fields.of(at, entry);
                    String name = tool.optional("name");
                    nameless[0] |= name == null;
                    if (name != null) {
                        allowed.add(known(tool.optional("namespace"), name));
                    }
                });
        String mode = choice.optional("mode");
        if (nameless[0] || mode == null) {
            return null;
        }
        plain.clear();
        named.keySet().removeIf(declared -> !allowed.contains(nameOf(declared)));
        return word(mode);
    }

    private static ToolChoice word(String word) throws InvalidRequest {
        return switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default ->
                    throw Fields.invalid(
                            "invalid_value",
                            "tool_choice",
                            "Invalid value: '"
                                    + word
                                    + "'. Supported values are: 'none', 'auto', and 'required'.");
        };
    }
}
