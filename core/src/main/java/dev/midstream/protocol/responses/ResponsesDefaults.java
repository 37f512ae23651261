package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.json.JsonStringWriter;
import dev.midstream.model.Json;
import dev.midstream.model.Target;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a target's configuration asks of every request that it is sent. The names there are those of
 * Chat Completions, as everywhere in the configuration: they are taken for this protocol's.
 */
final class ResponsesDefaults {

    static final int LEAST_TOKENS = 16;

    private ResponsesDefaults() {}

    /** Adds what the client did not give and removes what this target never gets. */
    static void apply(JsonSplice splice, Target target) {
        for (Map.Entry<String, Json> member : new TreeMap<>(target.defaults()).entrySet()) {
            add(splice, member.getKey(), member.getValue());
        }
        target.dropAlways().forEach(name -> remove(splice, name));
    }

    private static void add(JsonSplice splice, String name, Json value) {
        switch (name) {
            case "max_tokens", "max_completion_tokens" ->
                    absent(splice, "max_output_tokens", value);
            case "reasoning_effort" -> absentWithin(splice, "reasoning", "effort", value);
            case "verbosity" -> absentWithin(splice, "text", "verbosity", value);
            case "response_format" -> absentWithin(splice, "text", "format", format(value));
            case "n",
                    "stop",
                    "seed",
                    "frequency_penalty",
                    "presence_penalty",
                    "logit_bias",
                    "stream_options" -> {}
            default -> absent(splice, name, value);
        }
    }

    private static void absent(JsonSplice splice, String name, Json value) {
        if (!splice.has(name)) {
            splice.set(name, value.text());
        }
    }

    private static void absentWithin(JsonSplice splice, String name, String nested, Json value) {
        Json outer = splice.value(name);
        boolean given = outer != null && !JsonTree.read(outer.text()).path(nested).isMissingNode();
        if (!given) {
            splice.setWithin(name, nested, value.text());
        }
    }

    /** Chat wraps a schema once more. */
    private static Json format(Json chat) {
        JsonNode schema = JsonTree.read(chat.text()).path("json_schema");
        if (!schema.isObject()) {
            return chat;
        }
        JsonOut out = new JsonOut(new Bytes(256)).open('{').member("type", "json_schema");
        schema.properties()
                .forEach(member -> out.member(member.getKey(), JsonTree.json(member.getValue())));
        return new Json(out.close('}').bytes().toString());
    }

    private static void remove(JsonSplice splice, String name) {
        switch (name) {
            case "max_tokens", "max_completion_tokens" -> splice.remove("max_output_tokens");
            case "reasoning_effort" -> splice.remove("reasoning");
            case "verbosity" -> removeWithin(splice, "text", "verbosity");
            case "response_format" -> removeWithin(splice, "text", "format");
            default -> splice.remove(name);
        }
    }

    /** Removes a member of a top-level member. */
    static void removeWithin(JsonSplice splice, String name, String nested) {
        JsonSplice inner = within(splice, name);
        if (inner != null && inner.has(nested)) {
            byte[] left = inner.remove(nested).bytes();
            splice.set(name, new String(left, StandardCharsets.UTF_8));
        }
    }

    private static @Nullable JsonSplice within(JsonSplice splice, String name) {
        Json outer = splice.value(name);
        return outer == null || !outer.text().startsWith("{")
                ? null
                : JsonSplice.of(outer.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Has the model reason as little as it can; nothing happens where no way is known. */
    static void withoutReasoning(JsonSplice splice, Target target) {
        String least = OpenAiModel.leastEffort(target);
        if (least != null) {
            Bytes quoted = new Bytes(16);
            JsonStringWriter.write(quoted, least);
            splice.setWithin("reasoning", "effort", quoted.toString());
            removeWithin(splice, "reasoning", "summary");
        } else if (!OpenAiModel.reasons(target)) {
            splice.remove("reasoning");
        }
    }

    /** The provider takes no smaller limit. */
    static int limit(int tokens) {
        return Math.max(LEAST_TOKENS, tokens);
    }
}
