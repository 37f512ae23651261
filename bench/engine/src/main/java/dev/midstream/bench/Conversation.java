package dev.midstream.bench;

import static dev.midstream.bench.ProviderStream.bytes;
import static dev.midstream.bench.ProviderStream.quoted;

import java.util.ArrayList;
import java.util.List;

/** Requests as clients send them: a first question, or a conversation that has become long. */
final class Conversation {

    private static final String PARAGRAPH =
            "A gateway stands between those who ask and those who answer. Where \"an answer\" breaks off midway, "
                    + "it asks another deployment to go on,\nand whoever reads along sees one answer: that’s all. ";
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"note\":{\"type\":\"string\"}},\"required\":[\"note\"]}";

    private Conversation() {}

    /** A streamed request of one short turn, which offers the tool that answers may call. */
    static byte[] brief(Wire client) {
        return request(client, List.of("Say something long."));
    }

    /** The same behind turns of 2 KB each, of the user and the assistant in turn. */
    static byte[] ofAbout(Wire client, int bytes) {
        List<String> turns = new ArrayList<>();
        String turn = PARAGRAPH.repeat(10);
        for (int length = 0; length < bytes; length += turn.length()) {
            turns.add(turn);
        }
        if (turns.size() % 2 == 0) {
            turns.removeLast();
        }
        return request(client, turns);
    }

    private static byte[] request(Wire client, List<String> turns) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            String role = i % 2 == 0 ? "user" : "assistant";
            said.add("{\"role\":\"" + role + "\",\"content\":" + quoted(turns.get(i)) + "}");
        }
        String conversation = "[" + String.join(",", said) + "]";
        return bytes(
                "{\"model\":\"m\",\"stream\":true,"
                        + switch (client) {
                            case CHAT ->
                                    "\"max_completion_tokens\":100000,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":"
                                            + "\"write\",\"description\":\"Writes a note\",\"parameters\":"
                                            + SCHEMA
                                            + "}}],\"messages\":";
                            case MESSAGES ->
                                    "\"max_tokens\":100000,\"tools\":[{\"name\":\"write\",\"description\":\"Writes a note\","
                                            + "\"input_schema\":"
                                            + SCHEMA
                                            + "}],\"messages\":";
                            case RESPONSES ->
                                    "\"max_output_tokens\":100000,\"tools\":[{\"type\":\"function\",\"name\":\"write\","
                                            + "\"description\":\"Writes a note\",\"strict\":false,\"parameters\":"
                                            + SCHEMA
                                            + "}],\"input\":";
                        }
                        + conversation
                        + "}");
    }
}
