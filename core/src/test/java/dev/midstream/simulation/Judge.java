package dev.midstream.simulation;

import dev.midstream.model.BlockKind;
import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.Part;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.StreamEvent;
import dev.midstream.relay.Decision;
import dev.midstream.relay.Step;
import dev.midstream.routing.MidStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says whether what an engine does is lawful, step by step, and whether its end is the one that was
 * due.
 *
 * <p>Due is the whole answer whenever a deployment that can go on is left within the budget, else
 * the first failure. Written from the specification alone.
 */
final class Judge {

    private final Schedule schedule;
    private final WholeAnswer answer;
    private final Spending spending;
    private final Vigil vigil;
    private final Client client;
    private final Endings endings;
    private final Holds holds;
    private final Hearsay hearsay;
    private final List<Tried> tries = new ArrayList<>();
    private final List<Tried> cancelledNow = new ArrayList<>();
    private boolean committed;
    private boolean gone;
    private boolean gaveUp;
    private MidStream mode;
    private boolean named;
    private @Nullable Step last;
    private long now;

    Judge(Schedule schedule, Past past) {
        this.now = past.now;
        this.schedule = schedule;
        this.answer = schedule.answer();
        this.spending = new Spending(schedule, past);
        this.vigil = new Vigil(schedule, now);
        this.mode = schedule.settings().midStream();
        this.client = new Client(answer, schedule.blocksInOrder(), mode == MidStream.RESTART);
        this.endings = new Endings(schedule, client, spending);
        this.holds = new Holds(schedule, client, spending);
        this.hearsay = new Hearsay(past.fleet, now);
    }

    // ---- what goes in

    void inputBegins(long time) {
        now = time;
        vigil.pass(now, running());
        client.newInput();
        tries.forEach(Tried::newInput);
        cancelledNow.clear();
    }

    void given(Tried tried, List<StreamEvent> events) {
        if (tried.runs()) {
            boolean failedBefore = tried.failure != null;
            tried.given(events, now);
            if (tried.callStarted()) {
                tried.holding = holds.ofNewCall(now);
            }
            if (tried.complete(answer.choices())) {
                tried.failure = null;
            } else if (!failedBefore && tried.failure != null) {
                failed(tried);
            }
        }
    }

    void answering(Tried tried) {
        if (tried.runs()) {
            tried.heardAt = now;
        }
    }

    void givenEnd(Tried tried, @Nullable Failure failure) {
        if (tried.runs() && tried.failure == null) {
            if (!tried.complete(answer.choices())) {
                tried.failure = failure == null ? new Failure.Truncated("ended") : failure;
                failed(tried);
            }
        }
        tried.ended = true;
    }

    void clientLeaves() {
        gone = true;
    }

    void writable(boolean takes) {
        vigil.writable(takes, now);
    }

    /** The decision that is about to be handed in. */
    void decided(Decision decision) {
        gaveUp = decision instanceof Decision.GiveUp;
        named = Whims.named(decision) != null;
        if (decision instanceof Decision.Continue) {
            by(MidStream.CONTINUE);
        } else if (decision instanceof Decision.Restart) {
            by(MidStream.RESTART);
            client.mayRestart();
        }
    }

    private void by(MidStream chosen) {
        mode = chosen;
        spending.by(chosen);
    }

    private void failed(Tried tried) {
        spending.failed(tried.deployment, tried.method(), tried.failure, now);
    }

    // ---- what comes out

    boolean over() {
        return last != null;
    }

    Step last() {
        return Objects.requireNonNull(last);
    }

    String clientText() {
        return client.text(0);
    }

    void step(Step step) {
        Violation.unless(last == null, "after the last step: " + step);
        switch (step) {
            case Step.Start start -> throw new IllegalStateException("handed in by started()");
            case Step.Cancel cancel -> cancel(cancel);
            case Step.Commit commit -> commit();
            case Step.ReleaseFrame release -> {
                release();
                client.frame(release.frame());
            }
            case Step.ReleaseEvent release -> {
                release();
                client.event(release.event());
            }
            case Step.Comment comment -> release();
            case Step.Heartbeat beat -> {
                Violation.unless(schedule.stream(), "a heartbeat in an assembled answer");
                release();
            }
            case Step.Reset reset -> {
                Violation.unless(!schedule.stream(), "a stream cannot start over");
                client.reset();
            }
            case Step.Finish finish -> last = finish;
            case Step.Fail fail -> last = fail;
            case Step.Abandon abandon -> last = abandon;
            case Step.WakeAt wake -> {}
            case Step.Decide decide -> hearsay.decides(decide.point(), tries);
            case Step.StopGenerating stop ->
                    throw new IllegalStateException("nothing here runs in the background");
            case Step.Warn warn -> {}
            case Step.Tell tell -> hearsay.told(tell.notice(), tries, client.fresh(), now);
        }
    }

    private void commit() {
        Violation.unless(!committed, "committed twice");
        committed = true;
        vigil.committed(now);
    }

    private void release() {
        Violation.unless(!schedule.stream() || committed, "written before the commit");
        vigil.wrote(now);
    }

    private void cancel(Step.Cancel cancel) {
        Tried tried =
                tries.stream()
                        .filter(t -> t.start.attempt() == cancel.attempt())
                        .findFirst()
                        .orElseThrow(() -> new Violation("cancelled what was never started"));
        Violation.unless(!tried.cancelled, "cancelled twice");
        tried.cancelled = true;
        cancelledNow.add(tried);
    }

    /** A new attempt. */
    void started(Tried tried) {
        Violation.unless(last == null, "an attempt after the last step");
        Violation.unless(!gone, "an attempt after the client has left");
        Violation.unless(running() == null, "a second attempt beside one that runs");
        Violation.unless(
                vigil.writable() || tries.isEmpty(), "recovered while the client takes nothing");
        hearsay.goesOn(tries);
        explainCancelled();
        explainLast();
        Tried before = tries.isEmpty() ? null : tries.getLast();
        if (before != null && refusedPrefill(before.failure) && !named) {
            Violation.unless(
                    before.at(tried.deployment) || !spending.hasMethod(before.deployment),
                    "who refused the prefill has to be asked otherwise first");
        }
        boolean goesOn = client.hasContent();
        if (schedule.stream()) {
            mayGoOn();
        }
        clocks(tried.start);
        draft(tried);
        spending.ask(tried.deployment, tried.method(), otherwise(tried), named, goesOn, now);
        tries.add(tried);
        by(schedule.settings().midStream());
        named = false;
    }

    private void mayGoOn() {
        boolean text = client.has(BlockKind.TEXT);
        Violation.unless(client.calls() == 0, "asked again although a tool call is out");
        Violation.unless(client.ends().isEmpty(), "asked again although a choice has ended");
        Violation.unless(!text || mode != MidStream.ERROR, "continued where mid_stream is error");
        Violation.unless(!text || answer.choices() == 1, "continued several choices");
        Violation.unless(!client.has(BlockKind.REFUSAL), "evaded a refusal");
        Violation.unless(!client.has(BlockKind.OPAQUE), "continued what nobody understands");
        Violation.unless(
                client.text(0).length() <= schedule.settings().maxTranscript(),
                "continued beyond max_transcript");
    }

    private void clocks(Step.Start start) {
        ReasoningRequest reasoning = schedule.request().reasoning();
        boolean thinks =
                reasoning != null && reasoning.asked() && !start.draft().withoutReasoning();
        Violation.unless(
                start.clocks().equals(schedule.settings().clocks(start.deployment(), thinks)),
                "not the time limits of this deployment");
    }

    private void draft(Tried tried) {
        String text = client.text(0);
        Method method = tried.method();
        if (text.isEmpty()) {
            Violation.unless(method == Method.ORIGINAL, "nothing is out: the original request");
        } else {
            Violation.unless(method != Method.ORIGINAL, "text is out and is not continued");
            boolean chosen = method == schedule.settings().continuation();
            boolean restart = mode == MidStream.RESTART;
            Violation.unless(
                    restart == (method == Method.RESTART),
                    "restart where and only where it is chosen");
            Violation.unless(
                    restart || chosen || tried.deployment.methods().contains(method),
                    "a method that " + tried.deployment.id() + " does not have: " + method);
        }
        Violation.unless(
                tried.start.draft().appended().isEmpty()
                        == !(method.prefill() || method == Method.USER_TURN),
                "turns are appended where and only where the method says so");
        if (!tried.start.draft().appended().isEmpty()) {
            appended(tried, text);
        }
    }

    /**
     * What is sent as the beginning is what the client has, but for blank space and a last word.
     */
    private void appended(Tried tried, String text) {
        StringBuilder sent = new StringBuilder();
        for (Part part : tried.start.draft().appended().get(0).parts()) {
            sent.append(part instanceof Part.Text t ? t.text() : "");
        }
        String left = text.startsWith(sent.toString()) ? text.substring(sent.length()) : "?";
        boolean cutBack = tried.deployment.manner() == Manner.TRIMS && tried.method().prefill();
        Violation.unless(
                cutBack ? left.length() <= 60 : left.isBlank(), "not what the client has: " + sent);
        Violation.unless(
                !answer.structured() || tried.start.draft().withoutFormat(),
                "a grammar cannot start inside a document");
    }

    // ---- when an input has been dealt with

    void inputEnds() {
        explainCancelled();
        hearsay.inputEnds(tries, client.fresh(), now);
        if (last != null) {
            end();
        } else {
            Violation.unless(!gone, "the client has left and that was not the end");
            Violation.unless(
                    schedule.stream() || !committed,
                    "an assembled answer is committed at its end only");
            Tried running = running();
            if (running != null
                    && running.failure == null
                    && schedule.stream()
                    && vigil.writable()) {
                holds.check(running);
            }
        }
    }

    private void end() {
        Violation.unless(running() == null, "an attempt is left running");
        Violation.unless(!gone || last instanceof Step.Abandon, "the client has left: abandon");
        switch (last) {
            case Step.Finish finish -> {
                Violation.unless(!schedule.stream() || committed, "finished without a commit");
                hearsay.ends(finish.summary());
                endings.finished(finish, tries);
            }
            case Step.Fail fail -> {
                Violation.unless(schedule.stream() || !committed, "committed to an error");
                explainLast();
                hearsay.ends(fail.summary());
                boolean late = vigil.deadlinePassed(now);
                endings.failed(fail, tries, committed, gaveUp, late, mode, now);
            }
            case Step.Abandon abandon -> {
                Violation.unless(gone, "abandoned a client that is there");
                hearsay.ends(abandon.summary());
            }
            default -> throw new IllegalStateException();
        }
    }

    /** Nobody cancels an attempt that does well. */
    private void explainCancelled() {
        for (Tried tried : cancelledNow) {
            if (tried.failure == null && !(last instanceof Step.Finish) && !gone) {
                tried.failure = whyCancelled(tried);
                failed(tried);
            }
        }
        cancelledNow.clear();
    }

    private Failure whyCancelled(Tried tried) {
        if (tried.terminated && !tried.complete(answer.choices())) {
            return new Failure.Truncated("terminated early");
        }
        if (tried.mishap.kind() == Mishap.Kind.BROKEN_CALL && tried.callTextGiven > 0) {
            return new Failure.BadEnd("broken call");
        }
        if (vigil.mayTimeOut(tried, now)) {
            return new Failure.TimedOut(clock(tried), Duration.ZERO);
        }
        if (vigil.deadlinePassed(now)) {
            return new Failure.DeadlinePassed(Duration.ZERO);
        }
        Violation.unless(
                !tried.asksAnew() && !tried.joinsSurely(),
                "an attempt that did well was cancelled");
        return new Failure.SeamRejected("seam", false);
    }

    private static Failure.TimedOut.Clock clock(Tried tried) {
        if (!tried.start.draft().stream()) {
            return Failure.TimedOut.Clock.TOTAL;
        }
        return tried.content ? Failure.TimedOut.Clock.IDLE : Failure.TimedOut.Clock.FIRST_TOKEN;
    }

    /** What follows an attempt follows from its failure. */
    private void explainLast() {
        Tried tried = tries.isEmpty() ? null : tries.getLast();
        if (tried == null || tried.failure != null || gaveUp) {
            return;
        }
        boolean complete = tried.complete(answer.choices());
        if (tried.terminated && !complete) {
            tried.failure = new Failure.Truncated("terminated early");
        } else if (tried.mishap.kind() == Mishap.Kind.BROKEN_CALL && complete) {
            tried.failure = new Failure.BadEnd("broken call");
        } else {
            Violation.unless(!tried.joinsSurely(), "given up although the answer was complete");
            tried.failure = new Failure.SeamRejected("seam", false);
        }
        failed(tried);
    }

    private @Nullable Tried running() {
        for (Tried tried : tries) {
            if (tried.runs()) {
                return tried;
            }
        }
        return null;
    }

    /**
     * Who refused a prefill, or took it for something else, is asked by another method: no retry.
     */
    private boolean otherwise(Tried tried) {
        for (Tried before : tries.reversed()) {
            if (before.at(tried.deployment)) {
                boolean ignored =
                        before.method().prefill() && before.failure instanceof Failure.SeamRejected;
                return before.method() != tried.method()
                        && (ignored || refusedPrefill(before.failure));
            }
        }
        return false;
    }

    private static boolean refusedPrefill(@Nullable Failure failure) {
        return failure instanceof Failure.Refused refused
                && refused.error().errorClass() == ErrorClass.PREFILL_REFUSED;
    }

    @Override
    public String toString() {
        return tries + ", last step " + last;
    }
}
