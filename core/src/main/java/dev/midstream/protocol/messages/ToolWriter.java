package dev.midstream.protocol.messages;

import dev.midstream.model.Json;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.OfferedTools;
import dev.midstream.protocol.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the tools and the choice among them.
 *
 * <p>A request whose history holds calls but which declares no tools is refused by the API: the
 * called ones are declared then, without parameters, and the model is told to call none.
 */
final class ToolWriter {

    /** The types of tools that the API brings along: {@code web_search_20250305}. */
    private static final Pattern OWN = Pattern.compile("[a-z_]+_20\\d{6}");

    private static final String FREE_TEXT =
            "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
                    + "\"required\":[\"input\"]}";
    private static final String ANY_OBJECT = "{\"type\":\"object\",\"properties\":{}}";

    private final List<Tool> tools = new ArrayList<>();
    private final ToolChoice choice;
    private final boolean chosen;
    private final boolean oneAtMost;

    /**
     * @param called the names of the tools that the history calls
     * @throws Untranslatable if a tool or the choice is of a kind that the API does not know
     */
    ToolWriter(Wishes wishes, Set<String> called) throws Untranslatable {
        boolean ours = wishes.request().protocol().equals(MessagesProtocol.NAME);
        OfferedTools offered = offered(wishes.tools(), ours);
        if (offered.nothingLeft()) {
            Tool.Native only = offered.leftOut().getFirst();
            wishes.limits().drop(only.path(), "the Messages API has no `" + only.type() + "`");
        }
        tools.addAll(offered.tools());
        ToolChoice asked = wishes.toolChoice();
        if (asked instanceof ToolChoice.Native && !ours) {
            wishes.limits().drop("tool_choice", "the Messages API has no such form");
            asked = null;
        }
        if (tools.isEmpty()) {
            called.forEach(name -> tools.add(new Tool.Function(name, null, null, null, null)));
            asked = new ToolChoice.None();
        }
        chosen = asked != null;
        choice = asked == null ? new ToolChoice.Auto() : asked;
        oneAtMost = wishes.oneToolCallAtMost() && !(choice instanceof ToolChoice.None);
    }

    /**
     * @param ours whether it is a client of the Messages API who declares them
     */
    static OfferedTools offered(List<Tool> declared, boolean ours) {
        return OfferedTools.of(declared, own -> ours || OWN.matcher(own.type()).matches());
    }

    /** Whether the model has to call a tool. */
    boolean forced() {
        return !tools.isEmpty() && choice.forced();
    }

    /**
     * @param written where the names of the members are noted
     */
    void write(JsonGenerator json, Set<String> written) {
        if (tools.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("tools");
        written.add("tools");
        for (Tool tool : tools) {
            switch (tool) {
                case Tool.Function function -> function(json, function);
                case Tool.Custom custom -> function(json, taking(custom));
                case Tool.Native own -> json.writeRawValue(own.raw().text());
            }
        }
        json.writeEndArray();
        if (chosen || oneAtMost) {
            written.add("tool_choice");
            json.writeName("tool_choice");
            choice(json);
        }
    }

    /** Free text as the one argument of a function. */
    private static Tool.Function taking(Tool.Custom custom) {
        return new Tool.Function(
                custom.name(), custom.description(), new Json(FREE_TEXT), null, null);
    }

    private static void function(JsonGenerator json, Tool.Function function) {
        json.writeStartObject();
        json.writeStringProperty("name", function.name());
        if (function.description() != null) {
            json.writeStringProperty("description", function.description());
        }
        json.writeName("input_schema");
        json.writeRawValue(inputSchema(function.parameters()));
        if (function.cacheControl() != null) {
            json.writeName("cache_control");
            json.writeRawValue(function.cacheControl().text());
        }
        json.writeEndObject();
    }

    /** The schema as it was written, with the {@code type} that the API demands. */
    private static String inputSchema(@Nullable Json parameters) {
        String schema = parameters == null ? "" : parameters.text().strip();
        if (!JsonText.isObject(schema) || schema.substring(1, schema.length() - 1).isBlank()) {
            return ANY_OBJECT;
        }
        return JsonText.has(schema, "type")
                ? schema
                : "{\"type\":\"object\"," + schema.substring(1);
    }

    private void choice(JsonGenerator json) {
        if (choice instanceof ToolChoice.Native own) {
            json.writeRawValue(own.raw().text());
            return;
        }
        json.writeStartObject();
        switch (choice) {
            case ToolChoice.Auto auto -> json.writeStringProperty("type", "auto");
            case ToolChoice.None none -> json.writeStringProperty("type", "none");
            case ToolChoice.Required required -> json.writeStringProperty("type", "any");
            case ToolChoice.Named named -> {
                json.writeStringProperty("type", "tool");
                json.writeStringProperty("name", named.name());
            }
            case ToolChoice.Native own -> {}
        }
        if (oneAtMost) {
            json.writeBooleanProperty("disable_parallel_tool_use", true);
        }
        json.writeEndObject();
    }
}
