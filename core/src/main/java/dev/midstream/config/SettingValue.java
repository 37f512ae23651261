package dev.midstream.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a setting takes: how a text is read and where the value goes. Immutable.
 *
 * @param expected what a text must be: {@code a number of seconds above 0}
 * @param bool whether it is a boolean, of which YAML 1.1 had more words
 */
record SettingValue(String expected, boolean bool, Reader reader) {

    /** Reads a text into a draft; false if the text is not what was expected. */
    @FunctionalInterface
    interface Reader {
        boolean read(SettingsDraft draft, String text);
    }

    private static final long MAX_MILLIS = Duration.ofDays(30).toMillis();

    static SettingValue seconds(BiConsumer<SettingsDraft, Duration> target) {
        return of("a number of seconds above 0, 30 days at most", text -> seconds(text, 1), target);
    }

    static SettingValue secondsOrZero(BiConsumer<SettingsDraft, Duration> target) {
        return of("a number of seconds, 0 to 30 days", text -> seconds(text, 0), target);
    }

    static SettingValue whole(int least, int most, BiConsumer<SettingsDraft, Integer> target) {
        return of(
                "a whole number from " + least + " to " + most,
                text -> whole(text, least, most),
                target);
    }

    static SettingValue flag(BiConsumer<SettingsDraft, Boolean> target) {
        SettingValue value = of("`true` or `false`", SettingValue::flag, target);
        return new SettingValue(value.expected, true, value.reader);
    }

    static <E extends Enum<E>> SettingValue word(
            Class<E> words, BiConsumer<SettingsDraft, E> target) {
        return oneOf(Stream.of(words.getEnumConstants()), target);
    }

    static <E extends Enum<E>> SettingValue oneOf(
            Stream<E> allowed, BiConsumer<SettingsDraft, E> target) {
        var words =
                allowed.collect(
                        Collectors.toMap(
                                SettingValue::lower,
                                Function.identity(),
                                (a, b) -> a,
                                LinkedHashMap::new));
        return of(
                "one of "
                        + words.keySet().stream()
                                .map(w -> "`" + w + "`")
                                .collect(Collectors.joining(", ")),
                text -> words.get(text.toLowerCase(Locale.ROOT)),
                target);
    }

    static <T> SettingValue of(
            String expected,
            Function<String, @Nullable T> parse,
            BiConsumer<SettingsDraft, T> target) {
        return new SettingValue(
                expected,
                false,
                (draft, text) -> {
                    T value = parse.apply(text.strip());
                    if (value == null) {
                        return false;
                    }
                    target.accept(draft, value);
                    return true;
                });
    }

    /** Seconds as a duration in whole milliseconds, null if it is none. */
    static @Nullable Duration seconds(String text, long leastMillis) {
        BigDecimal number = number(text);
        if (number == null || number.abs().compareTo(BigDecimal.valueOf(MAX_MILLIS)) > 0) {
            return null;
        }
        long millis = number.movePointRight(3).longValue();
        return millis < leastMillis || millis > MAX_MILLIS ? null : Duration.ofMillis(millis);
    }

    static @Nullable Integer whole(String text, int least, int most) {
        BigDecimal number = number(text);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return null;
        }
        boolean fits =
                number.compareTo(BigDecimal.valueOf(least)) >= 0
                        && number.compareTo(BigDecimal.valueOf(most)) <= 0;
        return fits ? number.intValue() : null;
    }

    /** A decimal number of bounded size, null if it is none. */
    static @Nullable BigDecimal number(String text) {
        if (text.length() > 40
                || !text.matches("[-+]?[0-9][0-9_]*(\\.[0-9]*)?([eE][-+]?[0-9]{1,2})?|\\.[0-9]+")) {
            return null;
        }
        return new BigDecimal(text.replace("_", ""));
    }

    static @Nullable Boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
