package dev.midstream.gateway.edge;

import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Answers each HTTP request by what is served when it comes. Thread-safe. */
final class Edge implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

    private final Served served;

    Edge(Served served) {
        this.served = served;
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        return new Arrival(served, request, response).answer();
    }
}
