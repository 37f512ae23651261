package dev.midstream.bench;

import static dev.midstream.bench.ProviderStream.quoted;

import java.util.List;

/** The events of a provider that speaks Messages. */
final class MessagesProvider {

    private static final String START =
            event(
                    "message_start",
                    "\"message\":{\"id\":\"msg_01A1b2C3d4E5f6G7h8I9j0K1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                            + "\"claude\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":"
                            + "{\"input_tokens\":9,\"output_tokens\":1}}");

    private MessagesProvider() {}

    static ProviderStream stream(Content content, List<String> pieces) {
        String block =
                switch (content) {
                    case TEXT -> "\"type\":\"text\",\"text\":\"\"";
                    case REASONING -> "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"";
                    case ARGUMENTS ->
                            "\"type\":\"tool_use\",\"id\":\"toolu_01A1b2C3\",\"name\":\"write\",\"input\":{}";
                };
        return ProviderStream.of(
                START + begin(0, block) + event("ping", ""),
                pieces.stream().map(piece -> increment(content, piece)).toList(),
                closing(content));
    }

    private static String increment(Content content, String piece) {
        return switch (content) {
            case TEXT -> delta(0, "text_delta", "text", piece);
            case REASONING -> delta(0, "thinking_delta", "thinking", piece);
            case ARGUMENTS -> delta(0, "input_json_delta", "partial_json", piece);
        };
    }

    private static String closing(Content content) {
        String reason = content == Content.ARGUMENTS ? "tool_use" : "end_turn";
        return switch (content) {
                    case TEXT, ARGUMENTS -> stop(0);
                    case REASONING ->
                            delta(0, "signature_delta", "signature", "c2lnbmVk")
                                    + stop(0)
                                    + begin(1, "\"type\":\"text\",\"text\":\"\"")
                                    + delta(1, "text_delta", "text", "Done.")
                                    + stop(1);
                }
                + event(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":\""
                                + reason
                                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1000}")
                + event("message_stop", "");
    }

    private static String begin(int index, String block) {
        return event(
                "content_block_start", "\"index\":" + index + ",\"content_block\":{" + block + "}");
    }

    private static String delta(int index, String type, String member, String text) {
        return event(
                "content_block_delta",
                "\"index\":"
                        + index
                        + ",\"delta\":{\"type\":\""
                        + type
                        + "\",\""
                        + member
                        + "\":"
                        + quoted(text)
                        + "}      ");
    }

    private static String stop(int index) {
        return event("content_block_stop", "\"index\":" + index);
    }

    private static String event(String type, String members) {
        String further = members.isEmpty() ? "" : "," + members;
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + further + "}\n\n";
    }
}
