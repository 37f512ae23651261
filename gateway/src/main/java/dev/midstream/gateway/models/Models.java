package dev.midstream.gateway.models;

import dev.midstream.gateway.beside.Query;
import dev.midstream.gateway.edge.SideService;
import dev.midstream.protocol.ClientProtocol;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/models} and {@code /v1/models/{id}}: in Anthropic's form for those who send {@code
 * anthropic-version}, else in OpenAI's. Thread-safe.
 *
 * <p><b>Source</b>: OpenAI's and Anthropic's API references on models (read 2026-11).
 */
public final class Models implements SideService {

    private static final String ANTHROPIC = "anthropic-version";
    private static final int MOST = 1000;

    private final ClientProtocol openAi;
    private final ClientProtocol anthropic;

    /** The protocols give errors their form. */
    public Models(ClientProtocol openAi, ClientProtocol anthropic) {
        this.openAi = openAi;
        this.anthropic = anthropic;
    }

    /** What is served, by path; {@code {*}} stands for a model, which may have slashes. */
    public Map<String, SideService> routes() {
        return Map.of(
                "/v1/models", this,
                "/models", this,
                "/v1/models/{*}", this,
                "/models/{*}", this,
                "/anthropic/v1/models", this,
                "/anthropic/v1/models/{*}", this);
    }

    @Override
    public ClientProtocol protocol() {
        return openAi;
    }

    @Override
    public List<String> methods() {
        return List.of("GET");
    }

    @Override
    public void serve(Visit visit, Consumer<Reply> reply) {
        boolean asAnthropic = visit.header().apply(ANTHROPIC) != null;
        reply.accept(visit.name().isEmpty() ? list(visit, asAnthropic) : one(visit, asAnthropic));
    }

    private Reply list(Visit visit, boolean asAnthropic) {
        List<String> names = visit.service().fleet().names();
        if (!asAnthropic) {
            return new Reply(200, ModelJson.openAi(names));
        }
        Query query = Query.of(visit.query());
        int limit = MOST;
        String asked = query.first("limit");
        if (asked != null) {
            if (!asked.matches("[1-9]\\d{0,2}|1000")) {
                String message = "`limit` must be a whole number from 1 to " + MOST;
                return refusal(anthropic, 400, null, "limit", message);
            }
            limit = Integer.parseInt(asked);
        }
        Page page = Page.of(names, query.first("after_id"), query.first("before_id"), limit);
        return new Reply(200, ModelJson.anthropic(page));
    }

    private Reply one(Visit visit, boolean asAnthropic) {
        String name = decoded(visit.name());
        if (visit.service().fleet().group(name).isEmpty()) {
            String message = "The model `" + shown(name) + "` does not exist here";
            return refusal(
                    asAnthropic ? anthropic : openAi, 404, "model_not_found", "model", message);
        }
        return new Reply(
                200, asAnthropic ? ModelJson.anthropicModel(name) : ModelJson.openAiModel(name));
    }

    private static Reply refusal(
            ClientProtocol protocol,
            int status,
            @Nullable String code,
            String param,
            String message) {
        return new Reply(
                status, protocol.error(status, "invalid_request_error", code, param, message));
    }

    /** A plus is a plus in a path; what cannot be decoded stays as it came. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return segment;
        }
    }

    static String shown(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
