package dev.midstream.testkit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The judge of one content block of a Messages stream. */
final class MessagesBlockGrammar {

    private final int index;
    private final String type;
    private final JsonNode start;
    private final Findings findings;
    private final StringBuilder content = new StringBuilder();
    private int deltas;
    private @Nullable String signature;
    private boolean stopped;

    MessagesBlockGrammar(int index, JsonNode start, Findings findings) {
        this.index = index;
        this.type = start.path("type").asString("");
        this.start = start;
        this.findings = findings;
        findings.require(!type.isEmpty(), what() + " has no type");
        if (isToolUse()) {
            findings.require(ChatStreamGrammar.isText(start.path("id")), what() + " has no id");
            findings.require(ChatStreamGrammar.isText(start.path("name")), what() + " has no name");
            findings.require(
                    start.path("input").isObject() && start.path("input").isEmpty(),
                    what() + " does not start with an empty input");
        }
    }

    boolean isOpen() {
        return !stopped;
    }

    boolean isToolUse() {
        return type.equals("tool_use") || type.equals("server_tool_use");
    }

    String id() {
        return start.path("id").asString("");
    }

    void delta(JsonNode delta) {
        String deltaType = delta.path("type").asString("");
        findings.require(signature == null, what() + " goes on after its signature");
        switch (deltaType) {
            case "text_delta" -> append("text", delta.path("text"), deltaType);
            case "thinking_delta" -> append("thinking", delta.path("thinking"), deltaType);
            case "input_json_delta" -> append("tool_use", delta.path("partial_json"), deltaType);
            case "signature_delta" -> {
                requireType("thinking", deltaType);
                signature = delta.path("signature").asString("");
            }
            case "citations_delta" -> requireType("text", deltaType);
            default -> findings.add(what() + " has a delta of the unknown type " + deltaType);
        }
    }

    void stop() {
        stopped = true;
        if (isToolUse()) {
            findings.require(deltas > 0, what() + " stops without an input_json_delta");
        }
    }

    /** Whether the input is what a client can run. */
    void requireWholeInput() {
        if (!isToolUse() || content.isEmpty()) {
            return;
        }
        try {
            findings.require(
                    Json.read(content.toString()).isObject(),
                    "the input of " + what() + " is no object: " + content);
        } catch (JacksonException e) {
            findings.add("the input of " + what() + " is not JSON: " + content);
        }
    }

    MessagesTranscript.Block block() {
        return switch (type) {
            case "text" -> new MessagesTranscript.Text(content.toString());
            case "thinking" -> new MessagesTranscript.Thinking(content.toString(), signature);
            case "tool_use" ->
                    new MessagesTranscript.ToolUse(
                            id(), start.path("name").asString(""), content.toString());
            default -> new MessagesTranscript.Whole(type, start);
        };
    }

    private void append(String fitting, JsonNode piece, String deltaType) {
        requireType(fitting, deltaType);
        findings.require(piece.isString(), what() + " has a " + deltaType + " without its text");
        content.append(piece.asString(""));
        deltas++;
    }

    private void requireType(String fitting, String deltaType) {
        boolean fits = fitting.equals("tool_use") ? isToolUse() : type.equals(fitting);
        findings.require(fits, what() + " is " + type + " and has a " + deltaType);
    }

    private String what() {
        return "block " + index;
    }
}
