package dev.midstream.gateway.scenario;

import java.util.Map;

/** How clients of one protocol ask, and what they understand. Thread-safe. */
interface Talk {

    /** Where they ask. */
    String path();

    String request(Scenario scenario, boolean stream);

    /** A stream, judged by its grammar. */
    Seen stream(byte[] body);

    /** A document, judged by the official library. */
    Seen document(String json);

    /** A stream as the official library for Java hands it out, put together by its accumulator. */
    Seen throughLibrary(World world, String request, Map<String, String> headers);
}
