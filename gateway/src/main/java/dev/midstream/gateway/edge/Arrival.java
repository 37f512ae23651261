package dev.midstream.gateway.edge;

import dev.midstream.driver.Identifiers;
import dev.midstream.gateway.driver.ResponseHeaders;
import dev.midstream.gateway.edge.Routes.Route;
import dev.midstream.gateway.log.Refusal;
import dev.midstream.protocol.ClientProtocol;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** One HTTP request: answered at once, or by an {@link Intake} or a {@link SideIntake}. */
final class Arrival {

    private final Served served;
    private final Service service;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String method;
    private final Function<String, @Nullable String> header;
    private final String callId = Identifiers.fresh();

    Arrival(Served served, HttpServerRequest request, HttpServerResponse response) {
        this.served = served;
        this.service = served.now();
        this.request = request;
        this.response = response;
        this.method = request.method().name();
        this.header = request.requestHeaders()::get;
    }

    Publisher<Void> answer() {
        if (service.live().closing()) {
            response.keepAlive(false);
        }
        String origin = header.apply("origin");
        service.cors().mark(origin, response.responseHeaders());
        if (isPreflight(origin)) {
            return preflight(origin);
        }
        String path = RequestPath.of(request.uri());
        if (path == null) {
            return refuse(null, 400, null, "", "The URL has characters that no URL has");
        }
        Route route = service.routes().at(path);
        if (route == null) {
            String message = "Nothing is served at " + RequestPath.shown(path);
            return refuse(null, 404, null, path, message);
        }
        return answer(route, path);
    }

    private Publisher<Void> answer(Route route, String path) {
        ClientProtocol protocol =
                switch (route) {
                    case Route.Ask ask -> ask.protocol();
                    case Route.Side side -> side.service().protocol();
                    case Route.Page page -> service.plainProtocol();
                    case Route.Alive alive -> service.plainProtocol();
                    case Route.Ready ready -> service.plainProtocol();
                };
        if (!route.methods().contains(method)) {
            String allowed = String.join(", ", route.methods());
            response.header("allow", allowed);
            String message = "The method is " + method + ", expected " + allowed;
            return refuse(protocol, 405, null, path, message);
        }
        String objection = route.open() ? null : service.access().objection(header);
        if (objection != null) {
            return refuse(protocol, 401, "invalid_api_key", path, objection);
        }
        return answer(route);
    }

    private Publisher<Void> answer(Route route) {
        return switch (route) {
            case Route.Alive alive -> Replies.json(response, 200, "\"I'm alive!\"");
            case Route.Ready ready -> ready();
            case Route.Page page -> page(page.document());
            case Route.Side side ->
                    Mono.create(
                            sink ->
                                    new SideIntake(service, callId, side, request, response, sink)
                                            .begin());
            case Route.Ask ask ->
                    Mono.create(
                            sink ->
                                    new Intake(service, callId, ask, request, response, sink)
                                            .begin());
        };
    }

    private Mono<Void> page(Document document) {
        String accept = header.apply("accept");
        return Mono.fromCallable(() -> document.content(accept))
                .subscribeOn(Schedulers.fromExecutor(service.equipment().offLoop()))
                .flatMap(content -> Replies.page(response, content));
    }

    private Mono<Void> ready() {
        boolean closing = service.live().closing();
        boolean trusted = service.access().objection(header) == null;
        String version = trusted ? service.equipment().version() : null;
        byte[] body = Readiness.json(closing, served.config(), version);
        return Replies.json(response, closing ? 503 : 200, body);
    }

    // ------------------------------------------------------------------------- pages in browsers

    private boolean isPreflight(@Nullable String origin) {
        return method.equals("OPTIONS")
                && origin != null
                && header.apply("access-control-request-method") != null
                && !service.cors().off();
    }

    private Publisher<Void> preflight(@Nullable String origin) {
        if (origin == null || !service.cors().allows(origin)) {
            String message =
                    "Pages of this origin may not ask here; general_settings.cors_origins lists those that may";
            return refuse(null, 403, null, "", message);
        }
        String wanted = header.apply("access-control-request-headers");
        service.cors().permit(wanted, response.responseHeaders());
        return response.status(204).send();
    }

    // ---------------------------------------------------------------------------------- refusals

    /**
     * @param protocol null where none was asked
     * @param path empty where there is none to tell
     */
    private Mono<Void> refuse(
            @Nullable ClientProtocol protocol,
            int status,
            @Nullable String code,
            String path,
            String message) {
        String name = protocol == null ? null : protocol.name();
        String logged = path.isEmpty() ? null : RequestPath.logged(path);
        service.log().refused(new Refusal(callId, name, Instant.now(), status, null, logged));
        ResponseHeaders.of(callId).forEach(response::header);
        return Replies.error(
                response,
                protocol == null ? service.plainProtocol() : protocol,
                status,
                code,
                message);
    }
}
