package dev.midstream.config;

import dev.midstream.model.Json;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in {@code model_info}, to be shown to those who ask: as it is written, so that no
 * variable's value is in it, and without what its name calls a secret.
 */
final class StatedInfo {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> SECRETS =
            List.of("api_key", "secret", "password", "credential");

    private StatedInfo() {}

    static Map<String, Json> of(Mapping info) {
        Map<String, Json> stated = new LinkedHashMap<>();
        values(info)
                .forEach(
                        (key, value) ->
                                stated.put(key, new Json(MAPPER.writeValueAsString(value))));
        return stated;
    }

    private static Map<String, @Nullable Object> values(Mapping mapping) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            String name = entry.name().toLowerCase(Locale.ROOT);
            if (SECRETS.stream().noneMatch(name::contains)) {
                values.put(entry.name(), value(entry.value()));
            }
        }
        return values;
    }

    private static @Nullable Object value(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> scalar(scalar);
            case Sequence sequence -> {
                List<@Nullable Object> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(value(item)));
                yield items;
            }
            case Mapping mapping -> values(mapping);
        };
    }

    private static @Nullable Object scalar(Scalar scalar) {
        return switch (scalar.type()) {
            case NULL -> null;
            case BOOLEAN -> Boolean.parseBoolean(scalar.text());
            case WHOLE, DECIMAL -> number(scalar.text());
            case TEXT -> scalar.text();
        };
    }

    /** A number that JSON cannot write stays a text. */
    private static Object number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notDecimal) {
            return text;
        }
    }
}
