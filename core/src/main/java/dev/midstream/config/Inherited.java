package dev.midstream.config;

import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment takes from elsewhere where its own parameters say nothing: the credential it
 * names ({@code litellm_credential_name}, from {@code credential_list}) and {@code
 * router_settings.default_litellm_params}.
 */
final class Inherited {

    private static final String CREDENTIAL = "litellm_credential_name";

    private final Mapping defaults;
    private final @Nullable Boolean dropParams;
    private final Map<String, Section> credentials = new LinkedHashMap<>();

    Inherited(Section top, Section router) {
        this.defaults = router.section("default_litellm_params").mapping();
        this.dropParams = router.flag("drop_params");
        if (top.node("credential_list") instanceof Sequence list) {
            list.items().forEach(item -> credential(item, top.reading()));
        }
    }

    private void credential(YamlNode item, Reading reading) {
        Section credential = Section.of("credential_list", item, item, reading);
        String name = credential.text("credential_name");
        if (name != null) {
            credentials.put(name, credential.section("credential_values"));
        }
    }

    /** {@code drop_params} for everybody. */
    boolean dropParams() {
        return Boolean.TRUE.equals(dropParams);
    }

    /** A deployment's own parameters, and behind them what it inherits. */
    Section complete(Section own) {
        List<Entry> entries = new ArrayList<>(own.mapping().entries());
        String name = own.text(CREDENTIAL);
        YamlNode node = own.node(CREDENTIAL);
        Section credential = name == null ? null : credentials.get(name);
        if (credential != null) {
            add(entries, credential.mapping());
        } else if (name != null && node != null) {
            own.reading()
                    .error(
                            node,
                            "no credential `"
                                    + name
                                    + "` stands in `credential_list`"
                                    + NearNames.question(name, credentials.keySet()));
        }
        add(entries, defaults);
        Section complete =
                new Section(own.name(), new Mapping(own.mapping().at(), entries), own.reading());
        complete.node(CREDENTIAL);
        return complete;
    }

    private static void add(List<Entry> entries, Mapping further) {
        for (Entry entry : further.entries()) {
            if (entries.stream().noneMatch(e -> e.name().equals(entry.name()))) {
                entries.add(entry);
            }
        }
    }
}
