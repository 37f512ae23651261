package dev.midstream.protocol.chat;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.Seal;
import dev.midstream.protocol.BodyReader;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the turns of a chat request. */
final class ChatTurnReader {

    private final BodyReader in;

    ChatTurnReader(BodyReader in) {
        this.in = in;
    }

    /** What one message says, before its role is known. */
    private static final class Turn {
        @Nullable String role;
        @Nullable String name;
        @Nullable String toolCallId;
        boolean contentSeen;
        @Nullable Json cacheControl;
        final List<Part> reasoning = new ArrayList<>();
        final List<Part> content = new ArrayList<>();
        final List<Part> calls = new ArrayList<>();
    }

    List<Message> turns(String path) throws InvalidRequest {
        List<Message> turns = new ArrayList<>();
        in.array(path, element -> turns.add(turn(element)));
        if (turns.isEmpty()) {
            throw BodyReader.invalid(path, "Expected an array of at least one message");
        }
        return turns;
    }

    private Message turn(String path) throws InvalidRequest {
        Turn turn = new Turn();
        in.object(path, name -> member(turn, path + "." + name, name));
        if (turn.role == null) {
            throw BodyReader.invalid(path + ".role", "Expected the speaker's role");
        }
        return switch (turn.role) {
            case "system" -> said(turn, Role.SYSTEM, path);
            case "developer" -> said(turn, Role.DEVELOPER, path);
            case "user" -> said(turn, Role.USER, path);
            case "assistant" -> assistant(turn);
            case "tool" -> result(turn, turn.toolCallId, path, "tool_call_id");
            case "function" -> result(turn, turn.name, path, "name");
            default ->
                    throw BodyReader.invalid(
                            path + ".role",
                            "Expected system, developer, user, assistant or tool, but got '"
                                    + turn.role
                                    + "'");
        };
    }

    private void member(Turn turn, String path, String name) throws InvalidRequest {
        switch (name) {
            case "role" -> turn.role = in.string(path);
            case "name" -> turn.name = in.optionalString(path);
            case "tool_call_id" -> turn.toolCallId = in.optionalString(path);
            case "content" -> content(turn, path);
            case "cache_control" -> turn.cacheControl = in.optionalRaw();
            case "refusal" -> {
                String refusal = in.optionalString(path);
                if (refusal != null) {
                    turn.content.add(new Part.Refusal(refusal));
                }
            }
            case "reasoning_content", "reasoning" -> reasoning(turn, path);
            case "thinking_blocks" -> thinkingBlocks(turn, path);
            case "tool_calls" -> toolCalls(turn, path);
            case "function_call" -> functionCall(turn, path);
            case "audio" -> {
                if (!in.isNull()) {
                    turn.content.add(new Part.Unknown("audio", path, in.raw()));
                }
            }
            default -> in.skip();
        }
    }

    private void content(Turn turn, String path) throws InvalidRequest {
        if (in.isNull()) {
            return;
        }
        turn.contentSeen = true;
        if (in.isString()) {
            turn.content.add(new Part.Text(in.string(path)));
        } else if (in.isArray()) {
            in.array(path, element -> turn.content.add(new ChatPartReader(in).part(element)));
        } else {
            throw in.expected(path, "a string or an array of parts");
        }
    }

    private void reasoning(Turn turn, String path) throws InvalidRequest {
        String text = in.optionalString(path);
        if (text != null && !text.isEmpty() && turn.reasoning.isEmpty()) {
            turn.reasoning.add(new Part.Reasoning(text, null));
        }
    }

    /**
     * LiteLLM's form of Anthropic's signed reasoning; it says more than {@code reasoning_content}
     * beside it.
     */
    private void thinkingBlocks(Turn turn, String path) throws InvalidRequest {
        if (in.isNull()) {
            return;
        }
        turn.reasoning.clear();
        in.array(path, element -> turn.reasoning.add(thinkingBlock(element)));
    }

    private Part thinkingBlock(String path) throws InvalidRequest {
        String[] thinking = {""};
        String[] signature = new String[1];
        String[] data = new String[1];
        in.object(
                path,
                name -> {
                    String at = path + "." + name;
                    switch (name) {
                        case "thinking" -> thinking[0] = in.string(at);
                        case "signature" -> signature[0] = in.optionalString(at);
                        case "data" -> data[0] = in.optionalString(at);
                        default -> in.skip();
                    }
                });
        if (data[0] != null) {
            return new Part.EncryptedReasoning(Seal.read(data[0], Seal.CLAUDE));
        }
        boolean signed = signature[0] != null && !signature[0].isEmpty();
        return new Part.Reasoning(
                thinking[0], signed ? Seal.read(signature[0], Seal.CLAUDE) : null);
    }

    private void toolCalls(Turn turn, String path) throws InvalidRequest {
        if (!in.isNull()) {
            in.array(path, element -> turn.calls.add(toolCall(element)));
        }
    }

    private Part toolCall(String path) throws InvalidRequest {
        String[] id = new String[1];
        Json[] extra = new Json[1];
        CallBody call = new CallBody();
        in.object(
                path,
                name -> {
                    String at = path + "." + name;
                    switch (name) {
                        case "id" -> id[0] = in.string(at);
                        case "function", "custom" -> call.read(in, at, name.equals("custom"));
                        case "extra_content" -> extra[0] = in.optionalRaw();
                        default -> in.skip();
                    }
                });
        if (id[0] == null) {
            throw BodyReader.invalid(path + ".id", "Expected the call's id");
        }
        return call.part(path, id[0], extra[0]);
    }

    private void functionCall(Turn turn, String path) throws InvalidRequest {
        if (in.isNull()) {
            return;
        }
        CallBody call = new CallBody();
        call.read(in, path, false);
        turn.calls.add(call.part(path, call.name == null ? "" : call.name, null));
    }

    /** Name and arguments of a call. */
    private static final class CallBody {
        private @Nullable String name;
        private String arguments = "";
        private boolean custom;

        void read(BodyReader in, String path, boolean isCustom) throws InvalidRequest {
            custom = isCustom;
            in.object(
                    path,
                    member -> {
                        String at = path + "." + member;
                        switch (member) {
                            case "name" -> name = in.string(at);
                            case "arguments", "input" -> arguments = in.string(at);
                            default -> in.skip();
                        }
                    });
        }

        Part part(String path, String id, @Nullable Json extra) throws InvalidRequest {
            if (name == null || name.isEmpty()) {
                throw BodyReader.invalid(path, "Expected the name of the function called");
            }
            return new Part.ToolCall(id, name, arguments, custom, extra);
        }
    }

    private static Message said(Turn turn, Role role, String path) throws InvalidRequest {
        if (!turn.contentSeen) {
            throw BodyReader.invalid(
                    path + ".content", "Expected a string or an array of parts, but got null");
        }
        return new Message(role, marked(turn));
    }

    private static Message assistant(Turn turn) {
        List<Part> parts = new ArrayList<>(turn.reasoning);
        parts.addAll(marked(turn));
        parts.addAll(turn.calls);
        return new Message(Role.ASSISTANT, parts);
    }

    private static Message result(Turn turn, @Nullable String callId, String path, String idMember)
            throws InvalidRequest {
        if (callId == null) {
            throw BodyReader.invalid(
                    path + "." + idMember, "Expected the id of the call that this answers");
        }
        if (!turn.contentSeen) {
            throw BodyReader.invalid(
                    path + ".content", "Expected a string or an array of parts, but got null");
        }
        return new Message(
                Role.TOOL,
                List.of(new Part.ToolResult(callId, turn.content, false, turn.cacheControl)));
    }

    /** The content, with a cache marker of the whole message on its last text. */
    private static List<Part> marked(Turn turn) {
        int last = turn.content.size() - 1;
        if (turn.cacheControl != null
                && last >= 0
                && turn.content.get(last) instanceof Part.Text text) {
            turn.content.set(last, new Part.Text(text.text(), turn.cacheControl));
        }
        return turn.content;
    }
}
