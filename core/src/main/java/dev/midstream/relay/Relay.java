package dev.midstream.relay;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Fault;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.Method;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.routing.AttemptClocks;
import dev.midstream.routing.Choice;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.Plan;
import dev.midstream.routing.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
 * A failure is decided upon once, also where an honest error is proposed; what follows from the decision is carried out
 * without asking again. Nothing is decided where the answer is finished as it stands, or a policy has ended it.
 *
 * Everything else follows from two questions. May this frame leave? — openings wait for the first content, tool calls until
 * they are complete, text behind a break until the seam is proven. And: what may be done about this failure? — the transcript
 * alone answers that (Transcript.Stage).
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

    /** Attempts after which a generation is not taken up again, however far each of them got. */
    private static final int MOST_WAYS = 50;

    private enum State {
        IDLE,
        RUNNING,
        DECIDING,
        WAITING,
        PAUSED,
        DONE
    }

    /** What may be done about a failure, by what the client has and how breaks are recovered. */
    private enum Outlook {
        ASK,
        HOPELESS,
        POLICY_END,
        CALLS_WHOLE,
        DOCUMENT_WHOLE,
        LIMIT_REACHED
    }

    private final Request request;
    private final Settings settings;
    private final Plan plan;
    private final boolean inOrder;
    private final Transcript transcript;
    private final Recovery recovery;
    private final Ledger ledger;
    private final List<Step> steps = new ArrayList<>();
    private final Lessons lessons;
    private final Outlet outlet;

    private State state = State.IDLE;
    private @Nullable Attempt current;
    private @Nullable Proposal proposal;
    private @Nullable Decision decided;
    private @Nullable String wanted;
    private boolean settled;
    private @Nullable Attempt interrupted;
    private @Nullable Failure lastFailure;
    private Break lastBreak = new Break("", "");
    private boolean writable = true;
    private int continuations;
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
        this.lessons = new Lessons(memory, recovery, steps);
        this.outlet = new Outlet(request.stream(), settings, transcript, ledger, steps);
    }

    // ---- inputs

    /** Starts the first attempt. Once. */
    public List<Step> begin(long now) {
        steps.clear();
        begun = now;
        outlet.begin(now);
        ask(now);
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
                    ask(now);
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
                carryOut(decision, now);
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
            recover(now);
        } else if (waiting != null && state == State.DECIDING) {
            carryOut(waiting, now);
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
            steps.add(new Step.Comment(lastBreak.comment(a)));
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
        boolean resumable = ledger.count() < MOST_WAYS && Resumption.possible(a, failure);
        close(a, failure, cancel, now);
        if (resumable) {
            lastBreak = new Break(a.group, failure.cause());
            ledger.failed(failure);
            interrupted = a;
        } else {
            outlet.dropOpenings();
            stopGenerating(a);
            settle(a, failure, now);
        }
        lastFailure = failure;
        recoverWhenWritable(now);
    }

    /**
     * What the failure means for the deployment; of a generation that could not be taken up again
     * counts what had cut it off.
     */
    private void settle(Attempt a, Failure failure, long now) {
        if (a.method() == Method.RESUME) {
            ledger.failed(failure);
            failedAt(a, ledger.first(failure), now);
            return;
        }
        if (lessons.learned(a, failure)) {
            continuations -= a.method() == Method.ORIGINAL ? 0 : 1;
        } else {
            ledger.failed(failure);
        }
        failedAt(a, failure, now);
    }

    private void failedAt(Attempt a, Failure failure, long now) {
        Duration cooldown = plan.failed(a.deployment, failure, now);
        if (cooldown != null) {
            tell(new Notice.CooledDown(a.deployment.id(), a.group, cooldown, failure));
        }
    }

    private void recoverWhenWritable(long now) {
        if (writable) {
            recover(now);
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
        if (a.bytesAdded > 0) {
            lastBreak = new Break(a.group, failure.cause());
        }
        tell(new Notice.AttemptFailed(a.number, failure));
        if (cancel) {
            steps.add(new Step.Cancel(a.number));
        }
    }

    private void over(Attempt a, long now) {
        a.end(transcript, now);
        plan.used(a.deployment, a.usage());
    }

    private void recover(long now) {
        settled = false;
        wanted = null;
        Attempt resuming = interrupted;
        if (resuming == null) {
            follow(settings.midStream(), now);
        } else {
            recovery.asConfigured();
            propose(Proposal.of(Resumption.candidate(resuming)), now);
        }
    }

    /** What follows upon the last failure, where breaks are recovered in this way. */
    private void follow(MidStream mode, long now) {
        recovery.by(mode, unseen(mode));
        switch (outlook(mode)) {
            case ASK -> ask(now);
            case HOPELESS -> honestly(null, null, now);
            case POLICY_END -> {
                if (request.stream()) {
                    surface(null, null, now);
                } else {
                    honestly(null, null, now);
                }
            }
            case CALLS_WHOLE -> finishHere(FinishReason.TOOL_CALLS, now);
            case DOCUMENT_WHOLE -> finishHere(FinishReason.STOP, now);
            case LIMIT_REACHED -> finishHere(FinishReason.LENGTH, now);
        }
    }

    private Outlook outlook(MidStream mode) {
        boolean worth = worthRecovering(lastFailure(), mode);
        return switch (recovery.stage()) {
            case NOTHING -> Outlook.ASK;
            case REASONING -> worth ? Outlook.ASK : Outlook.HOPELESS;
            case TEXT -> goingOn(worth);
            case STRUCTURED -> {
                Document document = recovery.document();
                yield document.complete()
                        ? Outlook.DOCUMENT_WHOLE
                        : document.valid() ? goingOn(worth) : Outlook.HOPELESS;
            }
            case TOOL_CALL -> Outlook.CALLS_WHOLE;
            case BEYOND_RECOVERY -> Outlook.HOPELESS;
            case POLICY_END -> Outlook.POLICY_END;
        };
    }

    private Outlook goingOn(boolean worth) {
        if (!worth) {
            return Outlook.HOPELESS;
        }
        if (recovery.tokensLeft() <= 0) {
            return Outlook.LIMIT_REACHED;
        }
        return continuations < settings.maxContinuations() ? Outlook.ASK : Outlook.HOPELESS;
    }

    /** Whether a new answer is wanted, and nobody has seen anything of the old one. */
    private boolean unseen(MidStream mode) {
        boolean text =
                transcript.stage() == Transcript.Stage.TEXT
                        || transcript.stage() == Transcript.Stage.STRUCTURED;
        return text && !request.stream() && mode == MidStream.RESTART;
    }

    private Failure lastFailure() {
        return lastFailure == null ? truncated() : lastFailure;
    }

    /**
     * A provider's word inside a running stream that the request itself is wrong ends it, unless
     * groups are named for just that; so does the operator's.
     */
    private boolean worthRecovering(Failure failure, MidStream mode) {
        boolean wrong =
                failure instanceof Failure.Refused refused
                        && refused.inBand()
                        && (refused.fault() == Fault.REQUEST
                                || refused.fault() == Fault.CREDENTIAL);
        return (!wrong || plan.turned()) && mode != MidStream.ERROR;
    }

    private void ask(long now) {
        switch (next(now)) {
            case Choice.Ask ask -> propose(Proposal.of(candidate(ask)), now);
            case Choice.WaitUntil wait -> {
                state = State.WAITING;
                waitUntil = wait.nanos();
                if (waitUntil - begun >= settings.requestTimeout().toNanos()) {
                    honestly(null, null, now);
                }
            }
            case Choice.Exhausted exhausted ->
                    honestly(exhausted.failure(), exhausted.retryAfter(), now);
        }
    }

    private Choice next(long now) {
        String id = wanted;
        wanted = null;
        if (id != null) {
            Choice.Ask named = plan.instead(null, id, now, recovery::able);
            if (named != null) {
                return named;
            }
            notAsked(id);
        }
        return plan.next(now, recovery::able, recovery.delivered());
    }

    private void notAsked(String deployment) {
        steps.add(
                new Step.Warn(
                        "deployment "
                                + deployment
                                + " cannot be asked now, although it was decided so"));
    }

    private Candidate candidate(Choice.Ask ask) {
        Method method = Objects.requireNonNull(recovery.method(ask.deployment()));
        return new Candidate(ask, recovery.prepare(ask.deployment(), ask.variant(), method));
    }

    /**
     * What cannot be recovered ends in the first failure; an answer that nobody has seen starts
     * over instead.
     */
    private void honestly(@Nullable Failure instead, @Nullable Duration retryAfter, long now) {
        if (!request.stream() && recovery.delivered()) {
            recovery.by(recovery.mode(), true);
            ask(now);
        } else {
            propose(new Proposal(null, instead, retryAfter), now);
        }
    }

    /** Stands to be decided upon; the first attempt, and what was decided already, does not. */
    private void propose(Proposal p, long now) {
        if (settled || ledger.count() == 0) {
            carryOut(p, now);
            return;
        }
        proposal = p;
        state = State.DECIDING;
        Candidate c = p.candidate();
        steps.add(
                new Step.Decide(
                        new DecisionPoint(
                                lastFailure(),
                                ledger.tried(),
                                transcript,
                                outlet.committed() && transcript.delivered(),
                                recovery.mode(),
                                c == null ? null : c.ask().deployment(),
                                c == null ? null : c.ask().group(),
                                c == null ? null : c.prepared().draft(),
                                others(c, now))));
    }

    private List<String> others(@Nullable Candidate c, long now) {
        if (c != null && interrupted == null) {
            return plan.askable(now, recovery::able, c.ask().deployment());
        }
        MidStream mode = recovery.mode();
        boolean anew = recovery.anew();
        recovery.by(mode == MidStream.ERROR ? MidStream.CONTINUE : mode, anew);
        List<String> ids =
                outlook(recovery.mode()) == Outlook.ASK
                        ? plan.askable(now, recovery::able, null)
                        : List.of();
        recovery.by(mode, anew);
        return ids;
    }

    // ---- decisions

    private void carryOut(Decision decision, long now) {
        Proposal p = Objects.requireNonNull(proposal);
        proposal = null;
        switch (decision) {
            case Decision.Proceed proceed -> carryOut(p, now);
            case Decision.ProceedWith with -> carryOut(rewritten(p, with.draft()), now);
            case Decision.Elsewhere elsewhere -> elsewhere(p, elsewhere, now);
            case Decision.Continue go -> again(p, MidStream.CONTINUE, go.deployment(), now);
            case Decision.Restart anew -> again(p, MidStream.RESTART, anew.deployment(), now);
            case Decision.GiveUp giveUp -> {
                withdraw(p, now);
                surface(lastFailure(), null, now);
            }
        }
    }

    private void carryOut(Proposal p, long now) {
        Candidate c = p.candidate();
        if (c != null) {
            start(c, now);
            return;
        }
        startOver();
        surface(p.instead(), p.retryAfter(), now);
    }

    private Proposal rewritten(Proposal p, Draft wanted) {
        Candidate c = p.candidate();
        Recovery.Prepared own =
                c == null ? null : recovery.rewritten(c.ask(), c.prepared(), wanted);
        if (c == null || own == null) {
            steps.add(
                    new Step.Warn(
                            c == null
                                    ? "a draft that was decided upon had nobody to be sent to"
                                    : "a draft that was decided upon could not be joined to the"
                                            + " answer: the proposed one was sent"));
            return p;
        }
        return Proposal.of(new Candidate(c.ask(), own));
    }

    private void elsewhere(Proposal p, Decision.Elsewhere wish, long now) {
        Proposal other = p.asks(wish.deployment()) ? p : other(p, wish.deployment(), now);
        if (other == null) {
            notAsked(wish.deployment());
            carryOut(p, now);
            return;
        }
        Candidate c = other.candidate();
        Draft draft = wish.draft();
        if (c == null || draft == null) {
            carryOut(other, now);
            return;
        }
        Draft usual = c.prepared().draft();
        boolean same = draft.method() == usual.method();
        carryOut(rewritten(other, same ? draft : usual.of(draft.request())), now);
    }

    /** The same asked of another deployment, null if that one cannot be asked. */
    private @Nullable Proposal other(Proposal p, String deployment, long now) {
        Candidate c = p.candidate();
        boolean cut = interrupted != null;
        if ((c == null || cut) && outlook(recovery.mode()) != Outlook.ASK) {
            return null;
        }
        Deployment proposed = c == null || cut ? null : c.ask().deployment();
        Choice.Ask ask = plan.instead(proposed, deployment, now, recovery::able);
        if (ask == null) {
            return null;
        }
        dropGeneration(now);
        return Proposal.of(candidate(ask));
    }

    /** What the last failure leads to by another way of recovering, decided once and for all. */
    private void again(Proposal p, MidStream mode, @Nullable String deployment, long now) {
        boolean same = deployment == null || p.asks(deployment);
        if (p.candidate() != null && same && mode == recovery.mode()) {
            carryOut(p, now);
            return;
        }
        withdraw(p, now);
        dropGeneration(now);
        settled = true;
        wanted = deployment;
        follow(mode, now);
    }

    private void withdraw(Proposal p, long now) {
        Candidate c = p.candidate();
        if (c != null && interrupted == null) {
            plan.withdraw(c.ask().deployment(), now);
        }
    }

    /** A generation that was cut off is not taken up again: now it has failed. */
    private void dropGeneration(long now) {
        Attempt a = interrupted;
        if (a != null) {
            interrupted = null;
            outlet.dropOpenings();
            stopGenerating(a);
            settle(a, Objects.requireNonNull(a.failure), now);
        }
    }

    // ---- attempts

    private void start(Candidate c, long now) {
        Draft draft = c.prepared().draft();
        Attempt before = interrupted;
        interrupted = null;
        if (before != null) {
            run(Resumption.attempt(ledger.count() + 1, before, draft, now));
            return;
        }
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
        run(a);
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
        if (a.method() != Method.ORIGINAL && a.method() != Method.RESUME) {
            continuations++;
        }
        recovery.asConfigured();
        a.delivered = transcript.bytes();
        ledger.started(a);
        current = a;
        state = State.RUNNING;
        steps.add(new Step.Start(a.number, a.deployment, a.face, a.group, a.draft, a.clocks));
    }

    private void stopGenerating(@Nullable Attempt a) {
        if (a != null && a.generating()) {
            steps.add(new Step.StopGenerating(a.face, Objects.requireNonNull(a.held)));
        }
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
            stopGenerating(a);
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
            stopGenerating(a);
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
                        ledger.report(
                                failure,
                                outlet.committed() && transcript.delivered(),
                                retryAfter,
                                ledger.count() > 1),
                        ledger.summary(ledger.usage(), outlet.committed())));
    }

    private void release(long now) {
        Attempt a = current;
        if (a != null) {
            steps.add(new Step.Cancel(a.number));
            stopGenerating(a);
            over(a, now);
            current = null;
        }
        stopGenerating(interrupted);
        interrupted = null;
        proposal = null;
        plan.abandon(now);
    }
}
