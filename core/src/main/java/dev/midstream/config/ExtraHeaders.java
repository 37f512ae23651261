package dev.midstream.config;

import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands under {@code extra_headers}. Immutable.
 *
 * @param headers those that are no credential
 * @param credential the header that is one, null if none is
 */
record ExtraHeaders(Map<String, String> headers, @Nullable Credential credential) {

    private static final Set<String> CREDENTIALS = Set.of("authorization", "x-api-key", "api-key");

    private static final Set<String> OURS =
            Set.of(
                    "host",
                    "content-length",
                    "content-type",
                    "transfer-encoding",
                    "connection",
                    "accept",
                    "te",
                    "upgrade");

    static ExtraHeaders read(Section params) {
        Map<String, String> headers = new LinkedHashMap<>();
        Credential credential = null;
        YamlNode node = params.first("extra_headers", "headers");
        if (node instanceof Mapping mapping) {
            for (Entry entry : mapping.entries()) {
                String value = value(entry, params.reading());
                if (value != null && CREDENTIALS.contains(entry.name().toLowerCase(Locale.ROOT))) {
                    credential = new Credential.Header(entry.name(), "", Secret.of(value));
                } else if (value != null) {
                    headers.put(entry.name(), value);
                }
            }
        } else if (node != null) {
            params.reading().expected("extra_headers", node, "a mapping of header names to values");
        }
        return new ExtraHeaders(headers, credential);
    }

    private static @Nullable String value(Entry entry, Reading reading) {
        String name = entry.name();
        if (!name.matches("[-!#$%&'*+.^_`|~0-9A-Za-z]+")) {
            reading.error(
                    entry.key(), "`" + IllegalSetting.shown(name) + "` is not a header's name");
            return null;
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            reading.error(entry.key(), "the header `" + name + "` is the gateway's own; remove it");
            return null;
        }
        String value = reading.text(name, entry.value());
        if (value != null && value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            reading.error(
                    entry.value(),
                    "the value of the header `" + name + "` must be visible ASCII on one line");
            return null;
        }
        return value;
    }
}
