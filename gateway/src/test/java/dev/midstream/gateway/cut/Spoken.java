package dev.midstream.gateway.cut;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model says, as the events of each protocol.
 *
 * <p><b>Source.</b> The streams of OpenAI's and Anthropic's API references, in the order that their
 * servers keep.
 */
final class Spoken {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PIECE = 6;

    enum Kind {
        REASONING,
        TEXT,
        CALL
    }

    /** Something said in one go; {@code id} and {@code name} are those of a call. */
    record Piece(Kind kind, String text, String id, String name) {
        static Piece reasoning(String text) {
            return new Piece(Kind.REASONING, text, "", "");
        }

        static Piece text(String text) {
            return new Piece(Kind.TEXT, text, "", "");
        }

        static Piece call(String id, String name, String arguments) {
            return new Piece(Kind.CALL, arguments, id, name);
        }

        /** Its deltas; none for an empty one. */
        List<String> deltas() {
            List<String> deltas = new ArrayList<>();
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + PIECE);
                end += end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
                deltas.add(text.substring(at, end));
                at = end;
            }
            return deltas;
        }
    }

    private final List<String> events = new ArrayList<>();
    private final List<Object> output = new ArrayList<>();
    private int number;

    private Spoken() {}

    /** The events of an answer, each with its blank line. */
    static List<String> events(String protocol, List<Piece> pieces) {
        Spoken spoken = new Spoken();
        switch (protocol) {
            case "openai-chat" -> spoken.chat(pieces);
            case "anthropic-messages" -> spoken.messages(pieces);
            case "openai-responses" -> spoken.responses(pieces);
            default -> throw new IllegalArgumentException(protocol);
        }
        return spoken.events;
    }

    /** An overload, told inside a stream. */
    static String overloaded(String protocol) {
        Map<String, Object> error =
                of("message", "Overloaded", "type", "overloaded_error", "code", null);
        return switch (protocol) {
            case "openai-chat" -> event(null, of("error", error));
            case "anthropic-messages" -> event("error", of("type", "error", "error", error));
            default -> event("error", of("type", "error", "error", error));
        };
    }

    private static boolean calls(List<Piece> pieces) {
        return pieces.getLast().kind() == Kind.CALL;
    }

    private static Map<String, Object> of(@Nullable Object... members) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            map.put(String.valueOf(members[i]), members[i + 1]);
        }
        return map;
    }

    private static String event(@Nullable String name, Object data) {
        String head = name == null ? "" : "event: " + name + "\n";
        return head + "data: " + JSON.writeValueAsString(data) + "\n\n";
    }

    // -------------------------------------------------------------------------------------- chat

    private void chat(List<Piece> pieces) {
        chunk(of("role", "assistant", "content", ""), null);
        int call = 0;
        for (Piece piece : pieces) {
            if (piece.kind() == Kind.CALL) {
                call(piece, call++);
                continue;
            }
            String member = piece.kind() == Kind.TEXT ? "content" : "reasoning_content";
            piece.deltas().forEach(delta -> chunk(of(member, delta), null));
        }
        chunk(of(), calls(pieces) ? "tool_calls" : "stop");
        Object usage = of("prompt_tokens", 9, "completion_tokens", 20, "total_tokens", 29);
        events.add(event(null, whole(List.of(), usage)));
        events.add("data: [DONE]\n\n");
    }

    private void call(Piece piece, int index) {
        Object opened = of("name", piece.name(), "arguments", "");
        delta(of("index", index, "id", piece.id(), "type", "function", "function", opened));
        for (String text : piece.deltas()) {
            delta(of("index", index, "function", of("arguments", text)));
        }
    }

    private void delta(Object call) {
        chunk(of("tool_calls", List.of(call)), null);
    }

    private void chunk(Object delta, @Nullable String finish) {
        Object choice = of("index", 0, "delta", delta, "finish_reason", finish);
        events.add(event(null, whole(List.of(choice), null)));
    }

    private static Object whole(Object choices, @Nullable Object usage) {
        return of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion.chunk",
                "created",
                1,
                "model",
                "m",
                "choices",
                choices,
                "usage",
                usage);
    }

    // ---------------------------------------------------------------------------------- messages

    private void messages(List<Piece> pieces) {
        Object usage = of("input_tokens", 9, "output_tokens", 1);
        Map<String, Object> message = of("id", "msg_1", "type", "message", "role", "assistant");
        message.putAll(of("model", "m", "content", List.of(), "stop_reason", null));
        message.putAll(of("stop_sequence", null, "usage", usage));
        named(of("type", "message_start", "message", message));
        named(of("type", "ping"));
        for (int i = 0; i < pieces.size(); i++) {
            block(pieces.get(i), i);
        }
        String reason = calls(pieces) ? "tool_use" : "end_turn";
        Object stop = of("stop_reason", reason, "stop_sequence", null);
        named(of("type", "message_delta", "delta", stop, "usage", of("output_tokens", 20)));
        named(of("type", "message_stop"));
    }

    private void block(Piece piece, int index) {
        Object opened =
                switch (piece.kind()) {
                    case REASONING -> of("type", "thinking", "thinking", "", "signature", "");
                    case TEXT -> of("type", "text", "text", "");
                    case CALL ->
                            of(
                                    "type",
                                    "tool_use",
                                    "id",
                                    piece.id(),
                                    "name",
                                    piece.name(),
                                    "input",
                                    of());
                };
        named(of("type", "content_block_start", "index", index, "content_block", opened));
        for (String text : piece.deltas()) {
            switch (piece.kind()) {
                case REASONING -> delta(index, of("type", "thinking_delta", "thinking", text));
                case TEXT -> delta(index, of("type", "text_delta", "text", text));
                case CALL -> delta(index, of("type", "input_json_delta", "partial_json", text));
            }
        }
        if (piece.kind() == Kind.REASONING) {
            delta(index, of("type", "signature_delta", "signature", "c2lnbmVk"));
        }
        named(of("type", "content_block_stop", "index", index));
    }

    private void delta(int index, Object delta) {
        named(of("type", "content_block_delta", "index", index, "delta", delta));
    }

    private void named(Map<String, Object> data) {
        events.add(event(String.valueOf(data.get("type")), data));
    }

    // --------------------------------------------------------------------------------- responses

    private void responses(List<Piece> pieces) {
        numbered("response.created", of("response", response("in_progress", null)));
        numbered("response.in_progress", of("response", response("in_progress", null)));
        for (int i = 0; i < pieces.size(); i++) {
            item(pieces.get(i), i);
        }
        Map<String, Object> usage = of("input_tokens", 9, "output_tokens", 20, "total_tokens", 29);
        usage.put("input_tokens_details", of("cached_tokens", 0, "cache_write_tokens", 0));
        usage.put("output_tokens_details", of("reasoning_tokens", 0));
        numbered("response.completed", of("response", response("completed", usage)));
    }

    private Object response(String status, @Nullable Object usage) {
        Map<String, Object> response = of("id", "resp_1", "object", "response", "created_at", 1);
        response.putAll(of("status", status, "model", "m", "output", output, "error", null));
        response.putAll(of("incomplete_details", null, "usage", usage, "instructions", null));
        response.putAll(of("parallel_tool_calls", true, "tools", List.of(), "metadata", of()));
        response.putAll(of("temperature", 1.0, "top_p", 1.0, "tool_choice", "auto"));
        return response;
    }

    private void item(Piece piece, int index) {
        opened("response.output_item.added", index, item(piece, index, false));
        Map<String, Object> at = of("item_id", id(piece, index), "output_index", index);
        switch (piece.kind()) {
            case REASONING -> summary(piece, at);
            case TEXT -> content(piece, at);
            case CALL -> arguments(piece, at);
        }
        Object whole = item(piece, index, true);
        output.add(whole);
        opened("response.output_item.done", index, whole);
    }

    private void opened(String type, int index, Object item) {
        numbered(type, of("output_index", index, "item", item));
    }

    private static String id(Piece piece, int index) {
        return switch (piece.kind()) {
            case REASONING -> "rs_" + index;
            case TEXT -> "msg_" + index;
            case CALL -> "fc_" + index;
        };
    }

    private static Object item(Piece piece, int index, boolean done) {
        Map<String, Object> item = of("id", id(piece, index));
        String text = done ? piece.text() : "";
        switch (piece.kind()) {
            case REASONING -> {
                Object part = of("type", "summary_text", "text", text);
                item.putAll(of("type", "reasoning", "summary", done ? List.of(part) : List.of()));
                if (done) {
                    item.put("encrypted_content", "c2VhbGVk");
                }
            }
            case TEXT -> {
                item.putAll(of("type", "message", "role", "assistant", "status", status(done)));
                item.put("content", done ? List.of(part(text)) : List.of());
            }
            case CALL -> {
                item.putAll(of("type", "function_call", "status", status(done), "arguments", text));
                item.putAll(of("call_id", piece.id(), "name", piece.name()));
            }
        }
        return item;
    }

    private static String status(boolean done) {
        return done ? "completed" : "in_progress";
    }

    private static Object part(String text) {
        return of(
                "type",
                "output_text",
                "text",
                text,
                "annotations",
                List.of(),
                "logprobs",
                List.of());
    }

    private void summary(Piece piece, Map<String, Object> at) {
        at.put("summary_index", 0);
        Object empty = of("type", "summary_text", "text", "");
        Object whole = of("type", "summary_text", "text", piece.text());
        numbered("response.reasoning_summary_part.added", at, "part", empty);
        for (String delta : piece.deltas()) {
            numbered("response.reasoning_summary_text.delta", at, "delta", delta);
        }
        numbered("response.reasoning_summary_text.done", at, "text", piece.text());
        numbered("response.reasoning_summary_part.done", at, "part", whole);
    }

    private void content(Piece piece, Map<String, Object> at) {
        at.put("content_index", 0);
        numbered("response.content_part.added", at, "part", part(""));
        at.put("logprobs", List.of());
        for (String delta : piece.deltas()) {
            numbered("response.output_text.delta", at, "delta", delta);
        }
        numbered("response.output_text.done", at, "text", piece.text());
        at.remove("logprobs");
        numbered("response.content_part.done", at, "part", part(piece.text()));
    }

    private void arguments(Piece piece, Map<String, Object> at) {
        for (String delta : piece.deltas()) {
            numbered("response.function_call_arguments.delta", at, "delta", delta);
        }
        at.put("name", piece.name());
        numbered("response.function_call_arguments.done", at, "arguments", piece.text());
    }

    private void numbered(String type, Map<String, Object> at, String member, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(at);
        members.put(member, value);
        numbered(type, members);
    }

    private void numbered(String type, Map<String, Object> members) {
        Map<String, Object> data = of("type", type, "sequence_number", number++);
        data.putAll(members);
        events.add(event(type, data));
    }
}
