package dev.midstream.gateway.drill;

import dev.midstream.gateway.check.Columns;
import dev.midstream.gateway.drill.LiveReport.Kind;
import dev.midstream.gateway.drill.LiveReport.Row;
import java.util.Locale;

/** A live drill as a table, for people. */
public final class LiveText {

    private LiveText() {}

    public static String of(LiveReport report) {
        StringBuilder text = new StringBuilder();
        text.append(table(report, Kind.DEPLOYMENT, "DEPLOYMENT")).append('\n');
        text.append(table(report, Kind.CHAIN, "CHAIN, ITS FIRST ANSWER CUT")).append('\n');
        long failed = report.rows().stream().filter(row -> !row.held()).count();
        long tokens = report.rows().stream().mapToLong(Row::tokens).sum();
        return text.append(
                        "%s: %d tried, %d not as it should be, %d tokens\n"
                                .formatted(report.about(), report.rows().size(), failed, tokens))
                .toString();
    }

    private static String table(LiveReport report, Kind kind, String head) {
        Columns table = new Columns("  ");
        table.line("", head, "WHAT A CLIENT SAW", "ASKED", "TOKENS", "TOOK");
        report.rows().stream()
                .filter(row -> row.kind() == kind)
                .forEach(
                        row ->
                                table.line(
                                        row.held() ? "ok" : "NOT OK",
                                        row.who(),
                                        row.cell().words(),
                                        row.cell().attempts() + "×",
                                        Long.toString(row.tokens()),
                                        seconds(row)));
        return table.text();
    }

    private static String seconds(Row row) {
        return String.format(Locale.ROOT, "%.2f s", row.took().toMillis() / 1000.0);
    }
}
