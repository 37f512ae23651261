package dev.midstream.gateway.edge;

import dev.midstream.driver.Equipment;
import dev.midstream.gateway.driver.ResponseHeaders;
import dev.midstream.gateway.edge.Routes.Route;
import dev.midstream.gateway.edge.SideService.Reply;
import dev.midstream.gateway.edge.SideService.Visit;
import dev.midstream.gateway.log.VisitLine;
import dev.midstream.protocol.ClientProtocol;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.MonoSink;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** One visit of a {@link SideService}, from its head to its reply. */
final class SideIntake implements BodyReader.Reader {

    private static final Logger LOG = LoggerFactory.getLogger(SideIntake.class);

    private final Service service;
    private final Route.Side route;
    private final HttpServerRequest request;
    private final EventLoop loop;
    private final HttpClientLeg client;
    private final MonoSink<Void> sink;
    private final String callId;
    private final Instant began = Instant.now();
    private final long beganNanos = System.nanoTime();
    private @Nullable BodyReader reader;
    private boolean over;

    SideIntake(
            Service service,
            String callId,
            Route.Side route,
            HttpServerRequest request,
            HttpServerResponse response,
            MonoSink<Void> sink) {
        this.service = service;
        this.callId = callId;
        this.route = route;
        this.request = request;
        this.sink = sink;
        Channel channel = Intake.channelOf(response);
        this.loop = channel.eventLoop();
        this.client = new HttpClientLeg(response, channel, sink);
    }

    void begin() {
        sink.onCancel(() -> loop.execute(this::gone));
        BodyReader bodyReader = new BodyReader(loop, service.limits(), this);
        reader = bodyReader;
        request.receive().subscribe(bodyReader);
    }

    private void gone() {
        over = true;
        if (reader != null) {
            reader.cancel();
        }
    }

    @Override
    public void tooLarge() {
        error(413, "The request body is larger than " + service.limits().maxBodyBytes() + " bytes");
    }

    @Override
    public void tooSlow() {
        error(408, "The request body did not come in time");
    }

    @Override
    public void body(byte[] bytes) {
        if (bytes.length >= Equipment.LARGE_BODY) {
            service.equipment().offLoop().execute(() -> serve(bytes));
        } else {
            serve(bytes);
        }
    }

    private void serve(byte[] bytes) {
        try {
            route.service().serve(visit(bytes), this::reply);
        } catch (RuntimeException bug) {
            LOG.error("call {} could not be served", callId, bug);
            error(500, "The gateway failed to serve this request");
        }
    }

    private Visit visit(byte[] bytes) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        return new Visit(
                service,
                service.upstreams().on(loop),
                request.method().name(),
                route.name(),
                mark < 0 ? null : uri.substring(mark + 1),
                request.requestHeaders()::get,
                bytes);
    }

    private void error(int status, String message) {
        ClientProtocol protocol = route.service().protocol();
        reply(new Reply(status, Replies.body(protocol, status, null, null, message)));
    }

    private void reply(Reply reply) {
        if (!loop.inEventLoop()) {
            loop.execute(() -> reply(reply));
        } else if (!over) {
            over = true;
            service.log().visited(line(reply.status()));
            client.respond(
                    reply.status(), "application/json", ResponseHeaders.of(callId), reply.json());
        }
    }

    private VisitLine line(int status) {
        return new VisitLine(
                callId,
                route.service().protocol().name(),
                request.method().name(),
                route.pattern(),
                began,
                status,
                Duration.ofNanos(System.nanoTime() - beganNanos));
    }
}
