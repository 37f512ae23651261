package dev.midstream.protocol.responses;

import dev.midstream.model.Usage;
import tools.jackson.databind.JsonNode;

/** Reads the token counts of a response. Stateless. */
final class ResponseUsage {

    private ResponseUsage() {}

    static Usage read(JsonNode usage) {
        JsonNode input = usage.path("input_tokens_details");
        JsonNode output = usage.path("output_tokens_details");
        return new Usage(
                count(usage, "input_tokens"),
                count(usage, "output_tokens"),
                count(input, "cached_tokens"),
                count(input, "cache_write_tokens"),
                count(output, "reasoning_tokens"),
                false);
    }

    private static int count(JsonNode object, String name) {
        long count = JsonTree.number(object, name, Usage.UNKNOWN);
        return (int) Math.min(count, Integer.MAX_VALUE);
    }
}
