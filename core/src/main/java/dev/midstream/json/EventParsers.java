package dev.midstream.json;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

/**
 * Parsers that are fed event after event. They all know the usual names of a protocol's members
 * from the start: one that meets a new name copies Jackson's table of names for itself, some 5 KB a
 * stream. What upstreams send never gets into the common table.
 *
 * <p><b>Thread-safety</b>: thread-safe; a parser is its user's alone.
 */
public final class EventParsers {

    private final JsonFactory factory = new JsonFactory();

    /**
     * @param names of the members that events usually have
     */
    public EventParsers(String... names) {
        byte[] all =
                Stream.of(names)
                        .map(name -> "\"" + name + "\":0")
                        .collect(Collectors.joining(",", "{", "}"))
                        .getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = parser()) {
            ByteArrayFeeder feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
            feeder.feedInput(all, 0, all.length);
            feeder.endOfInput();
            while (parser.nextToken() != null) {
                // the names are learnt on the way, and kept at the end
            }
        }
    }

    /** A parser without input. */
    public JsonParser parser() {
        return factory.createNonBlockingByteArrayParser(ObjectReadContext.empty());
    }
}
