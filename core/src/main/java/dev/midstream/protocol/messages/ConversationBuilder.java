package dev.midstream.protocol.messages;

import dev.midstream.model.Draft;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.Seal;
import dev.midstream.protocol.AnsweredCalls;
import dev.midstream.protocol.Untranslatable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Conversation}, turn after turn. Not thread-safe. */
final class ConversationBuilder {

    private final Limits limits;
    private final boolean ours;
    private final boolean withoutReasoning;
    private final ToolIds ids = new ToolIds();
    private final List<Part.Text> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    private @Nullable Role role;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Part.ToolResult> results = new LinkedHashMap<>();

    /** The ids sent of the calls of the turn before, or of this one while it is the assistant's. */
    private final List<String> calls = new ArrayList<>();

    /**
     * By the client's id, the ones sent of the calls that bear it, in order: clients give the same
     * to several calls, and then their results come in that order too.
     */
    private final Map<String, Deque<String>> unanswered = new HashMap<>();

    /**
     * What came in our own protocol may go out again as it was; reasoning goes unless the target
     * has refused it.
     */
    ConversationBuilder(Draft draft, Limits limits) {
        this.limits = limits;
        ours = draft.request().protocol().equals(MessagesProtocol.NAME);
        withoutReasoning = draft.withoutOldReasoning();
    }

    void add(Message message, String path) throws Untranslatable {
        switch (message.role()) {
            case SYSTEM, DEVELOPER -> addSystem(message, path);
            case USER, TOOL -> {
                turnTo(Role.USER);
                for (Part part : message.parts()) {
                    addToUser(part, path);
                }
            }
            case ASSISTANT -> {
                turnTo(Role.ASSISTANT);
                int call = 0;
                for (Part part : message.parts()) {
                    addToAssistant(part, path, call);
                    call += part instanceof Part.ToolCall ? 1 : 0;
                }
            }
        }
    }

    /**
     * Adds a turn of ours. The delivered text joins the assistant text that the client had begun: a
     * boundary between blocks would tell the model of an interruption.
     */
    void append(Message message) throws Untranslatable {
        if (message.role() == Role.ASSISTANT
                && role == Role.ASSISTANT
                && !parts.isEmpty()
                && parts.getLast() instanceof Part.Text begun
                && message.parts().size() == 1
                && message.parts().getFirst() instanceof Part.Text more) {
            parts.removeLast();
            parts.add(new Part.Text(begun.text() + more.text(), begun.cacheControl()));
            return;
        }
        add(message, "messages");
    }

    Conversation build() throws Untranslatable {
        closeTurn();
        if (!turns.isEmpty() && turns.getLast().role == Role.ASSISTANT) {
            stripEnd(turns.getLast().parts);
        }
        List<Message> whole = new ArrayList<>();
        for (Turn turn : turns) {
            if (whole.isEmpty() && turn.role == Role.ASSISTANT) {
                whole.add(Message.of(Role.USER, "."));
            }
            whole.add(new Message(turn.role, turn.parts));
        }
        if (!whole.isEmpty()) {
            return new Conversation(system, whole);
        }
        if (system.isEmpty()) {
            throw limits.refusal("messages", "it holds no text to answer");
        }
        return new Conversation(List.of(), List.of(new Message(Role.USER, List.copyOf(system))));
    }

    private void addSystem(Message message, String path) throws Untranslatable {
        boolean leading = turns.isEmpty() && role == null;
        for (Part part : message.parts()) {
            if (!(part instanceof Part.Text text)) {
                throw limits.refusal(path + ".content", "system text is text only");
            }
            if (leading && !text.text().isBlank()) {
                system.add(text);
            } else if (!text.text().isBlank()) {
                turnTo(Role.USER);
                String marked = "<system>\n" + text.text() + "\n</system>";
                parts.add(new Part.Text(marked, text.cacheControl()));
            }
        }
    }

    private void addToUser(Part part, String path) throws Untranslatable {
        switch (part) {
            case Part.Text text -> addText(text);
            case Part.Refusal refusal -> addText(new Part.Text(refusal.text()));
            case Part.Image image -> parts.add(Sources.checked(image, path, limits));
            case Part.Document document -> parts.add(Sources.checked(document, path, limits, ours));
            case Part.ToolResult result -> addResult(result, path);
            case Part.Unknown unknown -> addUnknown(unknown);
            case Part.ToolCall call ->
                    throw limits.refusal(path, "a tool call belongs to an assistant's turn");
            case Part.Reasoning reasoning -> {}
            case Part.EncryptedReasoning reasoning -> {}
        }
    }

    private void addToAssistant(Part part, String path, int call) throws Untranslatable {
        switch (part) {
            case Part.Text text -> addText(text);
            case Part.Refusal refusal -> addText(new Part.Text(refusal.text()));
            case Part.Reasoning reasoning -> {
                if (reasoning.seal() != null) {
                    addReasoning(reasoning, reasoning.seal());
                }
            }
            case Part.EncryptedReasoning reasoning -> addReasoning(reasoning, reasoning.seal());
            case Part.ToolCall toolCall -> addCall(toolCall, path + ".tool_calls[" + call + "]");
            case Part.Unknown unknown -> addUnknown(unknown);
            case Part.Image image -> throw notTheAssistants("an image", path);
            case Part.Document document -> throw notTheAssistants("a document", path);
            case Part.ToolResult result -> throw notTheAssistants("a tool result", path);
        }
    }

    private void addReasoning(Part reasoning, Seal seal) {
        if (!withoutReasoning && seal.origin().equals(Seal.CLAUDE)) {
            parts.add(reasoning);
        }
    }

    private Untranslatable notTheAssistants(String what, String path) {
        return limits.refusal(path + ".content", what + " cannot stand in an assistant's turn");
    }

    private void addText(Part.Text text) {
        if (!text.text().isBlank()) {
            parts.add(text);
        }
    }

    private void addUnknown(Part.Unknown unknown) throws Untranslatable {
        if (!ours) {
            throw limits.refusal(
                    unknown.path(), "the Messages API has no form for `" + unknown.type() + "`");
        }
        parts.add(unknown);
    }

    private void addCall(Part.ToolCall call, String path) throws Untranslatable {
        String arguments = call.arguments();
        if (call.custom()) {
            arguments = JsonText.object("input", call.arguments());
        } else if (arguments.isBlank() || arguments.strip().equals("null")) {
            arguments = "{}";
        } else if (!JsonText.isObject(arguments)) {
            throw limits.refusal(path + ".function.arguments", "it is not a JSON object");
        }
        String id = ids.next(call.id());
        calls.add(id);
        unanswered.computeIfAbsent(call.id(), same -> new ArrayDeque<>()).add(id);
        parts.add(new Part.ToolCall(id, call.name(), arguments, false, null));
    }

    private void addResult(Part.ToolResult result, String path) throws Untranslatable {
        List<Part> content = new ArrayList<>();
        for (Part part : result.content()) {
            addToResult(part, content, path);
        }
        Deque<String> ids = unanswered.get(result.callId());
        if (ids == null) {
            parts.add(new Part.Text("<tool_result id=\"" + result.callId() + "\">"));
            parts.addAll(content);
            parts.add(new Part.Text("</tool_result>"));
            return;
        }
        String id = ids.size() > 1 ? ids.removeFirst() : ids.getFirst();
        results.put(id, new Part.ToolResult(id, content, result.error(), result.cacheControl()));
    }

    private void addToResult(Part part, List<Part> content, String path) throws Untranslatable {
        switch (part) {
            case Part.Text text -> {
                if (!text.text().isBlank()) {
                    content.add(text);
                }
            }
            case Part.Image image -> content.add(Sources.checked(image, path, limits));
            case Part.Document document ->
                    content.add(Sources.checked(document, path, limits, ours));
            case Part.Refusal refusal -> content.add(new Part.Text(refusal.text()));
            case Part.Unknown unknown -> {
                if (!ours) {
                    throw limits.refusal(unknown.path(), "a tool result has no form for it");
                }
                content.add(unknown);
            }
            case Part.ToolCall call -> throw notInResult(path);
            case Part.ToolResult inner -> throw notInResult(path);
            case Part.Reasoning reasoning -> throw notInResult(path);
            case Part.EncryptedReasoning reasoning -> throw notInResult(path);
        }
    }

    private Untranslatable notInResult(String path) {
        return limits.refusal(path + ".content", "a tool result holds text, images and documents");
    }

    private void turnTo(Role next) {
        if (role == next) {
            return;
        }
        closeTurn();
        if (next == Role.ASSISTANT) {
            calls.clear();
            unanswered.clear();
        }
        role = next;
    }

    private void closeTurn() {
        List<Part> turn = new ArrayList<>();
        if (role == Role.USER) {
            for (String id : calls) {
                turn.add(results.getOrDefault(id, missing(id)));
            }
        }
        turn.addAll(parts);
        if (role != null && (role == Role.USER ? !turn.isEmpty() : saysSomething(turn))) {
            push(role, turn);
        }
        parts.clear();
        results.clear();
        role = null;
    }

    /** A turn that may still grow, where the one behind it turns out to be empty. */
    private record Turn(Role role, List<Part> parts) {}

    private void push(Role role, List<Part> turn) {
        if (!turns.isEmpty() && turns.getLast().role == role) {
            turns.getLast().parts.addAll(turn);
        } else {
            turns.add(new Turn(role, turn));
        }
    }

    private static Part.ToolResult missing(String id) {
        return new Part.ToolResult(
                id, List.of(new Part.Text(AnsweredCalls.NO_RESULT)), false, null);
    }

    private static boolean saysSomething(List<Part> turn) {
        return turn.stream()
                .anyMatch(
                        part ->
                                !(part instanceof Part.Reasoning)
                                        && !(part instanceof Part.EncryptedReasoning));
    }

    /** The answer's beginning ends without white space, which the API refuses there. */
    private static void stripEnd(List<Part> answer) {
        if (answer.getLast() instanceof Part.Text text) {
            answer.removeLast();
            answer.add(new Part.Text(text.text().stripTrailing(), text.cacheControl()));
        }
    }
}
