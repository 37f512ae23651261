package dev.midstream.testkit;

import dev.midstream.testkit.Step.HttpError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of the Responses protocol, read as OpenAI reads it.
 *
 * @param input the input items; a string is one message of the user
 */
record ResponsesRequest(JsonNode body, List<JsonNode> input) {

    private static final Set<String> ITEM_TYPES =
            Set.of(
                    "message",
                    "function_call",
                    "function_call_output",
                    "reasoning",
                    "item_reference",
                    "custom_tool_call",
                    "custom_tool_call_output",
                    "web_search_call",
                    "file_search_call",
                    "computer_call",
                    "computer_call_output",
                    "code_interpreter_call",
                    "image_generation_call",
                    "local_shell_call",
                    "local_shell_call_output",
                    "shell_call",
                    "shell_call_output",
                    "apply_patch_call",
                    "apply_patch_call_output",
                    "mcp_list_tools",
                    "mcp_approval_request",
                    "mcp_approval_response",
                    "mcp_call",
                    "compaction");

    private static final Set<String> ROLES = Set.of("user", "assistant", "system", "developer");
    private static final Set<String> SPOKEN = Set.of("output_text", "refusal");
    private static final Set<String> GIVEN = Set.of("input_text", "input_image", "input_file");

    static ResponsesRequest of(RecordedRequest request) {
        JsonNode body = request.jsonOrMissing();
        List<JsonNode> input = new ArrayList<>();
        if (body.path("input").isString()) {
            input.add(userMessage(body.path("input").asString()));
        } else {
            body.path("input").forEach(input::add);
        }
        return new ResponsesRequest(body, List.copyOf(input));
    }

    /** What an item is; a message need not say so. */
    static String type(JsonNode item) {
        return item.path("type").asString(item.has("role") ? "message" : "");
    }

    String model() {
        return body.path("model").asString("");
    }

    boolean inBackground() {
        return body.path("background").asBoolean(false);
    }

    boolean isStored() {
        return body.path("store").asBoolean(true);
    }

    boolean includes(String what) {
        for (JsonNode each : body.path("include")) {
            if (each.asString("").equals(what)) {
                return true;
            }
        }
        return false;
    }

    /** The response that this one follows; empty for none. */
    Optional<String> previous() {
        return Optional.of(body.path("previous_response_id").asString(""))
                .filter(id -> !id.isEmpty());
    }

    /** What is wrong with it, whatever was answered before. */
    Optional<HttpError> objection() {
        for (String required : List.of("model", "input")) {
            if (body.path(required).isMissingNode() || body.path(required).isNull()) {
                return Optional.of(missing(required));
            }
        }
        if (inBackground() && !isStored()) {
            return Optional.of(
                    refusal("Background mode requires 'store' to be true.", null, "background"));
        }
        for (int i = 0; i < input.size(); i++) {
            Optional<HttpError> objection = itemObjection("input[" + i + "]", input.get(i));
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    static HttpError refusal(String message, @Nullable String code, @Nullable String param) {
        return new HttpError(400, "invalid_request_error", message, code, param, Map.of());
    }

    private static Optional<HttpError> itemObjection(String at, JsonNode item) {
        String type = type(item);
        return switch (type) {
            case "message" -> messageObjection(at, item);
            case "function_call" -> required(at, item, "call_id", "name", "arguments");
            case "function_call_output" -> required(at, item, "call_id", "output");
            case "reasoning" -> required(at, item, "summary");
            case "item_reference" -> required(at, item, "id");
            default ->
                    ITEM_TYPES.contains(type)
                            ? Optional.empty()
                            : Optional.of(invalid(item.path("type"), ITEM_TYPES, at));
        };
    }

    private static Optional<HttpError> messageObjection(String at, JsonNode item) {
        JsonNode role = item.path("role");
        if (!ROLES.contains(role.asString(""))) {
            return Optional.of(invalid(role, ROLES, at + ".role"));
        }
        JsonNode content = item.path("content");
        if (!content.isArray()) {
            return required(at, item, "content");
        }
        Set<String> legal = role.asString().equals("assistant") ? SPOKEN : GIVEN;
        for (int i = 0; i < content.size(); i++) {
            JsonNode type = content.get(i).path("type");
            if (!legal.contains(type.asString(""))) {
                return Optional.of(invalid(type, legal, at + ".content[" + i + "]"));
            }
        }
        return Optional.empty();
    }

    private static Optional<HttpError> required(String at, JsonNode item, String... members) {
        for (String member : members) {
            if (!item.has(member)) {
                return Optional.of(missing(at + "." + member));
            }
        }
        return Optional.empty();
    }

    private static HttpError missing(String param) {
        return refusal(
                "Missing required parameter: '" + param + "'.",
                "missing_required_parameter",
                param);
    }

    private static HttpError invalid(JsonNode value, Set<String> legal, String param) {
        String supported = "'" + String.join("', '", legal.stream().sorted().toList()) + "'";
        return refusal(
                "Invalid value: '"
                        + value.asString("")
                        + "'. Supported values are: "
                        + supported
                        + ".",
                "invalid_value",
                param);
    }

    private static ObjectNode userMessage(String text) {
        ObjectNode message = Json.object().put("type", "message").put("role", "user");
        message.putArray("content").addObject().put("type", "input_text").put("text", text);
        return message;
    }
}
