package dev.midstream.protocol.responses;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.Seal;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the items of a request's input into turns: what the assistant said, thought and called one
 * after the other is one turn of it.
 */
final class InputReader {

    private final DeclaredTools tools;
    private final List<Message> turns = new ArrayList<>();
    private final List<Part> assistant = new ArrayList<>();
    private final Set<String> calls = new HashSet<>();
    private final Set<String> unanswered = new HashSet<>();
    private final Map<String, String> outputs = new HashMap<>();
    private boolean referring;

    InputReader(DeclaredTools tools) {
        this.tools = tools;
    }

    /**
     * The turns of an input.
     *
     * @param openEnded whether what is not here may stand in a conversation kept elsewhere
     */
    List<Message> read(Json input, boolean openEnded) throws InvalidRequest {
        if (Fields.isString(input)) {
            turns.add(Message.of(Role.USER, Fields.string("input", input)));
            return turns;
        }
        Fields.each("input", input, (at, item) -> item(Fields.of(at, item)));
        endTurn();
        if (!openEnded && !referring) {
            requireCalls();
        }
        return turns;
    }

    private void requireCalls() throws InvalidRequest {
        for (Map.Entry<String, String> output : outputs.entrySet()) {
            if (!calls.contains(output.getKey())) {
                throw Fields.invalid(
                        "invalid_value",
                        output.getValue(),
                        "No tool call found for function call output with call_id "
                                + output.getKey()
                                + ".");
            }
        }
    }

    private void item(Fields item) throws InvalidRequest {
        String type = item.optional("type");
        boolean bare = type == null && !item.has("role") && item.has("id");
        switch (type != null ? type : bare ? "item_reference" : "message") {
            case "message" -> message(item);
            case "function_call" -> call(item, "arguments", false);
            case "custom_tool_call" -> call(item, "input", true);
            case "function_call_output", "custom_tool_call_output" -> output(item);
            case "reasoning" -> reasoning(item);
            case "additional_tools" -> {
                if (!item.has("tools")) {
                    unknown("additional_tools", item);
                }
            }
            case "item_reference" -> {
                referring = true;
                unknown("item_reference", item);
            }
            case String other -> unknown(other, item);
        }
    }

    /** What stands in no turn of its own is the assistant's, unless it answers something. */
    private void unknown(String type, Fields item) {
        Part part = new Part.Unknown(type, item.path(), item.raw());
        if (type.endsWith("_output") || type.endsWith("_response")) {
            turn(Role.TOOL, List.of(part));
        } else {
            assistant.add(part);
        }
    }

    private void turn(Role role, List<Part> parts) {
        endTurn();
        turns.add(new Message(role, parts));
    }

    private void endTurn() {
        if (!assistant.isEmpty()) {
            turns.add(new Message(Role.ASSISTANT, assistant));
            assistant.clear();
        }
    }

    private void message(Fields item) throws InvalidRequest {
        String role = item.named("role");
        List<Part> content = ContentReader.read(item, "content");
        switch (role) {
            case "assistant" -> assistant.addAll(content);
            case "user" -> turn(Role.USER, content);
            case "system" -> turn(Role.SYSTEM, content);
            case "developer" -> turn(Role.DEVELOPER, content);
            default ->
                    throw Fields.invalid(
                            "invalid_value",
                            item.at("role"),
                            "Invalid value: '"
                                    + role
                                    + "'. Supported values are: 'assistant', 'system', 'developer',"
                                    + " and 'user'.");
        }
    }

    private void call(Fields item, String member, boolean custom) throws InvalidRequest {
        String id = item.named("call_id");
        String name = tools.known(item.optional("namespace"), item.named("name"));
        calls.add(id);
        if (!unanswered.add(id)) {
            throw Fields.invalid(
                    "invalid_value",
                    item.at("call_id"),
                    "Duplicate tool call with call_id " + id + " while it has no output.");
        }
        assistant.add(new Part.ToolCall(id, name, item.needed(member), custom, null));
    }

    private void output(Fields item) throws InvalidRequest {
        String id = item.named("call_id");
        unanswered.remove(id);
        outputs.putIfAbsent(id, item.path());
        List<Part> content = ContentReader.read(item, "output");
        boolean broken = "incomplete".equals(item.optional("status"));
        turn(Role.TOOL, List.of(new Part.ToolResult(id, content, broken, null)));
    }

    /** An empty summary is reasoning that nobody but its maker can read. */
    private void reasoning(Fields item) throws InvalidRequest {
        List<String> texts = new ArrayList<>();
        item.each("summary", (at, part) -> texts.add(Fields.of(at, part).needed("text")));
        if (texts.isEmpty()) {
            item.each("content", (at, part) -> texts.add(Fields.of(at, part).needed("text")));
        }
        String encrypted = item.optional("encrypted_content");
        Seal seal = encrypted == null || encrypted.isEmpty() ? null : Seal.read(encrypted, "");
        String text = String.join("\n\n", texts);
        if (seal != null && texts.isEmpty()) {
            assistant.add(new Part.EncryptedReasoning(seal));
        } else if (seal != null || !text.isEmpty()) {
            assistant.add(new Part.Reasoning(text, seal));
        }
    }
}
