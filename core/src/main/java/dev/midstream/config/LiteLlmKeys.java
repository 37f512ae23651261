package dev.midstream.config;

import dev.midstream.yaml.DataFile;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that LiteLLM documents, by section: the data file {@code litellm-keys.yaml}. Immutable.
 */
final class LiteLlmKeys {

    private static final String TOP = "top";

    /** Where a key may belong that stands elsewhere. */
    private static final List<String> BELONGS =
            List.of("general_settings", "router_settings", "litellm_settings", "litellm_params");

    private final Map<String, Set<String>> bySection = new LinkedHashMap<>();

    private LiteLlmKeys(Mapping file) {
        for (Entry section : DataFile.mapping(file, "sections").entries()) {
            bySection.put(
                    section.name(),
                    new LinkedHashSet<>(
                            DataFile.texts(DataFile.mapping(file, "sections"), section.name())));
        }
    }

    static LiteLlmKeys load() {
        return new LiteLlmKeys(DataFile.read(LiteLlmKeys.class, "litellm-keys.yaml"));
    }

    boolean has(String section, String key) {
        return bySection.getOrDefault(section, Set.of()).contains(key);
    }

    Set<String> of(String section) {
        return bySection.getOrDefault(section, Set.of());
    }

    /** Warns of every key that nobody read. */
    void report(Section top, Section general, Section router, Section liteLlm) {
        report(TOP, top);
        report("general_settings", general);
        report("router_settings", router);
        report("litellm_settings", liteLlm);
    }

    /** Warns of a section's keys that nobody read. */
    void report(String name, Section section) {
        section.left().forEach(entry -> report(name, entry, section.reading()));
    }

    private void report(String section, Entry entry, Reading reading) {
        String key = entry.name();
        String message;
        if (has(section, key)) {
            message = "`" + key + "` is understood by LiteLLM and has no effect here yet";
        } else if (!elsewhere(section, key).isEmpty()) {
            message =
                    "`"
                            + key
                            + "` has no effect in "
                            + where(section)
                            + "; it belongs in `"
                            + elsewhere(section, key)
                            + "`";
        } else {
            message =
                    "unknown key `"
                            + key
                            + "` in "
                            + where(section)
                            + NearNames.question(key, known(section));
        }
        reading.diagnostics().warning(entry.key().at(), message);
    }

    private static String where(String section) {
        return section.equals(TOP) ? "the configuration" : "`" + section + "`";
    }

    private String elsewhere(String section, String key) {
        return BELONGS.stream()
                .filter(other -> !other.equals(section) && known(other).contains(key))
                .findFirst()
                .orElse("");
    }

    /** All keys that a section may have, ours included. */
    List<String> known(String section) {
        List<String> known = new ArrayList<>(of(section));
        if (section.equals("router_settings") || section.equals("litellm_settings")) {
            known.addAll(SharedSettings.names());
        }
        return known;
    }
}
