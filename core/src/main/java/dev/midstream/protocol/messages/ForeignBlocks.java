package dev.midstream.protocol.messages;

import dev.midstream.model.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells content blocks that are carried as they are from what other protocols carry so. Stateless.
 *
 * <p><b>Source</b>: the union of content blocks in Anthropic's SDKs (2026-11).
 */
final class ForeignBlocks {

    private static final Set<String> OTHER_TYPES =
            Set.of("redacted_thinking", "container_upload", "compaction", "fallback");

    private ForeignBlocks() {}

    /** The type of a content block of this protocol's, null if it is none. */
    static @Nullable String type(@Nullable Json raw) {
        String type = raw == null ? null : JsonText.scalar(raw.text(), "type");
        boolean ours =
                type != null && (OTHER_TYPES.contains(type) || isCall(type) || isResult(type));
        return ours ? type : null;
    }

    /** Whether the block is a call of a tool that the provider runs. */
    static boolean isCall(String type) {
        return type.equals("server_tool_use") || type.equals("mcp_tool_use");
    }

    private static boolean isResult(String type) {
        return type.endsWith("_tool_result");
    }

    /** The type of a delta of this protocol's, null if it is none. */
    static @Nullable String deltaType(Json raw) {
        String type = JsonText.scalar(raw.text(), "type");
        return type != null && type.endsWith("_delta") ? type : null;
    }
}
