package dev.midstream.protocol;

import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Completes conversations in which a call was never answered: providers refuse them, and clients
 * produce them whenever somebody stops a tool. Stateless.
 */
public final class AnsweredCalls {

    /** What stands in place of a result. */
    public static final String NO_RESULT = "No result of this call was recorded.";

    private AnsweredCalls() {}

    /** The same turns, each call of them answered before the model speaks again. */
    public static List<Message> in(List<Message> turns) {
        List<Message> complete = new ArrayList<>(turns.size());
        for (int i = 0; i < turns.size(); i++) {
            Message turn = turns.get(i);
            complete.add(turn);
            List<Part> missing = missing(turn, turns.subList(i + 1, turns.size()));
            if (!missing.isEmpty()) {
                complete.add(new Message(Role.TOOL, missing));
            }
        }
        return complete;
    }

    private static List<Part> missing(Message turn, List<Message> later) {
        List<Part> missing = new ArrayList<>();
        Set<String> answered = turn.role() == Role.ASSISTANT ? answered(later) : Set.of();
        for (Part part : turn.parts()) {
            if (turn.role() == Role.ASSISTANT
                    && part instanceof Part.ToolCall call
                    && !answered.contains(call.id())) {
                Part.Text words = new Part.Text(NO_RESULT);
                missing.add(new Part.ToolResult(call.id(), List.of(words), true, null));
            }
        }
        return missing;
    }

    /** The calls that are answered before the next turn of the assistant. */
    private static Set<String> answered(List<Message> later) {
        Set<String> answered = new HashSet<>();
        for (Message turn : later) {
            if (turn.role() == Role.ASSISTANT) {
                break;
            }
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolResult result) {
                    answered.add(result.callId());
                }
            }
        }
        return answered;
    }
}
