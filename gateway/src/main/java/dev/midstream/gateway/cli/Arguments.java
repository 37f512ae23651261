package dev.midstream.gateway.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was given to a command: {@code --name value}, {@code --name=value}, {@code -n value}, {@code
 * -nvalue} or {@code -n=value}. Asked by the very options that it was parsed by. Immutable once
 * parsed.
 */
final class Arguments {

    private static final int LAST_PORT = 65_535;

    private final IdentityHashMap<Option, List<String>> given = new IdentityHashMap<>();

    private Arguments() {}

    /**
     * @throws WrongUsage if a word is no option of these, lacks its value, or stands twice
     */
    static Arguments parse(List<Option> options, List<String> words) {
        Arguments arguments = new Arguments();
        for (int i = 0; i < words.size(); i++) {
            Option option = option(options, words.get(i));
            String value = attached(option, words.get(i));
            if (value == null && option.label() != null) {
                i++;
                value =
                        i < words.size() && !isName(options, words.get(i))
                                ? words.get(i)
                                : missing(option);
            }
            arguments.add(option, value == null ? "" : value);
        }
        return arguments;
    }

    private static Option option(List<Option> options, String word) {
        for (Option option : options) {
            for (String name : option.names()) {
                if (word.equals(name) || option.label() != null && carriesValue(word, name)) {
                    return option;
                }
            }
        }
        throw new WrongUsage(
                word.startsWith("-") ? "there is no option " + word : "unexpected: " + word);
    }

    private static boolean isName(List<Option> options, String word) {
        return options.stream().anyMatch(option -> option.names().contains(word));
    }

    private static boolean carriesValue(String word, String name) {
        return word.startsWith(name + "=") || !name.startsWith("--") && word.startsWith(name);
    }

    /** Null where the word is the name alone. */
    private static @Nullable String attached(Option option, String word) {
        for (String name : option.names()) {
            if (option.label() != null && !word.equals(name) && carriesValue(word, name)) {
                String rest = word.substring(name.length());
                return rest.startsWith("=") ? rest.substring(1) : rest;
            }
        }
        return null;
    }

    private static String missing(Option option) {
        throw new WrongUsage(option.name() + " lacks its value, expected " + option.form());
    }

    private void add(Option option, String value) {
        List<String> values = given.computeIfAbsent(option, first -> new ArrayList<>());
        if (!values.isEmpty() && !option.repeated()) {
            throw new WrongUsage(option.name() + " stands twice");
        }
        values.add(value);
    }

    /**
     * @throws WrongUsage if one is missing that the command cannot do without
     */
    void requireThoseOf(List<Option> options) {
        for (Option option : options) {
            if (option.required() && !has(option)) {
                throw new WrongUsage(option.form() + " is missing");
            }
        }
    }

    boolean has(Option option) {
        return given.containsKey(option);
    }

    List<String> all(Option option) {
        return given.getOrDefault(option, List.of());
    }

    @Nullable String text(Option option) {
        return has(option) ? all(option).getFirst() : null;
    }

    @Nullable Integer number(Option option) {
        String text = text(option);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new WrongUsage(option.name() + " is '" + text + "', expected a whole number");
        }
    }

    @Nullable Integer port(Option option) {
        Integer number = number(option);
        if (number != null && (number < 0 || number > LAST_PORT)) {
            throw new WrongUsage(
                    option.name() + " is " + number + ", expected a port from 0 to " + LAST_PORT);
        }
        return number;
    }

    @Nullable Path path(Option option) {
        String text = text(option);
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new WrongUsage(option.name() + ": no file can be called '" + text + "'");
        }
    }
}
