package dev.midstream.driver;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.protocol.ErrorReport;
import dev.midstream.relay.Decision;
import dev.midstream.relay.Relay;
import dev.midstream.relay.Step;
import dev.midstream.relay.Summary;
import dev.midstream.routing.Face;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
public final class RelayDriver implements Attempt.Listener, Client.Writability {

    private final Equipment equipment;
    private final String id;
    private final Relay relay;
    private final Client client;
    private final Loop loop;
    private final Hooks hooks;
    private final AlarmClock alarm;
    private final Consumer<Outcome> ended;
    private @Nullable Attempt attempt;
    private @Nullable UpstreamAttempt latest;
    private boolean writable = true;
    private boolean carryingOut;
    private @Nullable Decision decision;

    /** What the transport threw, while the relay is told that the attempt is over. */
    private @Nullable Throwable thrown;

    private boolean over;
    private boolean told;

    /**
     * @param id ours of the call, for the journal
     * @param ended told once, on the loop, when everything is through
     */
    public RelayDriver(
            Equipment equipment,
            String id,
            Relay relay,
            Client client,
            Loop loop,
            Hooks hooks,
            Consumer<Outcome> ended) {
        this.equipment = equipment;
        this.id = id;
        this.relay = relay;
        this.client = client;
        this.loop = loop;
        this.hooks = hooks;
        this.alarm = new AlarmClock(loop, equipment.ticker(), this::woken);
        this.ended = ended;
    }

    // ------------------------------------------------------------------------------------ inputs

    public void begin() {
        assert loop.inLoop();
        if (over) {
            return;
        }
        try {
            client.open(this);
            carryOut(relay.begin(now()));
        } catch (RuntimeException | Error e) {
            broken(e);
        }
    }

    /** The client has left; may come on any thread, and after the end. */
    public void clientGone() {
        if (loop.inLoop()) {
            gone();
        } else {
            loop.execute(this::gone);
        }
    }

    /** The process is going away; may come on any thread. */
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
        } catch (RuntimeException | Error e) {
            broken(e);
        }
    }

    @Override
    public void ended(int number, @Nullable Failure failure, @Nullable Throwable cause) {
        if (attempt != null && attempt.number() == number) {
            attempt = null;
        }
        if (!over) {
            thrown = cause;
            carryOutSafely(() -> relay.ended(number, failure, now()));
            thrown = null;
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

    /** A hook that sends the client away from within is heard when the steps are through. */
    private void gone() {
        if (over) {
            return;
        }
        if (carryingOut) {
            loop.execute(this::gone);
        } else {
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
        } catch (RuntimeException | Error e) {
            broken(e);
        }
    }

    // ------------------------------------------------------------------------------------- steps

    private void carryOut(List<Step> steps) {
        carryingOut = true;
        performAll(steps);
        Decision next = decision;
        while (next != null && !over) {
            decision = null;
            performAll(relay.decided(next, now()));
            next = decision;
        }
        carryingOut = false;
    }

    private void performAll(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            perform(steps.get(i));
        }
    }

    /** A hook that answers from within is heard when the steps are through. */
    private void decided(Decision made) {
        if (!loop.inLoop()) {
            loop.execute(() -> decided(made));
        } else if (carryingOut) {
            decision = made;
        } else if (!over) {
            carryOutSafely(() -> relay.decided(made, now()));
        }
    }

    private void perform(Step step) {
        switch (step) {
            case Step.ReleaseFrame release -> client.frame(release.frame());
            case Step.ReleaseEvent release -> client.event(release.event());
            case Step.WakeAt wake -> alarm.setTo(wake.nanos());
            case Step.Heartbeat beat -> client.heartbeat();
            case Step.Comment comment -> client.comment(comment.text());
            case Step.Start start -> start(start);
            case Step.StopGenerating stop -> stopGenerating(stop);
            case Step.Cancel cancel -> cancel(cancel.attempt());
            case Step.Commit commit -> client.commit(commit.head());
            case Step.Reset reset -> client.reset();
            case Step.Decide decide -> hooks.decide(decide.point(), this::decided);
            case Step.Tell tell -> hooks.told(tell.notice(), thrown);
            case Step.Warn warn -> equipment.journal().warn(warn.message());
            case Step.Finish finish -> finish(finish);
            case Step.Fail fail -> fail(fail.report(), fail.summary(), null);
            case Step.Abandon abandon -> abandon(abandon.summary());
        }
    }

    private void start(Step.Start start) {
        hooks.starting(start);
        Attempt next = equipment.providers().attempt(start, loop, this);
        if (next == null) {
            next = overTheWire(start);
        }
        attempt = next;
        next.reading(writable);
        next.begin();
    }

    private Attempt overTheWire(Step.Start start) {
        UpstreamAttempt before = start.draft().resumed() == null ? null : latest;
        UpstreamAttempt next = new UpstreamAttempt(start, equipment, loop, this, before);
        latest = next;
        return next;
    }

    private void stopGenerating(Step.StopGenerating stop) {
        Face face = stop.face();
        String path = "/" + Segment.of(stop.answer().id()) + "/cancel";
        URI uri = face.endpoint().below(path, null);
        Errand.Order order = new Errand.Order(face, "POST", uri, Map.of(), new byte[0]);
        new Errand(equipment, loop, order, result -> {}).begin();
    }

    private void cancel(int number) {
        Attempt running = attempt;
        if (running != null && running.number() == number) {
            attempt = null;
            running.cancel();
        }
    }

    private void finish(Step.Finish finish) {
        over = true;
        Attempt served = attempt;
        attempt = null;
        if (served != null) {
            served.letEnd();
        }
        client.finish(finish.usage(), finish.summary());
        end(new Outcome.Completed(finish.summary()));
    }

    private void fail(ErrorReport report, @Nullable Summary summary, @Nullable Throwable bug) {
        over = true;
        client.fail(report, summary, bug);
        end(new Outcome.Failed(report, summary));
    }

    private void abandon(Summary summary) {
        over = true;
        client.abandoned(summary);
        end(new Outcome.Abandoned(summary));
    }

    // ----------------------------------------------------------------------------------- the end

    private void end(Outcome outcome) {
        over = true;
        told = true;
        alarm.stop();
        Attempt running = attempt;
        attempt = null;
        if (running != null) {
            running.cancel();
        }
        client.end();
        ended.accept(outcome);
    }

    private void broken(Throwable bug) {
        equipment.journal().bug("call " + id + " ended by a bug", bug);
        if (told) {
            return;
        }
        releasePlan();
        ErrorReport report = internal(client.begun());
        try {
            fail(report, null, bug);
        } catch (RuntimeException | Error again) {
            equipment.journal().bug("call " + id + " could not be told so", again);
            client.abort();
            end(new Outcome.Failed(report, null));
        }
    }

    /** What runs is cancelled with the call; that nothing runs any more is said here. */
    private void releasePlan() {
        try {
            relay.clientGone(now());
        } catch (RuntimeException | Error again) {
            equipment.journal().bug("the plan of call " + id + " could not be released", again);
        }
    }

    private static ErrorReport internal(boolean delivered) {
        Failure failure = new Failure.Internal("Midstream failed to carry this request out");
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
