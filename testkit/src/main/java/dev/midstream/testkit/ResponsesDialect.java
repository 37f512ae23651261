package dev.midstream.testkit;

import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.HttpError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI Responses, on OpenAI's own paths and on Azure's. */
final class ResponsesDialect extends Dialect {

    /** What is said of a response that failed without a cause that the script names. */
    static final String FAILED = "The model failed to generate a response.";

    private static final String AZURE_WITH_VERSION = "/openai/responses";

    private final Set<ResponsesQuirk> quirks;

    ResponsesDialect(Set<ResponsesQuirk> quirks) {
        this.quirks = Set.copyOf(quirks);
    }

    boolean has(ResponsesQuirk quirk) {
        return quirks.contains(quirk);
    }

    /** Reasoning that only the provider which wrote it takes back. */
    static String encrypted(Ids ids, int index) {
        return sealOf(ids.provider()) + ids.number() + "-" + index;
    }

    /** What the encrypted reasoning of this provider begins with. */
    static String sealOf(String provider) {
        return "gAAAAAB-" + provider + "-";
    }

    @Override
    public String protocol() {
        return "openai-responses";
    }

    @Override
    String basePath() {
        return "/v1";
    }

    @Override
    boolean serves(String method, String path) {
        return method.equals("POST") && path.endsWith("/responses");
    }

    @Override
    boolean recalls(String method, String path) {
        return ResponseLookup.isMeantBy(method, path);
    }

    @Override
    Memory memory(String provider) {
        return new ResponseStore(this, provider);
    }

    @Override
    String model(RecordedRequest request) {
        return ResponsesRequest.of(request).model();
    }

    @Override
    Optional<HttpError> objection(RecordedRequest request) {
        boolean versioned = request.query("api-version").isPresent();
        if (request.path().endsWith(AZURE_WITH_VERSION) && !versioned) {
            return Optional.of(
                    new HttpError(
                            404, "invalid_request_error", "Resource not found", "404", Map.of()));
        }
        return ResponsesRequest.of(request).objection();
    }

    @Override
    Map<String, String> headers(Ids ids) {
        return Map.of("x-request-id", ids.with("req_"));
    }

    @Override
    ResponsesEncoder encoder(RecordedRequest request, Ids ids, List<Content> script) {
        return new ResponsesEncoder(this, ResponsesRequest.of(request), ids, script);
    }

    @Override
    ObjectNode document(RecordedRequest request, Ids ids, List<Content> script) {
        ResponsesEncoder encoder = encoder(request, ids, script);
        script.forEach(encoder::encode);
        return encoder.finished();
    }

    @Override
    JsonNode envelope(HttpError error, Ids ids) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", error.message())
                .put("type", error.type())
                .put("param", error.param())
                .put("code", error.code());
        return body;
    }
}
