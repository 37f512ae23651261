package dev.midstream.protocol.messages;

import dev.midstream.json.JsonOut;
import dev.midstream.model.Usage;

/**
 * Writes a {@code usage} object: cached tokens are told apart from {@code input_tokens}, and what
 * nobody told is 0 where clients want a figure and left out elsewhere.
 */
final class MessageUsage {

    private MessageUsage() {}

    /** Usage as far as it is known when an answer begins. */
    static void atStart(JsonOut out, Usage usage) {
        out.open('{').member("input_tokens", Math.max(0, fresh(usage)));
        out.member("cache_creation_input_tokens", Math.max(0, usage.cacheWrite()));
        out.member("cache_read_input_tokens", Math.max(0, usage.cacheRead()));
        out.member("output_tokens", 0).close('}');
    }

    /** The cumulative usage of the end; an unknown figure leaves that of the start to clients. */
    static void atEnd(JsonOut out, Usage usage) {
        out.open('{');
        if (usage.input() >= 0) {
            out.member("input_tokens", fresh(usage));
        }
        if (usage.cacheWrite() >= 0) {
            out.member("cache_creation_input_tokens", usage.cacheWrite());
        }
        if (usage.cacheRead() >= 0) {
            out.member("cache_read_input_tokens", usage.cacheRead());
        }
        out.member("output_tokens", Math.max(0, usage.output()));
        if (usage.reasoning() >= 0) {
            out.name("output_tokens_details").open('{');
            out.member("thinking_tokens", usage.reasoning()).close('}');
        }
        out.close('}');
    }

    /** The prompt's tokens that no cache had a part in. */
    static long fresh(Usage usage) {
        long cached = Math.max(0, usage.cacheRead()) + (long) Math.max(0, usage.cacheWrite());
        return Math.max(0, usage.input() - cached);
    }
}
