package dev.midstream.testkit;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The words of the Responses protocol: which events there are, and which items they are about.
 *
 * <p><b>Source.</b> The union of stream events in the OpenAPI description of the OpenAI API, and
 * the {@code keepalive} that its SDKs let pass, read in 2026.
 */
final class ResponsesVocabulary {

    /** Events that carry the whole response. */
    static final Set<String> LIFECYCLE =
            Set.of(
                    "response.created",
                    "response.queued",
                    "response.in_progress",
                    "response.completed",
                    "response.incomplete",
                    "response.failed");

    /** The last events of a stream. */
    static final Set<String> TERMINAL =
            Set.of("response.completed", "response.incomplete", "response.failed");

    /** Events of the union that are about no item. */
    static final Set<String> ITEMLESS =
            Set.of(
                    "response.audio.delta",
                    "response.audio.done",
                    "response.audio.transcript.delta",
                    "response.audio.transcript.done");

    private static final Map<String, String> OWNERS = owners();

    private ResponsesVocabulary() {}

    /** The type of the item that an event is about; null for an event of another kind. */
    static @Nullable String owner(String event) {
        return OWNERS.get(event);
    }

    /** The members of every response object. */
    static Set<String> responseMembers() {
        return Set.of(
                "id",
                "object",
                "created_at",
                "status",
                "error",
                "incomplete_details",
                "instructions",
                "model",
                "tools",
                "output",
                "parallel_tool_calls",
                "metadata",
                "tool_choice",
                "temperature",
                "top_p");
    }

    private static Map<String, String> owners() {
        Map<String, String> owners = new TreeMap<>();
        put(owners, "message", "output_text", "delta", "done", "annotation.added");
        put(owners, "message", "refusal", "delta", "done");
        put(owners, "reasoning", "reasoning_text", "delta", "done");
        put(owners, "reasoning", "reasoning_summary_part", "added", "done");
        put(owners, "reasoning", "reasoning_summary_text", "delta", "done");
        put(owners, "function_call", "function_call_arguments", "delta", "done");
        put(owners, "custom_tool_call", "custom_tool_call_input", "delta", "done");
        put(owners, "mcp_call", "mcp_call_arguments", "delta", "done");
        put(owners, "mcp_call", "mcp_call", "in_progress", "completed", "failed");
        put(owners, "mcp_list_tools", "mcp_list_tools", "in_progress", "completed", "failed");
        for (String call : Set.of("file_search_call", "web_search_call")) {
            put(owners, call, call, "in_progress", "searching", "completed");
        }
        String code = "code_interpreter_call";
        put(owners, code, code, "in_progress", "interpreting", "completed");
        put(owners, code, "code_interpreter_call_code", "delta", "done");
        String image = "image_generation_call";
        put(owners, image, image, "in_progress", "generating", "completed", "partial_image");
        put(owners, "shell_call", "shell_call_command", "added", "delta", "done");
        put(owners, "shell_call_output", "shell_call_output_content", "delta", "done");
        return Map.copyOf(owners);
    }

    private static void put(
            Map<String, String> owners, String item, String family, String... events) {
        for (String event : events) {
            owners.put("response." + family + "." + event, item);
        }
    }
}
