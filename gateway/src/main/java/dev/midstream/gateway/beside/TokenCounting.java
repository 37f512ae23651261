package dev.midstream.gateway.beside;

import dev.midstream.driver.Errand;
import dev.midstream.gateway.edge.SideService;
import dev.midstream.model.Draft;
import dev.midstream.model.Request;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.Untranslatable;
import dev.midstream.protocol.messages.MessagesProtocol;
import dev.midstream.protocol.messages.TokenCount;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Endpoint;
import dev.midstream.routing.Face;
import dev.midstream.routing.ModelGroup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code POST /v1/messages/count_tokens}: counted by the group's first home of Claude; where there
 * is none, or it cannot be asked now, an estimate. Thread-safe.
 *
 * <p><b>Source</b>: Anthropic's API reference on counting; Vertex AI counts by a model of the name
 * {@code count-tokens} (read 2026-11).
 */
public final class TokenCounting implements SideService {

    private static final String WRONG = "invalid_request_error";

    private final MessagesProtocol protocol;

    public TokenCounting(MessagesProtocol protocol) {
        this.protocol = protocol;
    }

    /** What is served, by path. */
    public Map<String, SideService> routes() {
        return Stream.of("/v1/messages", "/messages", "/anthropic/v1/messages")
                .collect(Collectors.toMap(path -> path + "/count_tokens", path -> this));
    }

    @Override
    public ClientProtocol protocol() {
        return protocol;
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public void serve(Visit visit, Consumer<Reply> reply) {
        try {
            Request request = protocol.parseCount(visit.body(), visit.header());
            count(request, visit, reply);
        } catch (InvalidRequest invalid) {
            reply.accept(refusal(invalid));
        }
    }

    private void count(Request request, Visit visit, Consumer<Reply> reply) throws InvalidRequest {
        ModelGroup group =
                visit.service()
                        .fleet()
                        .group(request.model())
                        .orElseThrow(
                                () ->
                                        new InvalidRequest(
                                                404, "model", "The model does not exist here"));
        Optional<Errand.Order> order = order(group, request);
        if (order.isEmpty()) {
            reply.accept(estimate(request));
            return;
        }
        new Errand(
                        visit.equipment(),
                        visit.loop(),
                        order.get(),
                        result -> reply.accept(told(result, request)))
                .begin();
    }

    private Optional<Errand.Order> order(ModelGroup group, Request request) {
        return group.deployments().stream()
                .filter(TokenCounting::usable)
                .map(deployment -> deployment.face(MessagesProtocol.NAME))
                .filter(face -> face.protocol().equals(MessagesProtocol.NAME))
                .findFirst()
                .flatMap(face -> order(face, request));
    }

    private static boolean usable(Deployment deployment) {
        return deployment.unusable() == null
                && !(deployment.endpoint().credential() instanceof Credential.Missing);
    }

    private Optional<Errand.Order> order(Face face, Request request) {
        Draft draft = Draft.original(request, false);
        try {
            byte[] body = protocol.encodeCount(draft, face.target());
            Map<String, String> headers = protocol.headers(draft, face.target());
            return Optional.of(new Errand.Order(face, "POST", url(face.endpoint()), headers, body));
        } catch (Untranslatable cannotBeAsked) {
            return Optional.empty();
        }
    }

    private static URI url(Endpoint endpoint) {
        String plain = endpoint.plain().toString();
        return plain.contains(":rawPredict")
                ? URI.create(
                        plain.replaceFirst(
                                "/models/[^/]*:rawPredict", "/models/count-tokens:rawPredict"))
                : endpoint.below("/count_tokens", null);
    }

    private Reply told(Errand.Result result, Request request) {
        if (!(result instanceof Errand.Result.Answered answered)) {
            return estimate(request);
        }
        return switch (answered.status()) {
            case 200 -> new Reply(200, answered.body());
            case 400, 413, 422 -> Shown.refused(protocol, answered);
            default -> estimate(request);
        };
    }

    private static Reply estimate(Request request) {
        String json = "{\"input_tokens\":" + TokenCount.of(request) + "}";
        return new Reply(200, json.getBytes(StandardCharsets.UTF_8));
    }

    private Reply refusal(InvalidRequest invalid) {
        byte[] body =
                protocol.error(
                        invalid.status(),
                        WRONG,
                        invalid.code(),
                        invalid.param(),
                        invalid.getMessage());
        return new Reply(invalid.status(), body);
    }
}
