package dev.midstream.config;

import dev.midstream.model.Json;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns YAML values into JSON, variables resolved: request members that stand in the configuration.
 */
final class JsonValues {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Reading reading;

    JsonValues(Reading reading) {
        this.reading = reading;
    }

    Json json(String key, YamlNode node) {
        return new Json(MAPPER.writeValueAsString(value(key, node)));
    }

    private @Nullable Object value(String key, YamlNode node) {
        return switch (node) {
            case Scalar scalar -> scalar(key, scalar);
            case Sequence sequence -> list(key, sequence);
            case Mapping mapping -> map(key, mapping);
        };
    }

    private List<@Nullable Object> list(String key, Sequence sequence) {
        List<@Nullable Object> list = new ArrayList<>();
        sequence.items().forEach(item -> list.add(value(key, item)));
        return list;
    }

    private Map<String, @Nullable Object> map(String key, Mapping mapping) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            map.put(entry.name(), value(key + "." + entry.name(), entry.value()));
        }
        return map;
    }

    private @Nullable Object scalar(String key, Scalar scalar) {
        return switch (scalar.type()) {
            case NULL -> null;
            case BOOLEAN -> Boolean.parseBoolean(scalar.text());
            case WHOLE, DECIMAL -> number(key, scalar);
            case TEXT ->
                    scalar.plain() && isOldBoolean(scalar)
                            ? reading.flag(key, scalar)
                            : reading.text(key, scalar);
        };
    }

    private static boolean isOldBoolean(Scalar scalar) {
        return scalar.text().matches("(?i)yes|no|on|off");
    }

    private @Nullable Object number(String key, Scalar scalar) {
        String text = scalar.text();
        try {
            if (text.startsWith("0x")) {
                return new BigInteger(text.substring(2), 16);
            }
            return text.startsWith("0o")
                    ? new BigInteger(text.substring(2), 8)
                    : new BigDecimal(text);
        } catch (NumberFormatException e) {
            reading.wrong(key, scalar, "a number that JSON can write");
            return null;
        }
    }
}
