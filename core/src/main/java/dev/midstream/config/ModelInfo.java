package dev.midstream.config;

import dev.midstream.config.SettingKey.Place;
import dev.midstream.yaml.YamlNode.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of {@code model_info}: anything may stand there, so only what looks like a setting
 * is worth a word.
 */
final class ModelInfo {

    private static final String SECTION = "model_info";

    private final Section info;
    private final LiteLlmKeys liteLlm;

    ModelInfo(Section info, LiteLlmKeys liteLlm) {
        this.info = info;
        this.liteLlm = liteLlm;
    }

    void report() {
        List<String> settings =
                new ArrayList<>(SettingKeys.at(Place.GROUP).map(SettingKey::name).toList());
        settings.add("supports_assistant_prefill");
        for (Entry entry : info.left()) {
            String key = entry.name();
            String near = NearNames.question(key, settings);
            if (liteLlm.has(SECTION, key)) {
                warn(entry, "`" + key + "` is understood by LiteLLM and has no effect here yet");
            } else if (!near.isEmpty() && !liteLlm.has("model_info_facts", key)) {
                warn(entry, "unknown key `" + key + "` in `model_info`" + near);
            }
        }
    }

    private void warn(Entry entry, String message) {
        info.reading().diagnostics().warning(entry.key().at(), message);
    }
}
