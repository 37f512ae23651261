package dev.midstream.gateway.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lines whose columns stand below each other. Not thread-safe. */
public final class Columns {

    private static final String GAP = "  ";

    private final String indent;
    private final List<List<String>> lines = new ArrayList<>();

    public Columns(String indent) {
        this.indent = indent;
    }

    public void line(String... cells) {
        lines.add(List.of(cells));
    }

    /** Each line ends with a line break and has no blanks before it. */
    public String text() {
        int columns = lines.stream().mapToInt(List::size).max().orElse(0);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 0));
        for (List<String> line : lines) {
            for (int i = 0; i < line.size(); i++) {
                widths.set(i, Math.max(widths.get(i), length(line.get(i))));
            }
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(padded(line, widths)).append('\n'));
        return text.toString();
    }

    private String padded(List<String> line, List<Integer> widths) {
        StringBuilder text = new StringBuilder(indent);
        for (int i = 0; i < line.size(); i++) {
            String cell = line.get(i);
            if (widths.get(i) > 0) {
                text.append(cell).append(" ".repeat(widths.get(i) - length(cell))).append(GAP);
            }
        }
        return text.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
