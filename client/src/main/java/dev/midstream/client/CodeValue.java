package dev.midstream.client;

import dev.midstream.model.Json;
import dev.midstream.model.Secret;
import dev.midstream.yaml.YamlNode.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A single value as a configuration file would have it.
 *
 * @param text durations in seconds, enums in lower case
 */
record CodeValue(String text, Type type) {

    static final String EXPECTED =
            "a text, a number, a boolean, an enum, a Duration, a URI, a Path, a Secret, a Json, or a list or map of such";

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                    .build();

    /** Null for what is no single value. */
    static @Nullable CodeValue of(Object value) {
        return switch (value) {
            case CharSequence text -> new CodeValue(text.toString(), Type.TEXT);
            case Secret secret -> new CodeValue(secret.reveal(), Type.TEXT);
            case URI uri -> new CodeValue(uri.toString(), Type.TEXT);
            case Path path -> new CodeValue(path.toString(), Type.TEXT);
            case Boolean flag -> new CodeValue(flag.toString(), Type.BOOLEAN);
            case Duration time -> number(seconds(time));
            case Double number -> decimal(number);
            case Float number -> decimal(Double.parseDouble(number.toString()));
            case BigDecimal number -> number(number);
            case Number number when isWhole(number) -> new CodeValue(number.toString(), Type.WHOLE);
            case TimeSettings.Missing missing -> null;
            case Enum<?> word -> new CodeValue(word.name().toLowerCase(Locale.ROOT), Type.TEXT);
            default -> null;
        };
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer
                || number instanceof Long
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger
                || number instanceof AtomicInteger
                || number instanceof AtomicLong;
    }

    private static CodeValue decimal(double number) {
        return Double.isFinite(number)
                ? number(new BigDecimal(Double.toString(number)))
                : new CodeValue(Double.toString(number), Type.TEXT);
    }

    /** As it is spelled: members of requests are sent so. */
    private static CodeValue number(BigDecimal number) {
        return new CodeValue(number.toString(), number.scale() == 0 ? Type.WHOLE : Type.DECIMAL);
    }

    private static BigDecimal seconds(Duration time) {
        BigDecimal nanos = BigDecimal.valueOf(time.getNano(), 9);
        return new BigDecimal(
                BigDecimal.valueOf(time.getSeconds())
                        .add(nanos)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    /**
     * JSON as maps, lists and single values.
     *
     * @throws IllegalArgumentException if it is none
     */
    static @Nullable Object parsed(Json json) {
        try {
            return MAPPER.readValue(json.text(), Object.class);
        } catch (JacksonException noJson) {
            throw new IllegalArgumentException("here stands a Json that is none", noJson);
        }
    }
}
