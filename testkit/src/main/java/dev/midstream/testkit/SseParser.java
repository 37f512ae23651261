package dev.midstream.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event stream byte by byte, as the HTML standard describes it: lines end with LF, CR or
 * CRLF; an event is dispatched by a blank line; what is not dispatched at the end is lost.
 *
 * <p>Not thread-safe.
 */
final class SseParser {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private @Nullable String name;
    private boolean pending;
    private boolean afterCr;
    private boolean first = true;

    /** The items that these bytes complete. */
    List<SseItem> feed(byte[] bytes, int from, int length) {
        List<SseItem> items = new ArrayList<>();
        for (int at = from; at < from + length; at++) {
            byte next = bytes[at];
            boolean rest = next == '\n' && afterCr;
            afterCr = next == '\r';
            if (next == '\r' || next == '\n') {
                if (!rest) {
                    endLine(items);
                }
            } else {
                line.write(next);
            }
        }
        return items;
    }

    /** Whether bytes were read that no blank line has dispatched. */
    boolean unfinished() {
        return pending || line.size() > 0;
    }

    private void endLine(List<SseItem> items) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (first && text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        first = false;
        if (text.isEmpty()) {
            dispatch(items);
        } else if (text.startsWith(":")) {
            items.add(new SseItem.Comment(value(text, 0)));
        } else {
            int colon = text.indexOf(':');
            String field = colon < 0 ? text : text.substring(0, colon);
            field(field, colon < 0 ? "" : value(text, colon), items);
        }
    }

    private void field(String field, String value, List<SseItem> items) {
        switch (field) {
            case "event" -> {
                name = value;
                pending = true;
            }
            case "data" -> {
                data.append(value).append('\n');
                pending = true;
            }
            default -> items.add(new SseItem.Field(field, value));
        }
    }

    private void dispatch(List<SseItem> items) {
        if (!data.isEmpty()) {
            items.add(new SseItem.Event(name, data.substring(0, data.length() - 1)));
        }
        data.setLength(0);
        name = null;
        pending = false;
    }

    private static String value(String line, int colon) {
        String value = line.substring(colon + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
