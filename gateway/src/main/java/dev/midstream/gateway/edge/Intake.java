package dev.midstream.gateway.edge;

import dev.midstream.admission.Admission;
import dev.midstream.admission.Wishes;
import dev.midstream.driver.Equipment;
import dev.midstream.driver.Hooks;
import dev.midstream.driver.Identifiers;
import dev.midstream.driver.Outcome;
import dev.midstream.driver.RelayDriver;
import dev.midstream.gateway.driver.Call;
import dev.midstream.gateway.driver.EncodedAnswer;
import dev.midstream.gateway.driver.ResponseHeaders;
import dev.midstream.gateway.edge.Routes.Route;
import dev.midstream.gateway.log.Refusal;
import dev.midstream.gateway.log.RequestLine;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Request;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.InvalidRequest;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.MonoSink;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.JacksonException;

/** One request to a model, from its head to the driver that carries it out. Event-loop confined. */
final class Intake implements BodyReader.Reader {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Service service;
    private final ClientProtocol protocol;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final EventLoop loop;
    private final HttpClientLeg client;
    private final MonoSink<Void> sink;
    private final String callId;
    private final @Nullable String model;
    private final Instant began = Instant.now();
    private final long beganNanos;
    private @Nullable BodyReader reader;
    private @Nullable RelayDriver driver;
    private boolean gone;
    private boolean refusedEarly;

    Intake(
            Service service,
            String callId,
            Route.Ask asked,
            HttpServerRequest request,
            HttpServerResponse response,
            MonoSink<Void> sink) {
        this.service = service;
        this.callId = callId;
        this.protocol = asked.protocol();
        this.model = asked.model();
        this.request = request;
        this.response = response;
        this.sink = sink;
        Channel channel = channelOf(response);
        this.loop = channel.eventLoop();
        this.client = new HttpClientLeg(response, channel, sink);
        this.beganNanos = service.equipment().ticker().getAsLong();
    }

    void begin() {
        assert loop.inEventLoop();
        sink.onCancel(this::clientGone);
        boolean tooLarge = tooLarge(request.requestHeaders().get("content-length"));
        if (tooLarge && asksWhetherToSend()) {
            tooLarge();
            return;
        }
        BodyReader bodyReader = new BodyReader(loop, service.limits(), this);
        reader = bodyReader;
        if (tooLarge) {
            refuseEarly();
            bodyReader.drain();
        }
        request.receive().subscribe(bodyReader);
    }

    /**
     * The response is over, or the client left: on the loop, or on a thread that closes the server.
     */
    private void clientGone() {
        if (!loop.inEventLoop()) {
            loop.execute(this::clientGone);
            return;
        }
        gone = true;
        if (reader != null) {
            reader.cancel();
        }
        if (driver != null) {
            driver.clientGone();
        }
    }

    // ---------------------------------------------------------------------------------- the body

    private boolean asksWhetherToSend() {
        return "100-continue".equalsIgnoreCase(request.requestHeaders().get("expect"));
    }

    private boolean tooLarge(@Nullable String length) {
        return length != null
                && length.matches("\\d{1,18}")
                && Long.parseLong(length) > service.limits().maxBodyBytes();
    }

    /** What comes of the body is still read for a moment, lest a reset overtakes the answer. */
    private void refuseEarly() {
        refusedEarly = true;
        response.keepAlive(false);
        byte[] body = Replies.body(protocol, 413, null, null, larger());
        client.respondEarly(413, "application/json", ResponseHeaders.of(callId), body);
    }

    private String larger() {
        return "The request body is larger than " + service.limits().maxBodyBytes() + " bytes";
    }

    @Override
    public void tooLarge() {
        if (refusedEarly) {
            client.finish();
            return;
        }
        response.keepAlive(false);
        refuse(413, null, null, larger());
    }

    @Override
    public void tooSlow() {
        response.keepAlive(false);
        refuse(408, null, null, "The request body did not come in time");
    }

    @Override
    public void body(byte[] bytes) {
        reader = null;
        if (service.live().closed()) {
            response.keepAlive(false);
            refuseForNow(503, null, "The gateway is shutting down");
        } else if (bytes.length == 0) {
            refuse(400, null, null, "The request body is empty; expected a JSON object");
        } else if (bytes.length >= Equipment.LARGE_BODY) {
            service.equipment().offLoop().execute(() -> parse(bytes));
        } else {
            parse(bytes);
        }
    }

    /** On the loop or, for a large body, off it; what follows is on the loop. */
    private void parse(byte[] bytes) {
        try {
            Function<String, @Nullable String> header = request.requestHeaders()::get;
            Request parsed = protocol.parse(withModel(bytes), header);
            Admission admission =
                    Admission.of(service.routing(), protocol, parsed, header, Wishes.NONE);
            onLoop(() -> ask(admission));
        } catch (InvalidRequest invalid) {
            onLoop(() -> refuse(invalid));
        } catch (RuntimeException bug) {
            onLoop(() -> broken(bug));
        }
    }

    /** The model that the path names counts, as in LiteLLM; what is no object is left as it is. */
    private byte[] withModel(byte[] bytes) {
        if (model == null) {
            return bytes;
        }
        try {
            return JsonSplice.of(bytes)
                    .setString("model", URLDecoder.decode(model, StandardCharsets.UTF_8))
                    .bytes();
        } catch (JacksonException | IllegalArgumentException notAnObject) {
            return bytes;
        }
    }

    // ---------------------------------------------------------------------------------- the call

    private void ask(Admission admission) {
        try {
            carryOut(admission.request(), admission.plan());
        } catch (InvalidRequest invalid) {
            refuse(invalid);
        } catch (RuntimeException bug) {
            broken(bug);
        }
    }

    private void carryOut(Request asked, Admission.Admitted admitted) {
        AnswerEncoder encoder = protocol.encoder(asked, Identifiers::fresh, began.getEpochSecond());
        Call call =
                new Call(
                        callId,
                        protocol,
                        asked,
                        admitted.group().name(),
                        admitted.settings(),
                        encoder,
                        beganNanos);
        RequestLine line = line(asked, admitted.group().name());
        Equipment equipment = service.equipment();
        EncodedAnswer answer =
                new EncodedAnswer(call, client, equipment.version(), equipment.ticker());
        RelayDriver fresh =
                new RelayDriver(
                        equipment,
                        callId,
                        admitted.relay(),
                        answer,
                        service.upstreams().on(loop),
                        Hooks.NONE,
                        outcome -> ended(line, outcome));
        int most = service.limits().maxCalls();
        if (service.live().add(fresh, most)) {
            driver = fresh;
            fresh.begin();
        } else {
            refuseForNow(429, "max_parallel_requests", tooMany(most));
        }
    }

    private static String tooMany(int most) {
        return "The gateway carries out "
                + most
                + " requests at once, the limit that general_settings.max_parallel_requests sets";
    }

    private void ended(RequestLine line, Outcome outcome) {
        if (driver != null) {
            service.live().remove(driver);
        }
        service.log().ended(line, outcome, service.equipment().ticker().getAsLong());
    }

    private RequestLine line(Request asked, String group) {
        return new RequestLine(
                callId,
                protocol.name(),
                asked.model(),
                group,
                asked.stream(),
                began,
                beganNanos,
                Labels.of(asked),
                Labels.trace(request.requestHeaders()::get));
    }

    // -------------------------------------------------------------------------------- refusals

    private void refuse(InvalidRequest invalid) {
        refuse(invalid.status(), code(invalid), invalid.param(), invalid.getMessage());
    }

    private static @Nullable String code(InvalidRequest invalid) {
        return invalid.code() == null && invalid.status() == 404
                ? "model_not_found"
                : invalid.code();
    }

    private void refuse(int status, @Nullable String code, @Nullable String param, String message) {
        refuse(status, code, param, message, ResponseHeaders.of(callId));
    }

    /**
     * @param limit which one is reached, null if none is
     */
    private void refuseForNow(int status, @Nullable String limit, String message) {
        Map<String, String> headers = ResponseHeaders.of(callId);
        headers.put("retry-after", "1");
        refuse(status, limit == null ? null : "rate_limit_exceeded", limit, message, headers);
    }

    private void refuse(
            int status,
            @Nullable String code,
            @Nullable String param,
            String message,
            Map<String, String> headers) {
        byte[] body = Replies.body(protocol, status, code, param, message);
        service.log().refused(new Refusal(callId, protocol.name(), began, status, param, null));
        client.respond(status, "application/json", headers, body);
    }

    private void broken(RuntimeException bug) {
        LOG.error("call {} could not be taken in", callId, bug);
        refuse(500, null, null, "The gateway failed to read this request");
    }

    private void onLoop(Runnable task) {
        if (!loop.inEventLoop()) {
            loop.execute(() -> onLoop(task));
        } else if (!gone) {
            task.run();
        }
    }

    static Channel channelOf(HttpServerResponse response) {
        AtomicReference<Channel> channel = new AtomicReference<>();
        response.withConnection(connection -> channel.set(connection.channel()));
        return Objects.requireNonNull(channel.get());
    }
}
