package dev.midstream.protocol.messages;

import dev.midstream.model.Draft;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.protocol.Untranslatable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A conversation in the order that the Messages API demands: system text apart, then turns of user
 * and assistant that alternate and begin with the user's. Immutable.
 *
 * <p>How it gets there:
 *
 * <ul>
 *   <li>Leading system and developer turns become the system text. A later one stays in its place,
 *       as user text between {@code <system>} tags: moved to the top it would speak of what had not
 *       been said yet, and spoil the prompt's cache. A conversation of nothing but system text
 *       becomes one user turn.
 *   <li>Neighbouring turns of one role become one turn. A conversation that begins with the
 *       assistant gets a user turn "." before it.
 *   <li>Blank texts, which the API refuses, are left out, and so are turns that hold nothing else.
 *   <li>Tool results stand first in the turn after the calls, in the order of the calls. Of two for
 *       one call the later one counts; a call without one gets a result that says so; one without a
 *       call becomes text.
 *   <li>Unsigned reasoning is left out, and so is all of it if the draft says so; refusals are
 *       text; the last assistant turn ends without white space.
 *   <li>Ids of calls that the API refuses, or that were used before, are replaced, in calls and
 *       results alike.
 * </ul>
 *
 * <p><b>Source</b>: Anthropic's API reference and pages on tool use (read 2026-11).
 *
 * @param turns USER and ASSISTANT turns only
 */
record Conversation(List<Part.Text> system, List<Message> turns) {

    Conversation {
        system = List.copyOf(system);
        turns = List.copyOf(turns);
    }

    /**
     * The client's conversation, and what continuing appends to it.
     *
     * @throws Untranslatable if a part cannot be said in this protocol, or nothing is left to send
     */
    static Conversation of(Draft draft, Limits limits) throws Untranslatable {
        ConversationBuilder builder = new ConversationBuilder(draft, limits);
        List<Message> messages = draft.request().messages();
        for (int i = 0; i < messages.size(); i++) {
            builder.add(messages.get(i), "messages[" + i + "]");
        }
        for (int i = 0; i < draft.appended().size(); i++) {
            builder.append(draft.appended().get(i));
        }
        return builder.build();
    }

    /** Whether the answer is to go on with an assistant turn that has begun. */
    boolean prefilled() {
        return turns.getLast().role() == Role.ASSISTANT;
    }

    /**
     * Whether tool results wait for an answer to calls that no signed reasoning precedes: a model
     * with a thinking budget refuses to think then.
     */
    boolean callsWithoutReasoning() {
        if (prefilled() || turns.size() < 2) {
            return false;
        }
        List<Part> calling = turns.get(turns.size() - 2).parts();
        return turns.getLast().parts().getFirst() instanceof Part.ToolResult
                && !(calling.getFirst() instanceof Part.Reasoning)
                && !(calling.getFirst() instanceof Part.EncryptedReasoning);
    }

    /**
     * The names of the tools that were called, sorted: the API wants tools declared that its
     * history speaks of.
     */
    Set<String> calledTools() {
        Set<String> names = new TreeSet<>();
        for (Message turn : turns) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolCall call) {
                    names.add(call.name());
                }
            }
        }
        return names;
    }
}
