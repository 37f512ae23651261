package dev.midstream.gateway.drill;

import dev.midstream.gateway.drill.DrillReport.Chain;
import dev.midstream.gateway.drill.DrillReport.Row;
import dev.midstream.testkit.scenario.Wire;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A drill as one JSON document; see {@code docs/check-and-drill.md}. */
public final class DrillJson {

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DrillJson() {}

    public static String of(DrillReport report) {
        ObjectNode root = NODES.objectNode();
        root.put("format", FORMAT);
        root.put("configuration", report.about());
        root.put("exit_status", report.exitStatus());
        root.put("ms", report.took().toMillis());
        ArrayNode chains = root.putArray("chains");
        report.chains().forEach(chain -> chains.add(chain(chain)));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    /** What real deployments did. */
    public static String of(LiveReport report) {
        ObjectNode root = NODES.objectNode();
        root.put("format", FORMAT);
        root.put("configuration", report.about());
        root.put("exit_status", report.exitStatus());
        ArrayNode rows = root.putArray("live");
        for (LiveReport.Row row : report.rows()) {
            ObjectNode node = cell(row.cell());
            node.put("kind", row.kind().name().toLowerCase(Locale.ROOT));
            node.put("who", row.who());
            node.put("held", row.held());
            node.put("tokens", row.tokens());
            rows.add(node);
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static ObjectNode chain(Chain chain) {
        ObjectNode node = NODES.objectNode();
        node.put("group", chain.group());
        texts(node.putArray("walk"), chain.walk());
        ArrayNode rows = node.putArray("rows");
        chain.rows().forEach(row -> rows.add(row(row)));
        return node;
    }

    private static ObjectNode row(Row row) {
        ObjectNode node = NODES.objectNode();
        node.put("failure", row.failure());
        node.put("when", row.phase());
        texts(node.putArray("settings"), row.settings());
        texts(node.putArray("absent"), row.absent());
        ObjectNode cells = node.putObject("clients");
        for (Wire client : Wire.ALL) {
            Cell cell = row.cells().get(client);
            if (cell != null) {
                cells.set(client.protocol(), cell(cell));
            }
        }
        return node;
    }

    private static ObjectNode cell(Cell cell) {
        ObjectNode node = NODES.objectNode();
        node.put("result", result(cell));
        if (!(cell instanceof Cell.NotPlayed)) {
            node.put("seen", cell instanceof Cell.Broken(String why) ? why : cell.words());
            node.put("attempts", cell.attempts());
            node.put("ms", cell.took().toMillis());
        }
        return node;
    }

    private static String result(Cell cell) {
        return switch (cell) {
            case Cell.Whole whole -> "whole";
            case Cell.TrueError error -> "true_error";
            case Cell.Broken broken -> "broken";
            case Cell.NotPlayed not -> "not_played";
        };
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
