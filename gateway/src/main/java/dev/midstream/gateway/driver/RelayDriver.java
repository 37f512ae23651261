package dev.midstream.gateway.driver;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Decision;
import dev.midstream.relay.Relay;
import dev.midstream.relay.Step;
import dev.midstream.relay.Summary;
import dev.midstream.routing.Face;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Inputs and outputs. Every method that hands something to the relay runs on the loop and carries the
 * relay's steps out before it returns, so that inputs never overlap: nothing that a step sets off calls back
 * from within the step (an attempt that cannot even begin says so in a task of its own, and so does a
 * channel whose writability changed while we wrote to it).
 *
 * A relay, a protocol or a decoder that throws has a bug. The call then ends as any other that cannot be
 * completed: in the client's own form of an error, with everything cancelled.
 */
/** Drives one relay. Event-loop confined, except where a method says otherwise. */
public final class RelayDriver implements UpstreamAttempt.Listener, ClientLeg.Writability {

    private static final Logger LOG = LoggerFactory.getLogger(RelayDriver.class);

    private final Equipment equipment;
    private final Call call;
    private final Relay relay;
    private final AnswerEncoder encoder;
    private final ClientLeg client;
    private final EventLoop loop;
    private final AlarmClock alarm;
    private final Consumer<Outcome> ended;
    private @Nullable UpstreamAttempt attempt;
    private @Nullable UpstreamAttempt latest;
    private Map<String, String> headers = Map.of();
    private boolean writable = true;
    private boolean undecided;
    private boolean over;
    private boolean told;

    /**
     * @param ended told once, on the loop, when everything is through
     */
    public RelayDriver(Equipment equipment, Call call, ClientLeg client, Consumer<Outcome> ended) {
        this.equipment = equipment;
        this.call = call;
        this.relay = call.relay();
        this.encoder = call.encoder();
        this.client = client;
        this.loop = client.loop();
        this.alarm = new AlarmClock(loop, equipment.ticker(), this::woken);
        this.ended = ended;
    }

    // ------------------------------------------------------------------------------------ inputs

    public void begin() {
        assert loop.inEventLoop();
        try {
            client.open(!call.request().stream(), this);
            carryOut(relay.begin(now()));
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    /** The client has left; may come on any thread, and after the end. */
    public void clientGone() {
        if (loop.inEventLoop()) {
            gone();
        } else {
            loop.execute(this::gone);
        }
    }

    /** The gateway is going away; may come on any thread. */
    public void shutdown() {
        loop.execute(
                () -> {
                    if (!over) {
                        carryOutSafely(() -> relay.shutdown(now()));
                    }
                });
    }

    @Override
    public void answering(int number, @Nullable String requestId) {
        if (!over) {
            carryOutSafely(() -> relay.answering(number, requestId, now()));
        }
    }

    @Override
    public void frame(int number, Frame frame) {
        if (over) {
            return;
        }
        try {
            carryOut(relay.frame(number, frame, now()));
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    @Override
    public void ended(int number, @Nullable Failure failure) {
        if (attempt != null && attempt.number() == number) {
            attempt = null;
        }
        if (!over) {
            carryOutSafely(() -> relay.ended(number, failure, now()));
        }
    }

    @Override
    public void writable(boolean now) {
        writable = now;
        if (attempt != null) {
            attempt.reading(now);
        }
        if (!over) {
            carryOutSafely(() -> relay.writable(now, now()));
        }
    }

    private void woken(long now) {
        if (!over) {
            carryOutSafely(() -> relay.wake(now));
        }
    }

    private void gone() {
        if (!over) {
            carryOutSafely(() -> relay.clientGone(now()));
        }
    }

    /** What the relay makes of an input. */
    @FunctionalInterface
    private interface Input {
        List<Step> handIn();
    }

    private void carryOutSafely(Input input) {
        try {
            carryOut(input.handIn());
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    // ------------------------------------------------------------------------------------- steps

    private void carryOut(List<Step> steps) {
        for (Step step : steps) {
            perform(step);
        }
        while (undecided && !over) {
            undecided = false;
            for (Step step : relay.decided(new Decision.Proceed(), now())) {
                perform(step);
            }
        }
    }

    private void perform(Step step) {
        switch (step) {
            case Step.ReleaseFrame release -> encoder.frame(release.frame(), client);
            case Step.ReleaseEvent release -> encoder.event(release.event(), client);
            case Step.WakeAt wake -> alarm.setTo(wake.nanos());
            case Step.Heartbeat beat -> encoder.heartbeat(client);
            case Step.Comment comment -> encoder.comment(comment.text(), client);
            case Step.Start start -> start(start);
            case Step.StopGenerating stop -> stopGenerating(stop);
            case Step.Cancel cancel -> cancel(cancel.attempt());
            case Step.Commit commit -> commit(commit);
            case Step.Reset reset -> reset();
            case Step.Decide decide -> undecided = true;
            case Step.Warn warn -> LOG.warn("{}", warn.message());
            case Step.Finish finish -> finish(finish);
            case Step.Fail fail -> fail(fail.report(), fail.summary());
            case Step.Abandon abandon -> end(new Outcome.Abandoned(abandon.summary()));
        }
    }

    private void start(Step.Start start) {
        UpstreamAttempt before = start.draft().resumed() == null ? null : latest;
        UpstreamAttempt next = new UpstreamAttempt(start, equipment, loop, this, before);
        attempt = next;
        latest = next;
        next.reading(writable);
        next.begin();
    }

    private void stopGenerating(Step.StopGenerating stop) {
        Face face = stop.face();
        String path = "/" + Segment.of(stop.answer().id()) + "/cancel";
        URI uri = face.endpoint().below(path, null);
        Errand.Order order = new Errand.Order(face, "POST", uri, Map.of(), new byte[0]);
        new Errand(equipment, loop, order, result -> {}).begin();
    }

    private void cancel(int number) {
        UpstreamAttempt running = attempt;
        if (running != null && running.number() == number) {
            attempt = null;
            running.cancel();
        }
    }

    private void commit(Step.Commit commit) {
        boolean stream = call.request().stream();
        headers = ResponseHeaders.of(call, equipment.version(), commit.head(), now());
        if (stream) {
            client.head(encoder.contentType(), headers);
        }
    }

    private void reset() {
        encoder.reset();
        client.reset();
    }

    private void finish(Step.Finish finish) {
        over = true;
        encoder.finish(finish.usage(), client);
        UpstreamAttempt served = attempt;
        attempt = null;
        if (served != null) {
            served.letEnd();
        }
        if (call.request().stream()) {
            client.finish();
        } else {
            client.finishAssembled(
                    encoder.contentType(),
                    ResponseHeaders.whole(headers, call, finish.summary(), now()));
        }
        end(new Outcome.Completed(finish.summary()));
    }

    private void fail(ErrorReport report, @Nullable Summary summary) {
        over = true;
        if (client.headSent()) {
            encoder.fail(report, client);
            client.finish();
        } else {
            client.respond(
                    report.status(),
                    "application/json",
                    ResponseHeaders.of(call, equipment.version(), report, now()),
                    call.protocol().error(report));
        }
        end(new Outcome.Failed(report, summary));
    }

    // ----------------------------------------------------------------------------------- the end

    private void end(Outcome outcome) {
        over = true;
        told = true;
        alarm.stop();
        UpstreamAttempt running = attempt;
        attempt = null;
        if (running != null) {
            running.cancel();
        }
        client.end();
        ended.accept(outcome);
    }

    private void broken(RuntimeException bug) {
        LOG.error("call {} ended by a bug", call.id(), bug);
        if (told) {
            return;
        }
        releasePlan();
        ErrorReport report = internal(client.headSent());
        try {
            fail(report, null);
        } catch (RuntimeException again) {
            LOG.error("call {} could not be told so", call.id(), again);
            client.finish();
            end(new Outcome.Failed(report, null));
        }
    }

    /** What runs is cancelled with the call; that nothing runs any more is said here. */
    private void releasePlan() {
        try {
            relay.clientGone(now());
        } catch (RuntimeException again) {
            LOG.error("the plan of call {} could not be released", call.id(), again);
        }
    }

    private static ErrorReport internal(boolean delivered) {
        Failure failure = new Failure.Internal("The gateway failed to carry this request out");
        return new ErrorReport(
                500,
                "internal_error",
                null,
                null,
                failure.message(),
                failure,
                delivered,
                true,
                null,
                false,
                List.of());
    }

    private long now() {
        return equipment.ticker().getAsLong();
    }
}
