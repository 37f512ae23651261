package dev.midstream.config;

import dev.midstream.config.SettingKey.Place;
import dev.midstream.model.Json;
import dev.midstream.routing.SettingsPatch;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings that a request brings along: headers {@code x-midstream-<key-with-dashes>},
 * LiteLLM's {@code x-litellm-timeout}, {@code x-litellm-stream-timeout} and {@code
 * x-litellm-num-retries}, and members of the body. Where both say something the header counts, and
 * ours before LiteLLM's. What a program says of one request has the same keys.
 *
 * <p><b>Failure</b>: {@link IllegalSetting} names the header or member.
 */
public final class RequestSettings {

    private static final Map<String, String> LITELLM =
            Map.of(
                    "timeout", "x-litellm-timeout",
                    "stream_timeout", "x-litellm-stream-timeout",
                    "num_retries", "x-litellm-num-retries");

    private RequestSettings() {}

    /** The settings that a request may bring along, by the names that they have in the file. */
    public static List<String> names() {
        return SettingKeys.at(Place.HEADER).map(SettingKey::name).toList();
    }

    /**
     * The settings that a program gives for one request.
     *
     * @param given by {@link #names}, as texts; others are passed over
     */
    public static SettingsPatch of(Map<String, String> given) throws IllegalSetting {
        SettingsDraft draft = new SettingsDraft();
        for (SettingKey key : SettingKeys.ALL) {
            String text = key.at(Place.HEADER) ? given.get(key.name()) : null;
            if (text != null && !key.value().reader().read(draft, text)) {
                throw new IllegalSetting(key.name(), text, key.value().expected());
            }
        }
        return draft.patch();
    }

    /**
     * Headers and body together.
     *
     * @param header gives a request header by lower-case name, or null
     * @param member gives a member of the body by name, or null
     */
    public static SettingsPatch from(
            Function<String, @Nullable String> header, Function<String, @Nullable Json> member)
            throws IllegalSetting {
        SettingsDraft draft = new SettingsDraft();
        for (SettingKey key : SettingKeys.ALL) {
            if (!readHeaders(draft, key, header) && key.at(Place.BODY)) {
                readMember(draft, key, member.apply(key.name()));
            }
        }
        return draft.patch();
    }

    private static boolean readHeaders(
            SettingsDraft draft, SettingKey key, Function<String, @Nullable String> header)
            throws IllegalSetting {
        if (!key.at(Place.HEADER)) {
            return false;
        }
        String alias = LITELLM.get(key.name());
        return readHeader(draft, key, key.header(), header)
                || (alias != null && readHeader(draft, key, alias, header));
    }

    private static boolean readHeader(
            SettingsDraft draft,
            SettingKey key,
            String name,
            Function<String, @Nullable String> header)
            throws IllegalSetting {
        String text = header.apply(name);
        if (text == null) {
            return false;
        }
        if (!key.value().reader().read(draft, text)) {
            throw new IllegalSetting(name, text, key.value().expected());
        }
        return true;
    }

    private static void readMember(SettingsDraft draft, SettingKey key, @Nullable Json member)
            throws IllegalSetting {
        if (member == null || member.text().strip().equals("null")) {
            return;
        }
        String json = member.text().strip();
        if (!key.value().reader().read(draft, unquoted(json))) {
            throw new IllegalSetting(key.name(), json, key.value().expected());
        }
    }

    /** No setting of a body has a text that needs escapes. */
    private static String unquoted(String json) {
        boolean quoted = json.length() >= 2 && json.startsWith("\"") && json.endsWith("\"");
        return quoted ? json.substring(1, json.length() - 1) : json;
    }
}
