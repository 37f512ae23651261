package dev.midstream.relay;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.Method;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.routing.AttemptClocks;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.Plan;
import dev.midstream.routing.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * One client request from its first attempt to its last byte.
 *
 *            begin                         an attempt ends
 *   IDLE ───────────▶ RUNNING ───────────────────────────────▶ (failure) ──▶ DECIDING ──▶ RUNNING, DONE
 *                        │  ▲                                      │             ▲
 *                        │  └──────── frames, clocks ──────┐       └─▶ WAITING ──┘  (nobody can be asked just now)
 *                        ▼                                 │       └─▶ PAUSED       (the client takes nothing just now)
 *                      DONE ◀── terminal event, honest error, client gone
 *
 * What follows upon a failure is found in Proposals, comes back as a Sequel, and is carried out here. A failure is decided
 * upon once, also where an honest error is proposed; what follows from the decision is carried out without asking again.
 * Nothing is decided where the answer is finished as it stands, or a policy has ended it.
 *
 * Everything else follows from two questions. May this frame leave? — openings wait for the first content, tool calls until
 * they are complete, text behind a break until the seam is proven. And: what may be done about this failure? — the transcript
 * answers that (Transcript.Stage); where it leaves a choice, the failure and the limits do (Outlook).
 *
 * The usual frame, one delta of a block that is already going through, is handled at the top of frame() and costs nothing
 * beyond the append to the transcript and one step: no clock is armed or moved for it.
 */
/**
 * Carries one client's answer over as many upstream attempts as it takes.
 *
 * <p><b>Shape</b>: each input has the time and, where it comes from an attempt, the attempt's
 * number, and gives the steps to carry out, in order. The list is valid until the next input.
 * Inputs of an attempt that is over are ignored. After {@code Finish}, {@code Fail} or {@code
 * Abandon} every input gives nothing.
 *
 * <p><b>Units</b>: times are nanoseconds of one monotonic clock.
 *
 * <p><b>Thread-safety</b>: event-loop confined; one driver serialises the inputs.
 */
public final class Relay {

    private static final String OVERFLOW =
            "The model's parallel tool calls are too long to be put in order";

    private enum State {
        IDLE,
        RUNNING,
        DECIDING,
        WAITING,
        PAUSED,
        DONE
    }

    private final Request request;
    private final Settings settings;
    private final Plan plan;
    private final boolean inOrder;
    private final Transcript transcript;
    private final Recovery recovery;
    private final Ledger ledger;
    private final List<Step> steps = new ArrayList<>();
    private final Outlet outlet;
    private final Failures failures;
    private final Proposals proposals;

    private State state = State.IDLE;
    private @Nullable Attempt current;
    private @Nullable Decision decided;
    private boolean writable = true;
    private long begun;
    private long pausedSince;
    private long waitUntil;
    private long armedAt = Long.MAX_VALUE;

    /**
     * @param settings the request's, everything decided
     * @param plan walked by this relay alone
     * @param memory shared; what deployments turn out not to do is remembered there
     * @param blocksInOrder whether the client's protocol wants blocks in the order of their numbers
     */
    public Relay(
            Request request,
            Settings settings,
            Plan plan,
            CapabilityMemory memory,
            boolean blocksInOrder) {
        this(request, Variants.none(request), settings, plan, memory, blocksInOrder);
    }

    /**
     * @param variants of the request: what fallbacks may ask for instead
     */
    public Relay(
            Request request,
            Variants variants,
            Settings settings,
            Plan plan,
            CapabilityMemory memory,
            boolean blocksInOrder) {
        this.request = request;
        this.settings = settings;
        this.plan = plan;
        this.inOrder = blocksInOrder || request.choices() > 1;
        this.transcript =
                new Transcript(
                        request.choices(), request.format().structured(), settings.maxTranscript());
        this.recovery = new Recovery(request, variants, settings, memory, transcript);
        this.ledger = new Ledger(request);
        this.outlet = new Outlet(request.stream(), settings, transcript, ledger, steps);
        Lessons lessons = new Lessons(memory, recovery, steps);
        this.failures = new Failures(plan, ledger, lessons, outlet, steps);
        this.proposals =
                new Proposals(request.stream(), settings, plan, recovery, ledger, failures, steps);
    }

    // ---- inputs

    /** Starts the first attempt. Once. */
    public List<Step> begin(long now) {
        steps.clear();
        begun = now;
        outlet.begin(now);
        carryOut(proposals.begin(now), now);
        return rearmed(now);
    }

    /** The attempt's response head has come, with status 200 and nothing that names the request. */
    public List<Step> answering(int attempt, long now) {
        return answering(attempt, null, now);
    }

    /**
     * The attempt's response head has come, with status 200.
     *
     * @param requestId what the upstream calls the request, null if it says nothing
     */
    public List<Step> answering(int attempt, @Nullable String requestId, long now) {
        steps.clear();
        Attempt a = running(attempt);
        if (a != null) {
            a.requestId = requestId;
            a.sign(now);
            if (a.method() == Method.RESUME) {
                note(a);
            }
        }
        return steps;
    }

    public List<Step> frame(int attempt, Frame frame, long now) {
        steps.clear();
        Attempt a = running(attempt);
        if (a == null) {
            return steps;
        }
        if (frame.size() == 1
                && frame.event(0) instanceof StreamEvent.Delta delta
                && a.live.get(delta.block())
                && (!inOrder || !a.holdBack.holding())) {
            a.progress(now);
            outlet.through(frame, delta, now);
            if (!transcript.endless()) {
                return steps;
            }
        } else {
            take(a, frame, now);
        }
        if (transcript.endless() && state != State.DONE) {
            Failure endless = new Failure.Garbled(Transcript.ENDLESS);
            giveUp(endless, ledger.first(endless), now);
        }
        return rearmed(now);
    }

    /**
     * The attempt is over on the wire.
     *
     * @param failure why it ended, null if the input ended cleanly
     */
    public List<Step> ended(int attempt, @Nullable Failure failure, long now) {
        steps.clear();
        Attempt a = running(attempt);
        if (a != null) {
            boolean whole = failure == null ? transcript.everyChoiceEnded() : answered();
            if (whole) {
                finish(a, false, now);
            } else {
                fail(a, failure == null ? truncated() : failure, false, now);
            }
        }
        return rearmed(now);
    }

    /** The time wished for by {@link Step.WakeAt} has come; harmless at any other time. */
    public List<Step> wake(long now) {
        steps.clear();
        if (now >= armedAt) {
            armedAt = Long.MAX_VALUE;
        }
        if (state != State.DONE && now - begun >= settings.requestTimeout().toNanos()) {
            Failure passed = new Failure.DeadlinePassed(settings.requestTimeout());
            giveUp(passed, ledger.first(passed), now);
        }
        if (state != State.DONE) {
            outlet.keepAlive(current, writable, now);
        }
        switch (state) {
            case RUNNING -> clocks(now);
            case WAITING -> {
                if (writable && now >= waitUntil) {
                    carryOut(proposals.ask(now), now);
                }
            }
            case IDLE, DECIDING, PAUSED, DONE -> {}
        }
        return rearmed(now);
    }

    /** Answers {@link Step.Decide}: once, now or later. One that nobody waits for is ignored. */
    public List<Step> decided(Decision decision, long now) {
        steps.clear();
        if (state == State.DECIDING && decided == null) {
            if (writable) {
                carryOut(proposals.decided(decision, now), now);
            } else {
                decided = decision;
            }
        }
        return rearmed(now);
    }

    /** The client has left: everything ends at once, nothing new starts. */
    public List<Step> clientGone(long now) {
        steps.clear();
        if (state != State.DONE) {
            release(now);
            state = State.DONE;
            steps.add(new Step.Abandon(ledger.summary(ledger.usage(), outlet.committed())));
        }
        return steps;
    }

    /**
     * Whether the client takes what is written. While it does not, nothing is recovered and no
     * clock of the upstream runs.
     */
    public List<Step> writable(boolean takes, long now) {
        steps.clear();
        if (takes == writable || state == State.DONE) {
            return steps;
        }
        writable = takes;
        if (!takes) {
            pausedSince = now;
            return steps;
        }
        outlet.writableAgain(now);
        if (current != null) {
            current.excuse(pausedSince, now);
        }
        Decision waiting = decided;
        decided = null;
        if (state == State.PAUSED) {
            carryOut(proposals.failed(now), now);
        } else if (waiting != null && state == State.DECIDING) {
            carryOut(proposals.decided(waiting, now), now);
        }
        return rearmed(now);
    }

    /** This process is going away: what has not ended by now ends in an error. */
    public List<Step> shutdown(long now) {
        steps.clear();
        if (state != State.DONE) {
            Failure going = new Failure.ShuttingDown();
            giveUp(going, going, now);
        }
        return steps;
    }

    // ---- what came

    private @Nullable Attempt running(int attempt) {
        Attempt a = current;
        return state == State.RUNNING && a != null && a.number == attempt ? a : null;
    }

    /** Whether nothing more is to come but usage and the terminal event. */
    private boolean answered() {
        return transcript.endedChoices() >= request.choices();
    }

    private void take(Attempt a, Frame frame, long now) {
        FrameContents contents = FrameContents.of(frame);
        a.note(frame);
        ledger.malformed(contents.malformed());
        Failure failure = contents.failure();
        if (failure != null) {
            failedInBand(a, failure, now);
            return;
        }
        if (contents.content()) {
            if (a.firstToken == 0) {
                answers(a, now);
            }
            a.progress(now);
            deliver(a, frame, now);
        } else {
            a.sign(now);
            beside(a, frame, contents, now);
        }
        if (contents.terminated() && running(a.number) != null) {
            terminated(a, now);
        }
    }

    private void answers(Attempt a, long now) {
        if (a.draft.stream()) {
            plan.answering(a.deployment, now);
        }
        a.answers();
        tell(new Notice.FirstToken(a.number));
    }

    private void tell(Notice notice) {
        steps.add(new Step.Tell(notice));
    }

    private void failedInBand(Attempt a, Failure failure, long now) {
        if (answered()) {
            finish(a, true, now);
        } else {
            fail(a, failure, true, now);
        }
    }

    private void terminated(Attempt a, long now) {
        if (transcript.everyChoiceEnded()) {
            finish(a, false, now);
        } else {
            fail(a, truncated(), true, now);
        }
    }

    private static Failure truncated() {
        return new Failure.Truncated(
                "The upstream ended its answer without saying that it was complete");
    }

    /** A frame without content: openings wait for content, usage for the end. */
    private void beside(Attempt a, Frame frame, FrameContents contents, long now) {
        if (!a.verbatim()) {
            return;
        }
        if (contents.usage() && !contents.opening()) {
            a.usageFrame = frame.copy();
        } else {
            outlet.beside(a, frame, contents.opening(), now);
        }
    }

    private void deliver(Attempt a, Frame frame, long now) {
        Splice splice = a.splice;
        if (splice == null) {
            push(a, frame, now);
        } else {
            spliced(a, splice, splice.translate(frame, now), now);
        }
    }

    private void spliced(Attempt a, Splice splice, List<StreamEvent> events, long now) {
        if (a.grade == null && splice.grade() != null) {
            joined(a, splice);
        }
        if (!events.isEmpty()) {
            push(a, Frame.synthetic(events), now);
        }
        Failure failure = splice.failure();
        if (running(a.number) == null) {
            return;
        }
        if (failure != null) {
            fail(a, failure, true, now);
        } else if (splice.endedEarly()) {
            finish(a, true, now);
        }
    }

    private void joined(Attempt a, Splice splice) {
        a.grade = splice.grade();
        a.seamDropped = splice.dropped();
        note(a);
    }

    private void note(Attempt a) {
        if (request.stream() && settings.seamComments()) {
            steps.add(new Step.Comment(failures.lastBreak().comment(a)));
        }
    }

    /** Through the hold-back to the client. */
    private void push(Attempt a, Frame frame, long now) {
        HoldBack back = a.holdBack;
        boolean begins = HoldBack.beginsCall(frame);
        if (back.idle() && !begins) {
            outlet.emit(a, frame, now);
            return;
        }
        boolean leaves = back.pass(frame, begins && hold(now));
        String invalid = back.invalidCall(frame);
        if (invalid != null) {
            fail(a, new Failure.BadEnd(invalid), true, now);
            return;
        }
        if (leaves) {
            outlet.emit(a, frame, now);
        }
        for (Frame held = back.poll(); held != null; held = back.poll()) {
            outlet.emit(a, held, now);
        }
        if (back.overflows()) {
            fail(a, new Failure.BadEnd(OVERFLOW), true, now);
        }
    }

    private boolean hold(long now) {
        return switch (settings.holdToolCalls()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> endsWell() || somewhereElse(now);
        };
    }

    /**
     * Whether the turn could end with the calls that the client has, if the one that begins now
     * broke off.
     */
    private boolean endsWell() {
        return transcript.stage() == Transcript.Stage.TOOL_CALL;
    }

    private boolean somewhereElse(long now) {
        return (settings.midStream() != MidStream.ERROR || !transcript.delivered())
                && plan.another(now, recovery::able);
    }

    // ---- clocks

    private void clocks(long now) {
        Attempt a = current;
        if (a == null || !writable) {
            return;
        }
        if (a.splice != null) {
            spliced(a, a.splice, a.splice.wake(now), now);
        }
        boolean answered = answered();
        if (running(a.number) != null && now >= a.deadline(answered)) {
            if (answered) {
                finish(a, true, now);
            } else {
                fail(a, a.timedOut(), true, now);
            }
        }
    }

    private List<Step> rearmed(long now) {
        long earliest = state == State.DONE ? Long.MAX_VALUE : earliest();
        if (earliest < armedAt) {
            armedAt = Math.max(earliest, now);
            steps.add(new Step.WakeAt(armedAt));
        }
        return steps;
    }

    private long earliest() {
        long at = begun + settings.requestTimeout().toNanos();
        at = Math.min(at, outlet.deadline(writable));
        if (state == State.WAITING && writable) {
            at = Math.min(at, waitUntil);
        }
        Attempt a = current;
        if (state == State.RUNNING && a != null && writable) {
            at = Math.min(at, a.deadline(answered()));
            if (a.splice != null) {
                at = Math.min(at, a.splice.deadline());
            }
        }
        return at;
    }

    // ---- failure and what follows

    private void fail(Attempt a, Failure seen, boolean cancel, long now) {
        Failure failure = Lessons.asItConcerns(a, seen);
        close(a, failure, cancel, now);
        failures.failed(a, failure, now);
        if (writable) {
            carryOut(proposals.failed(now), now);
        } else {
            state = State.PAUSED;
        }
    }

    private void close(Attempt a, Failure failure, boolean cancel, long now) {
        if (endsWell()) {
            a.holdBack.wholeCalls().forEach(frame -> outlet.emit(a, frame, now));
        }
        a.failure = failure;
        over(a, now);
        current = null;
        tell(new Notice.AttemptFailed(a.number, failure));
        if (cancel) {
            steps.add(new Step.Cancel(a.number));
        }
    }

    private void over(Attempt a, long now) {
        a.end(transcript, now);
        plan.used(a.deployment, a.usage());
    }

    private void carryOut(Sequel sequel, long now) {
        switch (sequel) {
            case Sequel.Start start -> start(start.candidate(), now);
            case Sequel.WaitUntil wait -> {
                state = State.WAITING;
                waitUntil = wait.nanos();
            }
            case Sequel.Undecided undecided -> {
                state = State.DECIDING;
                steps.add(new Step.Decide(point(undecided)));
            }
            case Sequel.Finish finish -> finishHere(finish.reason(), now);
            case Sequel.Fail fail -> {
                startOver();
                surface(fail.instead(), fail.retryAfter(), now);
            }
        }
    }

    private DecisionPoint point(Sequel.Undecided undecided) {
        Candidate c = undecided.proposal().candidate();
        return new DecisionPoint(
                failures.last(),
                ledger.tried(),
                transcript,
                outlet.delivered(),
                recovery.mode(),
                c == null ? null : c.ask().deployment(),
                c == null ? null : c.ask().group(),
                c == null ? null : c.prepared().draft(),
                undecided.others());
    }

    // ---- attempts

    private void start(Candidate c, long now) {
        Attempt before = failures.takeInterrupted();
        Draft draft = c.prepared().draft();
        run(
                before == null
                        ? fresh(c, draft, now)
                        : Resumption.attempt(ledger.count() + 1, before, draft, now));
    }

    private Attempt fresh(Candidate c, Draft draft, long now) {
        startOver();
        boolean verbatim =
                draft.method() == Method.ORIGINAL
                        && !outlet.openingShown()
                        && !transcript.delivered();
        outlet.endReasoning(now);
        Attempt a =
                new Attempt(
                        ledger.count() + 1,
                        c.ask().deployment(),
                        recovery.face(c.ask().deployment()),
                        c.ask().group(),
                        c.ask().fallback(),
                        draft,
                        clocksOf(c),
                        now,
                        new HoldBack(inOrder, settings.maxHeld()),
                        verbatim ? null : recovery.splice(c.prepared(), inOrder));
        a.bytesBefore = transcript.bytes();
        a.rewritten = c.prepared().rewritten();
        return a;
    }

    /** Where the answer starts over, what was shown of it is forgotten. */
    private void startOver() {
        if (recovery.anew()) {
            outlet.reset();
            ledger.startOver();
            recovery.asConfigured();
        }
    }

    private void run(Attempt a) {
        recovery.asConfigured();
        a.delivered = transcript.bytes();
        ledger.started(a);
        current = a;
        state = State.RUNNING;
        steps.add(new Step.Start(a.number, a.deployment, a.face, a.group, a.draft, a.clocks));
    }

    private AttemptClocks clocksOf(Candidate c) {
        Draft draft = c.prepared().draft();
        ReasoningRequest wanted = draft.request().reasoning();
        boolean reasoning = wanted != null && wanted.asked() && !draft.withoutReasoning();
        return settings.clocks(c.ask().deployment(), reasoning);
    }

    // ---- ends

    /**
     * @param cancel whether the upstream is not to be waited for
     */
    private void finish(Attempt a, boolean cancel, long now) {
        over(a, now);
        if (cancel) {
            steps.add(new Step.Cancel(a.number));
            Resumption.stop(a, steps);
        }
        plan.succeeded(a.deployment, now);
        Frame usageFrame = a.usageFrame;
        if (usageFrame != null && a.verbatim()) {
            steps.add(new Step.ReleaseFrame(usageFrame));
        }
        done(now);
    }

    /** The answer is whole as it stands, although the attempt that made it broke. */
    private void finishHere(FinishReason reason, long now) {
        outlet.endBlocks(now);
        outlet.event(new StreamEvent.ChoiceEnded(0, reason, null), now);
        done(now);
    }

    private void done(long now) {
        outlet.commit(current, now);
        current = null;
        state = State.DONE;
        Usage usage = ledger.usage();
        steps.add(new Step.Finish(usage, ledger.summary(usage, true)));
    }

    private void giveUp(Failure failure, Failure surfacing, long now) {
        Attempt a = current;
        if (a != null) {
            close(a, failure, true, now);
            plan.released(a.deployment, now);
            outlet.dropOpenings();
            Resumption.stop(a, steps);
        }
        end(surfacing, null, now);
    }

    private void surface(@Nullable Failure instead, @Nullable Duration retryAfter, long now) {
        Failure failure =
                ledger.first(
                        instead != null
                                ? instead
                                : new Failure.Internal("No deployment could be asked"));
        end(failure, retryAfter, now);
    }

    private void end(Failure failure, @Nullable Duration retryAfter, long now) {
        release(now);
        state = State.DONE;
        steps.add(
                new Step.Fail(
                        ledger.report(failure, outlet.delivered(), retryAfter, ledger.count() > 1),
                        ledger.summary(ledger.usage(), outlet.committed())));
    }

    private void release(long now) {
        Attempt a = current;
        if (a != null) {
            steps.add(new Step.Cancel(a.number));
            Resumption.stop(a, steps);
            over(a, now);
            current = null;
        }
        Resumption.stop(failures.takeInterrupted(), steps);
        plan.abandon(now);
    }
}
