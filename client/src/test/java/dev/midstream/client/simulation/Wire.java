package dev.midstream.client.simulation;

import dev.midstream.client.spi.Transport;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Headers;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.Rejection;
import dev.midstream.testkit.Reply;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A transport to scripted upstreams, a turn at a time. Not thread-safe. */
final class Wire implements Transport {

    private final Schedule schedule;
    private final RandomGenerator random;
    final List<Sent> sent = new ArrayList<>();

    Wire(Schedule schedule, RandomGenerator random) {
        this.schedule = schedule;
        this.random = random;
    }

    /** Requests that are not over. */
    List<Sent> open() {
        return sent.stream().filter(exchange -> !exchange.over()).toList();
    }

    @Override
    public Exchange send(UpstreamRequest request, Receiver receiver) {
        int number = sent.size() + 1;
        Schedule.Upstream upstream = schedule.upstream(request.uri().getHost());
        Mishap mishap = upstream.next();
        Sent exchange = new Sent(number, upstream.name(), mishap, receiver, random);
        sent.add(exchange);
        if (mishap == Mishap.THROWN_FROM_SEND) {
            throw exchange.throwing(new IllegalStateException("the transport threw"));
        }
        Reply reply =
                Reply.of(
                        upstream.name(),
                        upstream.protocol().dialect(),
                        recorded(number, request),
                        said -> answer(said, mishap, upstream.manner()));
        exchange.loaded(reply);
        if (random.nextInt(10) == 0) {
            exchange.turn();
        }
        return exchange;
    }

    private Answer answer(RecordedRequest request, Mishap mishap, Behaviour manner) {
        ScriptedModel model =
                ScriptedModel.answering(schedule.said())
                        .onPrefill(
                                schedule.refusesPrefill()
                                        ? new Behaviour.RefusesPrefill()
                                        : new Behaviour.Obeys())
                        .onUserTurn(manner);
        return switch (mishap) {
            case OVERLOADED -> Answer.overloaded();
            case RATE_LIMITED -> Answer.rejected(Rejection.RATE_LIMITED);
            case RATE_LIMITED_FOR_A_WHILE ->
                    Answer.rateLimited(java.time.Duration.ofSeconds(1 + random.nextInt(90)));
            case BAD_REQUEST -> Answer.error(400, "invalid_request_error", "No.");
            case WEB_PAGE -> Answer.webPage();
            case ERROR_IN_THE_STREAM ->
                    model.breaking(
                                    1,
                                    1 + random.nextInt(20),
                                    new Step.Rejected(
                                            random.nextBoolean()
                                                    ? Rejection.OVERLOADED
                                                    : Rejection.RATE_LIMITED))
                            .answer(request);
            case NONE,
                    THROWN_FROM_SEND,
                    NOT_CONNECTED,
                    RESET_BEFORE_HEAD,
                    NO_HEAD,
                    TRANSPORT_BROKEN,
                    CUT,
                    CLEAN_END,
                    STALL,
                    GARBAGE_AND_CUT ->
                    model.answer(request);
        };
    }

    private static RecordedRequest recorded(int number, UpstreamRequest request) {
        List<Headers.Field> fields = new ArrayList<>();
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            fields.add(new Headers.Field(header.getKey(), header.getValue()));
        }
        String target = request.uri().getRawPath();
        return new RecordedRequest(
                number, number, request.method(), target, new Headers(fields), request.body(), 0);
    }

    @Override
    public void close() {
        throw new Violation("the router closed a transport that was given to it");
    }
}
