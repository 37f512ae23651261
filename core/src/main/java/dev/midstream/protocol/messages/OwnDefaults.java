package dev.midstream.protocol.messages;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Target;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * What a target's configuration adds to a Messages client's body, and what it never sends. The
 * configuration uses the names of Chat Completions; a member of the protocol's own name works too.
 * Stateless.
 */
final class OwnDefaults {

    private OwnDefaults() {}

    /** Adds what the client did not give. */
    static void apply(JsonSplice splice, Target target) {
        for (Map.Entry<String, Json> member : new TreeMap<>(target.defaults()).entrySet()) {
            add(splice, member.getKey(), member.getValue().text(), target);
        }
    }

    private static void add(JsonSplice splice, String name, String value, Target target) {
        switch (name) {
            case "max_tokens", "max_completion_tokens" -> {}
            case "stop" ->
                    absent(splice, "stop_sequences", value.startsWith("[") ? value : one(value));
            case "user" -> absent(splice, "metadata", "{\"user_id\":" + value + "}");
            case "reasoning_effort" -> effort(splice, JsonText.unquoted(value), target);
            case "parallel_tool_calls" -> {
                if (value.equals("false") && splice.has("tools") && !splice.has("tool_choice")) {
                    String one = "{\"type\":\"auto\",\"disable_parallel_tool_use\":true}";
                    splice.set("tool_choice", one);
                }
            }
            default -> {
                if (!FurtherMembers.chatsOnly(name)) {
                    absent(splice, name, value);
                }
            }
        }
    }

    private static String one(String value) {
        return "[" + value + "]";
    }

    private static void absent(JsonSplice splice, String name, String value) {
        if (!splice.has(name)) {
            splice.set(name, value);
        }
    }

    private static void effort(JsonSplice splice, String effort, Target target) {
        Json config = splice.value("output_config");
        boolean said = config != null && JsonText.raw(config.text(), "effort") != null;
        if (said || splice.has("thinking")) {
            return;
        }
        ClaudeModel model = ClaudeModel.of(target.model());
        Integer limit = OwnThinking.number(splice.value("max_tokens"));
        ReasoningRequest asked = new ReasoningRequest(effort, null, null, false);
        set(splice, Thinking.of(asked, model, false, limit), model);
    }

    /** Writes how the model is to think. */
    static void set(JsonSplice splice, Thinking thinking, ClaudeModel model) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.generator(text)) {
            json.writeStartObject();
            thinking.write(json, model);
            json.writeEndObject();
        }
        Json value = JsonText.raw(text.toString(), "thinking");
        if (value == null) {
            splice.remove("thinking");
        } else {
            splice.set("thinking", value.text());
        }
        if (thinking.effort() != null) {
            splice.setWithin("output_config", "effort", "\"" + thinking.effort() + "\"");
        }
    }

    /** Removes what this target never gets. */
    static void drop(JsonSplice splice, Target target) {
        for (String name : target.dropAlways()) {
            switch (name) {
                case "model", "messages", "max_tokens", "stream" -> {}
                case "stop" -> splice.remove("stop_sequences");
                case "user" -> splice.remove("metadata");
                case "response_format" -> MessagesRequestSplicer.removeFormat(splice);
                case "reasoning_effort" ->
                        MessagesRequestSplicer.removeWithin(splice, "output_config", "effort");
                case "parallel_tool_calls" ->
                        MessagesRequestSplicer.removeWithin(
                                splice, "tool_choice", "disable_parallel_tool_use");
                default -> splice.remove(name);
            }
        }
    }
}
