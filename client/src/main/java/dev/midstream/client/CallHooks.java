package dev.midstream.client;

import dev.midstream.driver.Hooks;
import dev.midstream.driver.Journal;
import dev.midstream.relay.Decision;
import dev.midstream.relay.DecisionPoint;
import dev.midstream.relay.Notice;
import dev.midstream.relay.Step;
import dev.midstream.relay.Summary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listeners of one call, and asks its policy.
 *
 * <p><b>Thread-safety</b>: confined to the call's loop, but for the policy, which runs elsewhere.
 */
final class CallHooks implements Hooks {

    private final CallInfo call;
    private final List<RouterListener> listeners;
    private final @Nullable RecoveryPolicy policy;
    private final Executor executor;
    private final Journal journal;
    private final LongSupplier ticker;
    private final Map<Integer, Throwable> causes = new HashMap<>();
    private volatile @Nullable Throwable thrown;

    /**
     * @param policy null for the documented one
     * @param executor where the policy may block
     */
    CallHooks(
            CallInfo call,
            List<RouterListener> listeners,
            @Nullable RecoveryPolicy policy,
            Executor executor,
            Journal journal,
            LongSupplier ticker) {
        this.call = call;
        this.listeners = listeners;
        this.policy = policy;
        this.executor = executor;
        this.journal = journal;
        this.ticker = ticker;
    }

    // -------------------------------------------------------------------------------- the driver's

    @Override
    public void starting(Step.Start start) {
        String deployment = start.deployment().id();
        tell(
                l ->
                        l.attemptStarted(
                                call, start.attempt(), deployment, start.group(), start.draft()));
    }

    @Override
    public void told(Notice notice, @Nullable Throwable cause) {
        if (cause != null && notice instanceof Notice.AttemptFailed failed) {
            causes.put(failed.attempt(), cause);
        }
        switch (notice) {
            case Notice.FirstToken n -> tell(l -> l.firstToken(call, n.attempt()));
            case Notice.AttemptFailed n ->
                    tell(l -> l.attemptFailed(call, n.attempt(), n.failure(), cause));
            case Notice.CooledDown n ->
                    tell(l -> l.cooledDown(call, n.deployment(), n.duration(), n.failure()));
            case Notice.Continued n ->
                    tell(l -> l.continued(call, n.attempt(), n.method(), n.grade()));
        }
    }

    @Override
    public void decide(DecisionPoint point, Consumer<Decision> decided) {
        if (policy == null) {
            decided.accept(new Decision.Proceed());
        } else {
            executor.execute(() -> decided.accept(asked(policy, point)));
        }
    }

    /** Whatever a policy throws ends the call, and is what its caller finds as the cause. */
    private Decision asked(RecoveryPolicy by, DecisionPoint point) {
        try {
            return Objects.requireNonNull(by.decide(call, point), "the policy decided nothing");
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            thrown = e;
            return new Decision.GiveUp();
        }
    }

    // ----------------------------------------------------------------------------- the recipient's

    /** What the policy threw, null if nothing. */
    @Nullable Throwable thrown() {
        return thrown;
    }

    /** Whatever was thrown, also where the answer is whole in the end. */
    CallReport report(@Nullable Summary summary) {
        return CallReport.of(summary, causes, ticker.getAsLong());
    }

    void ended(Answer delivered, @Nullable MidstreamException failure) {
        tell(l -> l.ended(call, delivered, failure));
    }

    private void tell(Consumer<RouterListener> what) {
        for (RouterListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (Throwable harmless) {
                journal.bug("a listener of call " + call.id() + " threw", harmless);
            }
        }
    }
}
