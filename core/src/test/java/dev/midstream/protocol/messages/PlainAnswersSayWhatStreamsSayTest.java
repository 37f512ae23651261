package dev.midstream.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A whole message as the Messages API answers it (Anthropic's API reference, read 2026-11). */
class PlainAnswersSayWhatStreamsSayTest {

    private static final String MESSAGE =
            """
            {
              "id": "msg_01", "type": "message", "role": "assistant", "model": "claude-sonnet-4-6",
              "content": [
                {"type": "thinking", "thinking": "Hm \\"so\\"", "signature": "c2ln"},
                {"type": "redacted_thinking", "data": "Em"},
                {"type": "text", "text": "Rain.", "citations": [{"type": "char_location"}]},
                {"type": "tool_use", "id": "toolu_01", "name": "weather", "input": {"days": 1.50}},
                {"type": "tool_use", "id": "toolu_02", "name": "now", "input": {}},
                {"type": "web_search_tool_result", "tool_use_id": "s", "content": []}
              ],
              "stop_reason": "tool_use", "stop_sequence": null,
              "usage": {"input_tokens": 10, "cache_read_input_tokens": 5, "output_tokens": 7}
            }
            """;

    @Test
    void everyBlockIsTold() {
        Golden.check("message.plain.events", Decoding.lines(Decoding.plain(MESSAGE)));
    }

    @Test
    void aServerThatDoesNotStreamIsUnderstood() {
        assertThat(Decoding.stream(MESSAGE)).isEqualTo(Decoding.plain(MESSAGE));
    }

    @Test
    void aCutMessageSaysNothing() {
        for (int end = 0; end < MESSAGE.length() - 2; end++) {
            assertThat(Decoding.plain(MESSAGE.substring(0, end))).isEmpty();
        }
    }
}
