package dev.midstream.model;

import java.util.List;

/** One turn of a conversation. */
public record Message(Role role, List<Part> parts) {

    /**
     * Who speaks. Tool results are parts of a {@code TOOL} turn in chat and of a {@code USER} turn
     * in Messages.
     */
    public enum Role {
        SYSTEM,
        DEVELOPER,
        USER,
        ASSISTANT,
        TOOL
    }

    public Message {
        parts = List.copyOf(parts);
    }

    public static Message of(Role role, String text) {
        return new Message(role, List.of(new Part.Text(text)));
    }
}
