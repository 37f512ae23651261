package dev.midstream.config;

import dev.midstream.config.GeneralSettings.Transport;
import dev.midstream.model.Secret;
import dev.midstream.yaml.YamlNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
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
                maxParallelRequests(),
                new OriginsReader(general).read("cors_origins"),
                general.seconds("drain_timeout"),
                Objects.requireNonNullElse(general.seconds("shutdown_delay"), Duration.ZERO),
                transport());
    }

    /** The lower one: a key's requests and all requests are the same where there is one key. */
    private @Nullable Integer maxParallelRequests() {
        Integer ofKey = general.whole("max_parallel_requests", 1, Integer.MAX_VALUE);
        Integer ofAll = general.whole("global_max_parallel_requests", 1, Integer.MAX_VALUE);
        if (ofKey == null || ofAll == null) {
            return ofKey == null ? ofAll : ofKey;
        }
        return Math.min(ofKey, ofAll);
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
