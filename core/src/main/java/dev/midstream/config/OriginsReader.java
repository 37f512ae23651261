package dev.midstream.config;

import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a list of origins, in the form in which browsers send them. */
final class OriginsReader {

    static final String ANY = "*";

    /** A scheme, a host and perhaps a port (RFC 6454, section 6.2). */
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]{0,40}://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:\\d{1,5})?");

    private final Section section;

    OriginsReader(Section section) {
        this.section = section;
    }

    /** In lower case, without repetition; {@code *} alone where it is among them. */
    List<String> read(String key) {
        YamlNode node = section.node(key);
        if (node == null) {
            return List.of();
        }
        List<YamlNode> items = node instanceof Sequence sequence ? sequence.items() : List.of(node);
        List<String> origins = new ArrayList<>();
        for (YamlNode item : items) {
            String text = section.reading().text(key, item);
            String origin = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
            if (origin.equals(ANY) || ORIGIN.matcher(origin).matches()) {
                origins.add(origin);
            } else if (text != null) {
                section.reading()
                        .wrong(key, item, "an origin as `https://chat.example.com`, or `*`");
            }
        }
        return origins.contains(ANY) ? List.of(ANY) : origins.stream().distinct().toList();
    }
}
