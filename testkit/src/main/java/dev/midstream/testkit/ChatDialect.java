package dev.midstream.testkit;

import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.HttpError;
import dev.midstream.testkit.Step.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI Chat Completions. */
final class ChatDialect extends Dialect {

    private final Set<ChatQuirk> quirks;

    ChatDialect(Set<ChatQuirk> quirks) {
        this.quirks = Set.copyOf(quirks);
    }

    boolean has(ChatQuirk quirk) {
        return quirks.contains(quirk);
    }

    @Override
    public String protocol() {
        return "openai-chat";
    }

    @Override
    String basePath() {
        return "/v1";
    }

    @Override
    boolean serves(String method, String path) {
        return method.equals("POST") && path.endsWith("/chat/completions");
    }

    @Override
    String model(RecordedRequest request) {
        return request.jsonOrMissing().path("model").asString("");
    }

    @Override
    Optional<HttpError> objection(RecordedRequest request) {
        JsonNode messages = request.jsonOrMissing().path("messages");
        return messages.isArray() && !messages.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new HttpError(
                                400,
                                "invalid_request_error",
                                "Missing required parameter: 'messages'.",
                                "missing_required_parameter",
                                Map.of()));
    }

    @Override
    Map<String, String> headers(Ids ids) {
        return Map.of("x-request-id", ids.with("req_"));
    }

    @Override
    Encoder encoder(RecordedRequest request, Ids ids, List<Content> script) {
        return new ChatEncoder(this, request, ids, script);
    }

    @Override
    ObjectNode document(RecordedRequest request, Ids ids, List<Content> script) {
        return new ChatDocument(this).of(model(request), ids, script);
    }

    @Override
    JsonNode envelope(HttpError error, Ids ids) {
        ObjectNode body = Json.object();
        body.set("error", error(error.status(), error.type(), error.message(), error.code()));
        return body;
    }

    ObjectNode error(int status, String type, String message, @Nullable String code) {
        ObjectNode error = Json.object().put("message", message).put("type", type);
        error.putNull("param");
        if (has(ChatQuirk.ERROR_CODE_INTEGER)) {
            return error.put("code", status);
        }
        return error.put("code", code);
    }

    String reasoningField() {
        return has(ChatQuirk.REASONING) ? "reasoning" : "reasoning_content";
    }

    ObjectNode usage(Usage usage) {
        ObjectNode node =
                Json.object()
                        .put("prompt_tokens", usage.input())
                        .put("completion_tokens", usage.output())
                        .put("total_tokens", usage.input() + usage.output());
        node.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
        node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
        return node;
    }
}
