package dev.midstream.gateway.traces;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import dev.midstream.model.Target;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Map;

/**
 * The names of attributes.
 *
 * <p><b>Source</b>: OpenTelemetry's semantic conventions for generative AI (spans of clients, in
 * development) and for HTTP (stable), read 2026-09.
 */
final class Names {

    static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
    static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
    static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
    static final AttributeKey<Long> INPUT = longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT = longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<Long> CACHE_READ = longKey("gen_ai.usage.cache_read.input_tokens");
    static final AttributeKey<Long> CACHE_WRITE =
            longKey("gen_ai.usage.cache_creation.input_tokens");
    static final AttributeKey<String> ERROR = stringKey("error.type");
    static final AttributeKey<String> SERVER = stringKey("server.address");
    static final AttributeKey<Long> PORT = longKey("server.port");
    static final AttributeKey<String> HTTP_METHOD = stringKey("http.request.method");
    static final AttributeKey<String> ROUTE = stringKey("http.route");
    static final AttributeKey<Long> STATUS = longKey("http.response.status_code");

    static final AttributeKey<String> CALL = stringKey("midstream.call_id");
    static final AttributeKey<String> OUTCOME = stringKey("midstream.outcome");
    static final AttributeKey<String> GROUP = stringKey("midstream.group");
    static final AttributeKey<String> DEPLOYMENT = stringKey("midstream.deployment");
    static final AttributeKey<Long> ATTEMPT = longKey("midstream.attempt");
    static final AttributeKey<String> METHOD = stringKey("midstream.method");
    static final AttributeKey<String> GRADE = stringKey("midstream.seam.grade");
    static final AttributeKey<Double> GAP = doubleKey("midstream.seam.gap_seconds");
    static final AttributeKey<Double> COST = doubleKey("midstream.cost_dollars");
    static final AttributeKey<String> REQUEST_ID = stringKey("midstream.upstream_request_id");
    static final AttributeKey<String> CAUSE = stringKey("midstream.cause");

    /** Where the conventions' words are others than LiteLLM's prefixes. */
    private static final Map<String, String> PROVIDERS =
            Map.of(
                    "azure", "azure.ai.openai",
                    "azure_ai", "azure.ai.inference",
                    "bedrock", "aws.bedrock",
                    "vertex_ai", "gcp.vertex_ai",
                    "gemini", "gcp.gemini",
                    "mistral", "mistral_ai",
                    "xai", "x_ai",
                    "watsonx", "ibm.watsonx.ai");

    private static final Map<String, String> ROUTES =
            Map.of(
                    "openai-chat",
                    "/v1/chat/completions",
                    "openai-responses",
                    "/v1/responses",
                    "anthropic-messages",
                    "/v1/messages",
                    Target.EMBEDDINGS,
                    "/v1/embeddings");

    private Names() {}

    static String provider(String prefix) {
        return PROVIDERS.getOrDefault(prefix, prefix);
    }

    static String route(String protocol) {
        return ROUTES.getOrDefault(protocol, "/");
    }

    static String operation(String protocol) {
        return protocol.equals(Target.EMBEDDINGS) ? "embeddings" : "chat";
    }
}
