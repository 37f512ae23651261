package dev.midstream.protocol.chat;

import dev.midstream.json.JsonOut;
import dev.midstream.model.Usage;

/**
 * Writes a {@code usage} object. What is unknown counts as 0 where OpenAI requires a figure, and is
 * left out elsewhere.
 */
final class ChatUsageWriter {

    private ChatUsageWriter() {}

    static void write(JsonOut out, Usage usage) {
        long input = Math.max(0, usage.input());
        long output = Math.max(0, usage.output());
        out.open('{').member("prompt_tokens", input).member("completion_tokens", output);
        out.member("total_tokens", input + output);
        if (usage.cacheRead() >= 0 || usage.cacheWrite() >= 0) {
            out.name("prompt_tokens_details").open('{');
            out.member("cached_tokens", Math.max(0, usage.cacheRead()));
            if (usage.cacheWrite() >= 0) {
                out.member("cache_write_tokens", usage.cacheWrite());
            }
            out.close('}');
        }
        if (usage.reasoning() >= 0) {
            out.name("completion_tokens_details").open('{');
            out.member("reasoning_tokens", usage.reasoning()).close('}');
        }
        out.close('}');
    }
}
