package dev.midstream.config;

import dev.midstream.config.GeneralSettings.Transport;
import dev.midstream.model.Secret;
import dev.midstream.yaml.YamlNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code general_settings}. */
final class GeneralSettingsReader {

    private static final String MASTER_KEY = "master_key";
    private static final String MASTER_KEY_VARIABLE = "LITELLM_MASTER_KEY";
    private static final int MAX_MEGABYTES = 4096;

    private final Section general;
    private final Section liteLlm;

    GeneralSettingsReader(Section general, Section liteLlm) {
        this.general = general;
        this.liteLlm = liteLlm;
    }

    GeneralSettings read() {
        return new GeneralSettings(
                masterKey(),
                general.text("host"),
                general.whole("port", 0, 65_535),
                maxRequestBytes(),
                transport());
    }

    private @Nullable Secret masterKey() {
        if (general.node(MASTER_KEY) != null) {
            return general.secret(MASTER_KEY, "");
        }
        YamlNode misplaced = liteLlm.node(MASTER_KEY);
        if (misplaced != null) {
            general.reading()
                    .warning(
                            misplaced,
                            "`master_key` belongs in `general_settings`; it counts all the same");
            return liteLlm.secret(MASTER_KEY, "");
        }
        String value = general.reading().environment().get(MASTER_KEY_VARIABLE);
        return value == null ? null : Secret.of(value.strip());
    }

    private long maxRequestBytes() {
        String key = "max_request_size_mb";
        Double megabytes = general.number(key);
        if (megabytes == null) {
            return GeneralSettings.DEFAULT_MAX_REQUEST_BYTES;
        }
        if (megabytes <= 0 || megabytes > MAX_MEGABYTES) {
            YamlNode node = general.node(key);
            if (node != null) {
                general.reading()
                        .wrong(
                                key,
                                node,
                                "a number of megabytes above 0, " + MAX_MEGABYTES + " at most");
            }
        }
        return (long) (megabytes * (1 << 20));
    }

    private Transport transport() {
        String word = general.text("transport");
        YamlNode node = general.node("transport");
        if (word == null || node == null) {
            return Transport.AUTO;
        }
        for (Transport transport : Transport.values()) {
            if (transport.name().toLowerCase(Locale.ROOT).equals(word)) {
                return transport;
            }
        }
        general.reading().wrong("transport", node, "one of `auto`, `epoll`, `nio`");
        return Transport.AUTO;
    }
}
