package dev.midstream.testkit;

import dev.midstream.testkit.Conversation.Turn;
import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.HttpError;
import dev.midstream.testkit.Step.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic Messages, on Anthropic's own path and on those of Vertex AI. */
final class MessagesDialect extends Dialect {

    private static final Pattern VERTEX =
            Pattern.compile(".*/publishers/anthropic/models/([^/]+):(stream)?[rR]awPredict");

    private final Set<MessagesQuirk> quirks;

    MessagesDialect(Set<MessagesQuirk> quirks) {
        this.quirks = Set.copyOf(quirks);
    }

    boolean has(MessagesQuirk quirk) {
        return quirks.contains(quirk);
    }

    @Override
    public String protocol() {
        return "anthropic-messages";
    }

    @Override
    String basePath() {
        return "";
    }

    @Override
    boolean serves(String method, String path) {
        return method.equals("POST") && (path.endsWith("/v1/messages") || isVertex(path));
    }

    @Override
    String model(RecordedRequest request) {
        Matcher vertex = VERTEX.matcher(request.path());
        return vertex.matches()
                ? vertex.group(1)
                : request.jsonOrMissing().path("model").asString("");
    }

    // ------------------------------------------------------------------------------- objections

    @Override
    Optional<HttpError> objection(RecordedRequest request) {
        JsonNode body = request.jsonOrMissing();
        return Optional.ofNullable(
                        isVertex(request.path())
                                ? vertexObjection(request.path(), body)
                                : ownObjection(request, body))
                .or(() -> Optional.ofNullable(bodyObjection(request, body)))
                .map(message -> new HttpError(400, "invalid_request_error", message));
    }

    private static @Nullable String vertexObjection(String path, JsonNode body) {
        if (body.has("model")) {
            return "model: Extra inputs are not permitted";
        }
        if (!body.path("anthropic_version").asString("").equals("vertex-2023-10-16")) {
            return "anthropic_version: Field required";
        }
        boolean streamPath = path.endsWith(":streamRawPredict");
        return streamPath == body.path("stream").asBoolean(false)
                ? null
                : "stream: does not fit the method of " + path;
    }

    private static @Nullable String ownObjection(RecordedRequest request, JsonNode body) {
        if (request.headers().first("anthropic-version").isEmpty()) {
            return "anthropic-version: header is required";
        }
        return body.has("model") ? null : "model: Field required";
    }

    private static @Nullable String bodyObjection(RecordedRequest request, JsonNode body) {
        if (!body.path("max_tokens").isIntegralNumber()) {
            return "max_tokens: Field required";
        }
        List<Turn> turns = Conversation.of(request).turns();
        if (turns.isEmpty()) {
            return "messages: at least one message is required";
        }
        for (int i = 0; i < turns.size(); i++) {
            if (!turns.get(i).is("user") && !turns.get(i).is("assistant")) {
                return "messages." + i + ".role: Input should be 'user' or 'assistant'";
            }
            if (hasEmptyText(turns.get(i).message().path("content"))) {
                return "messages: text content blocks must be non-empty";
            }
        }
        Turn last = turns.getLast();
        return last.is("assistant") && !last.text().equals(last.text().stripTrailing())
                ? "messages: final assistant content cannot end with trailing whitespace"
                : null;
    }

    private static boolean hasEmptyText(JsonNode content) {
        if (content.isString()) {
            return content.asString().isEmpty();
        }
        for (JsonNode part : content) {
            if (part.path("type").asString("").equals("text")
                    && part.path("text").asString("").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVertex(String path) {
        return VERTEX.matcher(path).matches();
    }

    // ---------------------------------------------------------------------------------- answers

    @Override
    Map<String, String> headers(Ids ids) {
        return Map.of("request-id", ids.with("req_"));
    }

    @Override
    Encoder encoder(RecordedRequest request, Ids ids, List<Content> script) {
        return new MessagesEncoder(this, model(request), ids, script);
    }

    @Override
    ObjectNode document(RecordedRequest request, Ids ids, List<Content> script) {
        return new MessagesDocument(this, script).of(model(request), ids);
    }

    @Override
    JsonNode envelope(HttpError error, Ids ids) {
        boolean inArray = has(MessagesQuirk.GOOGLE_ERRORS_IN_ARRAY);
        if (inArray || has(MessagesQuirk.GOOGLE_ERRORS)) {
            ObjectNode google = Json.object();
            google.putObject("error")
                    .put("code", error.status())
                    .put("message", error.message())
                    .put("status", error.type());
            return inArray ? Json.array().add(google) : google;
        }
        return error(error.type(), error.message(), ids);
    }

    ObjectNode error(String type, String message, Ids ids) {
        ObjectNode envelope = Json.object().put("type", "error");
        envelope.putObject("error").put("type", type).put("message", message);
        return envelope.put("request_id", ids.with("req_"));
    }

    /** The protocol's word for a finish reason. */
    static String stopReason(Step.Finish finish) {
        return switch (finish.reason()) {
            case "stop" -> finish.stopSequence() == null ? "end_turn" : "stop_sequence";
            case "length" -> "max_tokens";
            case "tool_calls" -> "tool_use";
            case "content_filter" -> "refusal";
            default -> finish.reason();
        };
    }

    /** Usage as in a finished message; cached tokens are not among the input tokens here. */
    static ObjectNode usage(Usage usage, int output) {
        return Json.object()
                .put("input_tokens", usage.input() - usage.cached())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", usage.cached())
                .put("output_tokens", output);
    }
}
