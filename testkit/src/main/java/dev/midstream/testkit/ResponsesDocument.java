package dev.midstream.testkit;

import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The response object of one answer: whole as an answer of its own, and inside the events that tell
 * of a stream's life.
 *
 * <p><b>Source.</b> The OpenAPI description of the OpenAI API, read in 2026; what the request does
 * not say is repeated with OpenAI's defaults.
 */
final class ResponsesDocument {

    private static final String IN_PROGRESS = "in_progress";

    private final ResponsesRequest request;
    private final Dialect.Ids ids;

    ResponsesDocument(ResponsesRequest request, Dialect.Ids ids) {
        this.request = request;
        this.ids = ids;
    }

    String id() {
        return ids.with("resp_");
    }

    /** A response that is not over. */
    ObjectNode waiting() {
        return of("queued", Json.array(), null, null, null);
    }

    /** A response that is not over. */
    ObjectNode running(ArrayNode output) {
        return of(IN_PROGRESS, output, null, null, null);
    }

    /** A response that came to its end as this finish reason says. */
    ObjectNode finished(Finish finish, ArrayNode output, Usage usage) {
        return switch (finish.reason()) {
            case "stop", "tool_calls" -> of("completed", output, null, null, usage);
            case "length" -> of("incomplete", output, null, "max_output_tokens", usage);
            default -> of("incomplete", output, null, finish.reason(), usage);
        };
    }

    ObjectNode failed(String code, String message, ArrayNode output) {
        ObjectNode error = Json.object().put("code", code).put("message", message);
        return of("failed", output, error, null, null);
    }

    ObjectNode cancelled(ArrayNode output) {
        return of("cancelled", output, null, null, null);
    }

    private ObjectNode of(
            String status,
            ArrayNode output,
            @Nullable ObjectNode error,
            @Nullable String incompleteReason,
            @Nullable Usage usage) {
        ObjectNode response =
                Json.object()
                        .put("id", id())
                        .put("object", "response")
                        .put("created_at", ids.created())
                        .put("status", status)
                        .put("background", request.inBackground());
        response.set("error", error);
        response.set(
                "incomplete_details",
                incompleteReason == null ? null : Json.object().put("reason", incompleteReason));
        repeat(response, "instructions", Json.read("null"));
        repeat(response, "max_output_tokens", Json.read("null"));
        response.put("model", request.model());
        response.set("output", output.deepCopy());
        repeat(response, "parallel_tool_calls", Json.read("true"));
        repeat(response, "previous_response_id", Json.read("null"));
        repeat(response, "reasoning", Json.read("{\"effort\":null,\"summary\":null}"));
        response.put("store", request.isStored());
        repeat(response, "temperature", Json.read("1.0"));
        repeat(response, "text", Json.read("{\"format\":{\"type\":\"text\"}}"));
        repeat(response, "tool_choice", Json.read("\"auto\""));
        repeat(response, "tools", Json.array());
        repeat(response, "top_p", Json.read("1.0"));
        repeat(response, "truncation", Json.read("\"disabled\""));
        response.set("usage", usage == null ? null : usage(usage));
        repeat(response, "metadata", Json.object());
        return response;
    }

    private void repeat(ObjectNode response, String member, JsonNode otherwise) {
        JsonNode asked = request.body().path(member);
        response.set(member, asked.isMissingNode() ? otherwise : asked);
    }

    private static ObjectNode usage(Usage usage) {
        ObjectNode node = Json.object().put("input_tokens", usage.input());
        node.putObject("input_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("cache_write_tokens", 0);
        node.put("output_tokens", usage.output());
        node.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        return node.put("total_tokens", usage.input() + usage.output());
    }
}
