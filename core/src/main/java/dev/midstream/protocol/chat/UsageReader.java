package dev.midstream.protocol.chat;

import dev.midstream.model.Usage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a {@code usage} object with the members of OpenAI, and those of DeepSeek and Anthropic that
 * others add.
 */
final class UsageReader {

    private final JsonParser parser;
    private final Supplier<@Nullable String> nextMember;
    private int input = Usage.UNKNOWN;
    private int output = Usage.UNKNOWN;
    private int cacheRead = Usage.UNKNOWN;
    private int cacheWrite = Usage.UNKNOWN;
    private int reasoning = Usage.UNKNOWN;

    private UsageReader(JsonParser parser, Supplier<@Nullable String> nextMember) {
        this.parser = parser;
        this.nextMember = nextMember;
    }

    /**
     * Reads the value that the parser is on.
     *
     * @param nextMember steps to the next member and gives its name, null at the object's end
     * @return null if it says nothing
     */
    static @Nullable Usage read(JsonParser parser, Supplier<@Nullable String> nextMember) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        UsageReader reader = new UsageReader(parser, nextMember);
        reader.members();
        return reader.input == Usage.UNKNOWN && reader.output == Usage.UNKNOWN
                ? null
                : new Usage(
                        reader.input,
                        reader.output,
                        reader.cacheRead,
                        reader.cacheWrite,
                        reader.reasoning,
                        false);
    }

    private void members() {
        String name;
        while ((name = nextMember.get()) != null) {
            switch (name) {
                case "prompt_tokens" -> input = count(input);
                case "completion_tokens" -> output = count(output);
                case "prompt_cache_hit_tokens", "cached_tokens", "cache_read_input_tokens" ->
                        cacheRead = count(cacheRead);
                case "cache_write_tokens", "cache_creation_input_tokens" ->
                        cacheWrite = count(cacheWrite);
                case "reasoning_tokens" -> reasoning = count(reasoning);
                case "prompt_tokens_details", "completion_tokens_details" -> nested();
                default -> parser.skipChildren();
            }
        }
    }

    private void nested() {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            members();
        } else {
            parser.skipChildren();
        }
    }

    private int count(int otherwise) {
        if (!parser.currentToken().isNumeric()) {
            parser.skipChildren();
            return otherwise;
        }
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, parser.getValueAsLong(0)));
    }
}
