package dev.midstream.gateway.drill;

import dev.midstream.gateway.check.Columns;
import dev.midstream.gateway.drill.DrillReport.Chain;
import dev.midstream.gateway.drill.DrillReport.Row;
import dev.midstream.testkit.scenario.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A drill as a table, for people. */
public final class DrillText {

    private DrillText() {}

    public static String of(DrillReport report) {
        StringBuilder text = new StringBuilder();
        for (Chain chain : report.chains()) {
            text.append(chain(chain)).append('\n');
        }
        return text.append(verdict(report)).append('\n').toString();
    }

    private static String chain(Chain chain) {
        StringBuilder text = new StringBuilder(chain.group());
        text.append(": ").append(String.join(" → ", chain.walk())).append("\n\n");
        Columns table = new Columns("  ");
        table.line("FAILURE", "ASKED", "TOOK", "WHAT CLIENTS SEE");
        List<Row> played = chain.rows().stream().filter(Row::played).toList();
        Map<String, String> marks = new LinkedHashMap<>();
        played.forEach(row -> row(table, row, marks));
        text.append(table.text());
        marks.forEach(
                (note, mark) ->
                        text.append("  ").append(mark).append(' ').append(note).append('\n'));
        played.forEach(row -> text.append(broken(row)));
        if (played.size() < chain.rows().size()) {
            text.append(
                    "  %d more cannot happen in these protocols\n"
                            .formatted(chain.rows().size() - played.size()));
        }
        return text.toString();
    }

    /** What was wrong, in full. */
    private static String broken(Row row) {
        StringBuilder text = new StringBuilder();
        row.cells()
                .forEach(
                        (client, cell) -> {
                            if (cell instanceof Cell.Broken(String why)) {
                                text.append(
                                        "\nBROKEN: %s, %s client\n%s\n"
                                                .formatted(name(row), client.label(), why.strip()));
                            }
                        });
        return text.toString();
    }

    /** One line where all clients see the same, else one for each thing that is seen. */
    private static void row(Columns table, Row row, Map<String, String> marks) {
        Map<String, List<String>> seen = new LinkedHashMap<>();
        for (Wire client : Wire.ALL) {
            String words = cell(row, client).words();
            seen.computeIfAbsent(words, w -> new ArrayList<>()).add(client.label());
        }
        String failure = name(row) + mark(row, marks);
        String asked = attempts(row);
        String took = took(row);
        for (Map.Entry<String, List<String>> one : seen.entrySet()) {
            String who = seen.size() == 1 ? "" : String.join(", ", one.getValue()) + ": ";
            table.line(failure, asked, took, who + one.getKey());
            failure = "";
            asked = "";
            took = "";
        }
    }

    private static String name(Row row) {
        return row.phase().isEmpty() ? row.failure() : row.failure() + ", " + row.phase();
    }

    private static Cell cell(Row row, Wire client) {
        return Objects.requireNonNullElse(row.cells().get(client), new Cell.NotPlayed());
    }

    private static String mark(Row row, Map<String, String> marks) {
        List<String> notes = new ArrayList<>();
        if (!row.absent().isEmpty()) {
            notes.add(
                    "played without "
                            + String.join(", ", row.absent())
                            + ": nobody is left for it");
        }
        List<String> clocks = row.settings().stream().filter(DrillText::isClock).toList();
        if (!clocks.isEmpty()) {
            notes.add("with a short clock: " + String.join(", ", clocks) + " (seconds)");
        }
        StringBuilder text = new StringBuilder();
        for (String note : notes) {
            text.append(' ')
                    .append(marks.computeIfAbsent(note, n -> "[" + (marks.size() + 1) + "]"));
        }
        return text.toString();
    }

    private static boolean isClock(String setting) {
        return setting.contains("timeout");
    }

    private static String attempts(Row row) {
        int most = row.cells().values().stream().mapToInt(Cell::attempts).max().orElse(0);
        return most == 0 ? "" : most + "×";
    }

    private static String took(Row row) {
        return row.cells().values().stream()
                .map(Cell::took)
                .max(Comparator.naturalOrder())
                .filter(Duration::isPositive)
                .map(DrillText::seconds)
                .orElse("");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }

    private static String verdict(DrillReport report) {
        long whole = report.count(cell -> cell instanceof Cell.Whole);
        long errors = report.count(cell -> cell instanceof Cell.TrueError);
        long broken = report.count(cell -> cell instanceof Cell.Broken);
        return "%s: %d answers, %d whole, %d the true error, %d broken, in %s"
                .formatted(
                        report.about(),
                        whole + errors + broken,
                        whole,
                        errors,
                        broken,
                        seconds(report.took()));
    }
}
