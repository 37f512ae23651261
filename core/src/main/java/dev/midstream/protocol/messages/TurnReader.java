package dev.midstream.protocol.messages;

import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the turns of a client's request, those of the system in between included. Turns of one role
 * may follow one another; texts without a character, and turns of nothing else, are left out.
 *
 * <p>A result has to answer a call of an earlier turn, and no two calls may have one id: providers
 * refuse both, each in other words.
 */
final class TurnReader {

    private final BlockReader blocks = new BlockReader();
    private final Set<String> calls = new HashSet<>();

    /** The system text, as no turn or one. */
    List<Message> system(String path, @Nullable JsonView system) throws InvalidRequest {
        List<Part> parts = system == null ? List.of() : blocks.content(path, system);
        return parts.isEmpty() ? List.of() : List.of(new Message(Role.SYSTEM, parts));
    }

    List<Message> turns(String path, List<JsonView> values) throws InvalidRequest {
        List<Message> turns = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Wanted turn = Wanted.of(path + "[" + i + "]", values.get(i));
            Role role = role(turn);
            JsonView content = turn.needed("content");
            List<Part> parts = blocks.content(turn.at("content"), content);
            if (content.isArray()) {
                calls(turn.at("content"), content.elements());
            }
            if (!parts.isEmpty()) {
                turns.add(new Message(role, parts));
            }
        }
        if (turns.isEmpty()) {
            throw Wanted.wrong(path, "at least one message must have non-empty content");
        }
        return turns;
    }

    private static Role role(Wanted turn) throws InvalidRequest {
        return switch (turn.string("role")) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "system" -> Role.SYSTEM;
            default ->
                    throw turn.wrongAt("role", "Input should be 'user', 'assistant' or 'system'");
        };
    }

    private void calls(String path, List<JsonView> content) throws InvalidRequest {
        for (int i = 0; i < content.size(); i++) {
            Wanted block = Wanted.of(path + "[" + i + "]", content.get(i));
            switch (block.string("type")) {
                case "tool_use" -> {
                    if (!calls.add(block.string("id"))) {
                        throw Wanted.wrong(block.path(), "`tool_use` ids must be unique");
                    }
                }
                case "tool_result" -> {
                    String id = block.string("tool_use_id");
                    if (!calls.contains(id)) {
                        throw Wanted.wrong(
                                block.path(),
                                "unexpected `tool_use_id` found in `tool_result` blocks: "
                                        + id
                                        + ". There is no `tool_use` block with this id in an"
                                        + " earlier message");
                    }
                }
                default -> {}
            }
        }
    }
}
