package dev.midstream.gateway.edge;

import dev.midstream.gateway.edge.Routes.Route;
import dev.midstream.protocol.ClientProtocol;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Answers one HTTP request: by itself, or by an {@link Intake}. Thread-safe. */
final class Edge implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

    private final Service service;

    Edge(Service service) {
        this.service = service;
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        Route route = service.routes().at(request.fullPath());
        if (route == null) {
            return error(response, 404, null, "Nothing is served at " + shown(request.fullPath()));
        }
        ClientProtocol protocol =
                switch (route) {
                    case Route.Ask ask -> ask.protocol();
                    case Route.Side side -> side.service().protocol();
                    case Route.Models models -> service.plainProtocol();
                    case Route.Alive alive -> service.plainProtocol();
                    case Route.Ready ready -> service.plainProtocol();
                };
        if (!route.methods().contains(request.method().name())) {
            String allowed = String.join(", ", route.methods());
            response.header("allow", allowed);
            return Replies.error(
                    response,
                    protocol,
                    405,
                    null,
                    "The method is " + request.method().name() + ", expected " + allowed);
        }
        Function<String, @Nullable String> header = request.requestHeaders()::get;
        String objection = route.open() ? null : service.access().objection(header);
        if (objection != null) {
            return Replies.error(response, protocol, 401, "invalid_api_key", objection);
        }
        return answer(route, request, response);
    }

    private Publisher<Void> answer(
            Route route, HttpServerRequest request, HttpServerResponse response) {
        return switch (route) {
            case Route.Alive alive -> Replies.json(response, 200, "\"I'm alive!\"");
            case Route.Ready ready -> ready(response);
            case Route.Models models ->
                    Replies.json(response, 200, ModelList.json(service.fleet().names()));
            case Route.Side side ->
                    Mono.create(
                            sink -> new SideIntake(service, side, request, response, sink).begin());
            case Route.Ask ask ->
                    Mono.create(
                            sink ->
                                    new Intake(service, ask.protocol(), request, response, sink)
                                            .begin());
        };
    }

    private Mono<Void> ready(HttpServerResponse response) {
        boolean ready = !service.live().closing();
        return ready
                ? Replies.json(response, 200, "{\"status\":\"connected\"}")
                : Replies.json(response, 503, "{\"status\":\"shutting down\"}");
    }

    private Mono<Void> error(
            HttpServerResponse response, int status, @Nullable String code, String message) {
        return Replies.error(response, service.plainProtocol(), status, code, message);
    }

    private static String shown(String path) {
        return path.length() <= 200 ? path : path.substring(0, 200) + "…";
    }
}
