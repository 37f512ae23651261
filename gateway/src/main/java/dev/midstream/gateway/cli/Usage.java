package dev.midstream.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** What {@code --help} says of a command, in 80 columns. */
final class Usage {

    private static final int COLUMNS = 80;
    private static final String INDENT = "  ";

    private Usage() {}

    /**
     * @param program what is typed to get to the command, {@code midstream serve}
     * @param further the commands that can stand behind it
     */
    static String of(String program, Command command, List<Option> options, List<Command> further) {
        List<String> lines = new ArrayList<>();
        String start = "Usage: " + program + " ";
        block(lines, start, " ".repeat(start.length()), synopsis(options, further));
        command.description().forEach(text -> block(lines, "", "", words(text)));
        table(lines, options.stream().map(o -> new Row(names(o), o.description())).toList());
        if (!further.isEmpty()) {
            lines.add("Commands:");
            table(lines, further.stream().map(Usage::row).toList());
        }
        return String.join(System.lineSeparator(), lines);
    }

    private record Row(String left, String right) {}

    private static Row row(Command command) {
        return new Row(command.name(), command.description().getFirst());
    }

    private static Stream<String> synopsis(List<Option> options, List<Command> further) {
        return Stream.concat(
                options.stream().map(Usage::part),
                further.isEmpty() ? Stream.of() : Stream.of("[COMMAND]"));
    }

    private static String part(Option option) {
        String form = option.required() ? option.form() : "[" + option.form() + "]";
        return option.repeated() ? form + "..." : form;
    }

    /** {@code -c, --config=FILE}. */
    private static String names(Option option) {
        return option.names().size() > 1
                ? option.names().getFirst() + ", " + option.form()
                : "    " + option.form();
    }

    private static void table(List<String> lines, List<Row> rows) {
        int width = rows.stream().mapToInt(row -> row.left().length()).max().orElse(0);
        for (Row row : rows) {
            String left = INDENT + row.left() + " ".repeat(width - row.left().length()) + INDENT;
            block(lines, left, " ".repeat(left.length()), words(row.right()));
        }
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(" "));
    }

    /** Words in as many lines as they need. */
    private static void block(
            List<String> lines, String first, String others, Stream<String> words) {
        String begin = first;
        StringJoiner line = new StringJoiner(" ", begin, "").setEmptyValue(begin);
        for (String word : words.toList()) {
            if (line.length() > begin.length() && line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                begin = others;
                line = new StringJoiner(" ", begin, "").setEmptyValue(begin);
            }
            line.add(word);
        }
        lines.add(line.toString());
    }
}
