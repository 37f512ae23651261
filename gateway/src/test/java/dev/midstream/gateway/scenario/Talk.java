package dev.midstream.gateway.scenario;

import dev.midstream.testkit.scenario.Asking;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Wire;
import java.util.Map;

/** How clients of one protocol ask, and what they understand. Thread-safe. */
abstract class Talk {

    /** What clients ask for in these tests. */
    static final String MODEL = "primary";

    private final Asking asking;

    static Talk in(Wire wire) {
        return switch (wire) {
            case CHAT -> new ChatTalk();
            case MESSAGES -> new MessagesTalk();
            case RESPONSES -> new ResponsesTalk();
        };
    }

    Talk(Wire wire) {
        this.asking = Asking.in(wire);
    }

    final Asking asking() {
        return asking;
    }

    /** Where they ask. */
    String path() {
        return asking.path();
    }

    String request(Scenario scenario, boolean stream) {
        return asking.body(scenario, MODEL, stream);
    }

    /** A stream, judged by its grammar. */
    Seen stream(byte[] body) {
        return asking.stream(body);
    }

    /** A document, judged by the official library. */
    abstract Seen document(String json);

    /** A stream as the official library for Java hands it out, put together by its accumulator. */
    abstract Seen throughLibrary(World world, String request, Map<String, String> headers);
}
