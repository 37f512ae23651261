package dev.midstream.bench;

import static dev.midstream.bench.ProviderStream.quoted;

import java.util.List;

/** The chunks of a provider that speaks Chat Completions. */
final class ChatProvider {

    private static final String HEAD =
            "data: {\"id\":\"chatcmpl-A1b2C3d4E5f6G7h8I9j0K1l2M3n4\",\"object\":\"chat.completion.chunk\",\"created\":"
                    + "1770933892,\"model\":\"gpt-x-2026-01-01\",\"service_tier\":\"default\",\"system_fingerprint\":"
                    + "\"fp_0123456789\",\"choices\":[";
    private static final String TAIL = "],\"usage\":null,\"obfuscation\":\"k3JdX\"}\n\n";

    private ChatProvider() {}

    static ProviderStream stream(Content content, List<String> pieces) {
        String opening = delta("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null");
        if (content == Content.ARGUMENTS) {
            opening +=
                    delta(
                            "\"tool_calls\":[{\"index\":0,\"id\":\"call_A1b2C3\",\"type\":\"function\","
                                    + "\"function\":{\"name\":\"write\",\"arguments\":\"\"}}]");
        }
        return ProviderStream.of(
                opening,
                pieces.stream().map(piece -> delta(increment(content, piece))).toList(),
                closing(content));
    }

    private static String increment(Content content, String piece) {
        return switch (content) {
            case TEXT -> "\"content\":" + quoted(piece);
            case REASONING -> "\"reasoning_content\":" + quoted(piece);
            case ARGUMENTS ->
                    "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
                            + quoted(piece)
                            + "}}]";
        };
    }

    private static String closing(Content content) {
        String answer = content == Content.REASONING ? delta("\"content\":\"Done.\"") : "";
        return answer
                + choice("", content == Content.ARGUMENTS ? "\"tool_calls\"" : "\"stop\"")
                + HEAD
                + "],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1000,\"total_tokens\":1009}}\n\n"
                + "data: [DONE]\n\n";
    }

    private static String delta(String members) {
        return choice(members, "null");
    }

    private static String choice(String delta, String finish) {
        return HEAD
                + "{\"index\":0,\"delta\":{"
                + delta
                + "},\"logprobs\":null,\"finish_reason\":"
                + finish
                + "}"
                + TAIL;
    }
}
