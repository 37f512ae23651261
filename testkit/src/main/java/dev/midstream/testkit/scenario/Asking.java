package dev.midstream.testkit.scenario;

import tools.jackson.databind.JsonNode;

/** How clients of one protocol ask, and how the stream that they get is judged. Thread-safe. */
public interface Asking {

    /** In this protocol. */
    static Asking in(Wire wire) {
        return switch (wire) {
            case CHAT -> new ChatAsking();
            case MESSAGES -> new MessagesAsking();
            case RESPONSES -> new ResponsesAsking();
        };
    }

    /** Where they ask, with the version in front. */
    String path();

    /**
     * The body of a request for the answer of a scenario.
     *
     * @param model the model group
     */
    String body(Scenario scenario, String model, boolean stream);

    /**
     * What a stream held.
     *
     * @throws dev.midstream.testkit.GrammarViolation if it is no valid stream of the protocol
     */
    Seen stream(byte[] body);

    /** What an answer in one document holds, which is not judged. */
    Seen document(JsonNode answer);
}
