package dev.midstream.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys that {@code docs/configuration.md} has in its tables. */
final class ReferenceTables {

    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

    private final String document;

    private ReferenceTables(String document) {
        this.document = document;
    }

    static ReferenceTables read() throws IOException {
        return new ReferenceTables(Files.readString(Path.of("..", "docs", "configuration.md")));
    }

    /** Keys of the tested table of settings that may stand at this place. */
    Set<String> settings(String place) {
        Set<String> keys = new LinkedHashSet<>();
        for (String row : rows("<!-- settings: tested -->")) {
            String[] cells = row.split("\\|", -1);
            if (List.of(cells[2].strip().split(", ")).contains(place)) {
                keys.addAll(codes(cells[1]));
            }
        }
        return keys;
    }

    /** Keys in the first column of the first table behind a line that begins so. */
    Set<String> keys(String heading) {
        Set<String> keys = new LinkedHashSet<>();
        rows(heading).forEach(row -> keys.addAll(codes(row.split("\\|", -1)[1])));
        return keys;
    }

    private List<String> rows(String heading) {
        int from = document.indexOf("\n" + heading);
        if (from < 0) {
            throw new AssertionError("no " + heading);
        }
        List<String> rows = new ArrayList<>();
        for (String line : document.substring(from).lines().toList()) {
            if (line.startsWith("| ") && !line.startsWith("| key")) {
                rows.add(line);
            } else if (!rows.isEmpty()) {
                break;
            }
        }
        return rows;
    }

    private static List<String> codes(String cell) {
        Matcher code = CODE.matcher(cell);
        List<String> codes = new ArrayList<>();
        while (code.find()) {
            codes.add(code.group(1));
        }
        return codes;
    }
}
