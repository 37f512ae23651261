package dev.midstream.relay;

import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Fault;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Method;
import dev.midstream.routing.Choice;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.Plan;
import dev.midstream.routing.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is proposed after a failure, what may be decided instead, and what the decision makes of it.
 * How the request begins is found in the same way, but stands to nobody's decision.
 *
 * <p>Event-loop confined; one a client request. Gives what follows as a value and carries nothing
 * of it out, but for what is warned of and for a generation that is given up.
 */
final class Proposals {

    private final boolean stream;
    private final Settings settings;
    private final Plan plan;
    private final Recovery recovery;
    private final Ledger ledger;
    private final Failures failures;
    private final List<Step> steps;

    /** What the decision is out on. */
    private @Nullable Proposal proposal;

    /** Whether what follows is carried out unasked: at the beginning, and once it was decided. */
    private boolean settled = true;

    /** Whom a decision wants to be asked next, by id. */
    private @Nullable String wanted;

    private long begun;

    /**
     * @param stream whether the client wants a stream: else nobody sees anything before the end
     * @param steps where warnings go
     */
    Proposals(
            boolean stream,
            Settings settings,
            Plan plan,
            Recovery recovery,
            Ledger ledger,
            Failures failures,
            List<Step> steps) {
        this.stream = stream;
        this.settings = settings;
        this.plan = plan;
        this.recovery = recovery;
        this.ledger = ledger;
        this.failures = failures;
        this.steps = steps;
    }

    // ---- what is proposed

    Sequel begin(long now) {
        begun = now;
        return ask(now);
    }

    /** An attempt has failed. */
    Sequel failed(long now) {
        settled = false;
        wanted = null;
        Attempt resuming = failures.interrupted();
        if (resuming == null) {
            return follow(settings.midStream(), now);
        }
        recovery.asConfigured();
        return propose(Proposal.of(Resumption.candidate(resuming)), now);
    }

    /** What follows upon the last failure, where breaks are recovered in this way. */
    private Sequel follow(MidStream mode, long now) {
        recovery.by(mode);
        return switch (outlook()) {
            case ASK -> ask(now);
            case HOPELESS -> honestly(null, null, now);
            case POLICY_END -> stream ? new Sequel.Fail(null, null) : honestly(null, null, now);
            case CALLS_WHOLE -> new Sequel.Finish(FinishReason.TOOL_CALLS);
            case DOCUMENT_WHOLE -> new Sequel.Finish(FinishReason.STOP);
            case LIMIT_REACHED -> new Sequel.Finish(FinishReason.LENGTH);
        };
    }

    private Outlook outlook() {
        boolean more = ledger.continuations() < settings.maxContinuations();
        return Outlook.of(recovery, worthRecovering(), more);
    }

    /**
     * A provider's word inside a running stream that the request itself is wrong ends it, unless
     * groups are named for just that; so does the operator's.
     */
    private boolean worthRecovering() {
        boolean wrong =
                failures.last() instanceof Failure.Refused refused
                        && refused.inBand()
                        && (refused.fault() == Fault.REQUEST
                                || refused.fault() == Fault.CREDENTIAL);
        return (!wrong || plan.turned()) && recovery.mode() != MidStream.ERROR;
    }

    /** Whom the plan gives; again as soon as a wait is over. */
    Sequel ask(long now) {
        return switch (next(now)) {
            case Choice.Ask ask -> propose(Proposal.of(candidate(ask)), now);
            case Choice.WaitUntil wait ->
                    wait.nanos() - begun >= settings.requestTimeout().toNanos()
                            ? honestly(null, null, now)
                            : new Sequel.WaitUntil(wait.nanos());
            case Choice.Exhausted exhausted ->
                    honestly(exhausted.failure(), exhausted.retryAfter(), now);
        };
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

    private Candidate candidate(Choice.Ask ask) {
        Method method = Objects.requireNonNull(recovery.method(ask.deployment()));
        return new Candidate(ask, recovery.prepare(ask.deployment(), ask.variant(), method));
    }

    /**
     * What cannot be recovered ends in the first failure; an answer that nobody has seen starts
     * over instead.
     */
    private Sequel honestly(@Nullable Failure instead, @Nullable Duration retryAfter, long now) {
        if (!stream && recovery.delivered()) {
            recovery.by(recovery.mode(), true);
            return ask(now);
        }
        return propose(new Proposal(null, instead, retryAfter), now);
    }

    private Sequel propose(Proposal p, long now) {
        if (settled) {
            return Sequel.of(p);
        }
        proposal = p;
        return new Sequel.Undecided(p, others(p.candidate(), now));
    }

    private List<String> others(@Nullable Candidate c, long now) {
        if (c != null && failures.interrupted() == null) {
            return plan.askable(now, recovery::able, c.ask().deployment());
        }
        MidStream mode = recovery.mode();
        boolean anew = recovery.anew();
        recovery.by(mode == MidStream.ERROR ? MidStream.CONTINUE : mode, anew);
        List<String> ids =
                outlook() == Outlook.ASK ? plan.askable(now, recovery::able, null) : List.of();
        recovery.by(mode, anew);
        return ids;
    }

    // ---- what is decided

    /** The decision on what was given as {@link Sequel.Undecided}. */
    Sequel decided(Decision decision, long now) {
        Proposal p = Objects.requireNonNull(proposal);
        proposal = null;
        return switch (decision) {
            case Decision.Proceed proceed -> Sequel.of(p);
            case Decision.ProceedWith with -> Sequel.of(rewritten(p, with.draft()));
            case Decision.Elsewhere elsewhere -> Sequel.of(elsewhere(p, elsewhere, now));
            case Decision.Continue go -> again(p, MidStream.CONTINUE, go.deployment(), now);
            case Decision.Restart anew -> again(p, MidStream.RESTART, anew.deployment(), now);
            case Decision.GiveUp giveUp -> givenUp(p, now);
        };
    }

    private Proposal rewritten(Proposal p, Draft draft) {
        Candidate c = p.candidate();
        if (c == null) {
            warn("a draft that was decided upon had nobody to be sent to");
            return p;
        }
        Recovery.Prepared own = recovery.rewritten(c.ask(), c.prepared(), draft);
        if (own == null) {
            warn(
                    "a draft that was decided upon could not be joined to the answer: the proposed"
                            + " one was sent");
            return p;
        }
        return Proposal.of(new Candidate(c.ask(), own));
    }

    private Proposal elsewhere(Proposal p, Decision.Elsewhere wish, long now) {
        Proposal other = p.asks(wish.deployment()) ? p : other(p, wish.deployment(), now);
        if (other == null) {
            notAsked(wish.deployment());
            return p;
        }
        Candidate c = other.candidate();
        Draft draft = wish.draft();
        if (c == null || draft == null) {
            return other;
        }
        Draft usual = c.prepared().draft();
        boolean same = draft.method() == usual.method();
        return rewritten(other, same ? draft : usual.of(draft.request()));
    }

    /** The same asked of another deployment, null if that one cannot be asked. */
    private @Nullable Proposal other(Proposal p, String deployment, long now) {
        Candidate c = p.candidate();
        boolean cut = failures.interrupted() != null;
        if ((c == null || cut) && outlook() != Outlook.ASK) {
            return null;
        }
        Deployment proposed = c == null || cut ? null : c.ask().deployment();
        Choice.Ask ask = plan.instead(proposed, deployment, now, recovery::able);
        if (ask == null) {
            return null;
        }
        failures.dropGeneration(now);
        return Proposal.of(candidate(ask));
    }

    /** What the last failure leads to by another way of recovering, decided once and for all. */
    private Sequel again(Proposal p, MidStream mode, @Nullable String deployment, long now) {
        boolean same = deployment == null || p.asks(deployment);
        if (p.candidate() != null && same && mode == recovery.mode()) {
            return Sequel.of(p);
        }
        withdraw(p, now);
        failures.dropGeneration(now);
        settled = true;
        wanted = deployment;
        return follow(mode, now);
    }

    /** Nothing starts over any more: what was released counts as it stands. */
    private Sequel givenUp(Proposal p, long now) {
        withdraw(p, now);
        recovery.asConfigured();
        return new Sequel.Fail(failures.last(), null);
    }

    private void withdraw(Proposal p, long now) {
        Candidate c = p.candidate();
        if (c != null && failures.interrupted() == null) {
            plan.withdraw(c.ask().deployment(), now);
        }
    }

    private void notAsked(String deployment) {
        warn("deployment " + deployment + " cannot be asked now, although it was decided so");
    }

    private void warn(String message) {
        steps.add(new Step.Warn(message));
    }
}
