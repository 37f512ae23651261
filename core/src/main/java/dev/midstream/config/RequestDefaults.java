package dev.midstream.config;

import dev.midstream.model.Json;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is left of {@code litellm_params} when all else was read: LiteLLM passes it on to the
 * provider as members of the request, where the client gave none, and so do we.
 */
final class RequestDefaults {

    private static final String SECTION = "litellm_params";

    /** Members that make the conversation; a configuration cannot know them. */
    private static final Set<String> CLIENTS = Set.of("messages", "stream", "stream_options", "n");

    private final Section params;
    private final LiteLlmKeys liteLlm;
    private final JsonValues values;

    RequestDefaults(Section params, LiteLlmKeys liteLlm) {
        this.params = params;
        this.liteLlm = liteLlm;
        this.values = new JsonValues(params.reading());
    }

    Map<String, Json> read() {
        Map<String, Json> defaults = new LinkedHashMap<>();
        YamlNode extra = params.node("extra_body");
        for (Entry entry : params.left()) {
            if (passedOn(entry)) {
                defaults.put(entry.name(), values.json(entry.name(), entry.value()));
            }
        }
        if (extra instanceof Mapping mapping) {
            mapping.entries()
                    .forEach(
                            e ->
                                    defaults.put(
                                            e.name(),
                                            values.json("extra_body." + e.name(), e.value())));
        } else if (extra != null) {
            params.reading().expected("extra_body", extra, "a mapping of request members");
        }
        return defaults;
    }

    private boolean passedOn(Entry entry) {
        String key = entry.name();
        if (CLIENTS.contains(key)) {
            warn(entry, "`" + key + "` is the client's to say and has no effect here");
            return false;
        }
        if (liteLlm.has(SECTION, key)) {
            warn(entry, "`" + key + "` is understood by LiteLLM and has no effect here yet");
            return false;
        }
        if (liteLlm.has("litellm_params_read", key)) {
            warn(entry, "`" + key + "` has no effect for this deployment");
            return false;
        }
        if (!liteLlm.has("request_members", key)) {
            List<String> known = new ArrayList<>(liteLlm.of("litellm_params_read"));
            known.addAll(liteLlm.of("request_members"));
            String near = NearNames.question(key, known);
            warn(
                    entry,
                    "`"
                            + key
                            + "` is no key of `litellm_params`; it is sent to the provider with each request"
                            + near);
        }
        return true;
    }

    private void warn(Entry entry, String message) {
        params.reading().diagnostics().warning(entry.key().at(), message);
    }
}
