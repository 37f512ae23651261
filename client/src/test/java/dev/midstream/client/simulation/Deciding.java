package dev.midstream.client.simulation;

import dev.midstream.client.CallInfo;
import dev.midstream.client.RecoveryPolicy;
import dev.midstream.relay.Decision;
import dev.midstream.relay.DecisionPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A policy that decides at random. */
final class Deciding implements RecoveryPolicy {

    private final RandomGenerator random;
    private final BooleanSupplier late;
    final List<DecisionPoint> points = new ArrayList<>();
    @Nullable Throwable threw;
    boolean restarted;

    /**
     * @param late whether the call has ended meanwhile, so that nobody hears what is decided
     */
    Deciding(RandomGenerator random, BooleanSupplier late) {
        this.random = random;
        this.late = late;
    }

    @Override
    public @Nullable Decision decide(CallInfo call, DecisionPoint point) throws Exception {
        points.add(point);
        return switch (random.nextInt(16)) {
            case 0 -> new Decision.GiveUp();
            case 1 -> throw thrown(new IllegalStateException("the policy threw"));
            case 2 -> throw thrown(new Exception("the policy threw a checked one"));
            case 3 -> null;
            case 4, 5 -> restart(null);
            case 6, 7 -> new Decision.Continue();
            case 8 -> new Decision.Elsewhere(other(point));
            case 9 -> new Decision.Continue(other(point));
            case 10 -> restart(other(point));
            case 11 -> point.draft() == null ? proceed() : new Decision.ProceedWith(point.draft());
            default -> DOCUMENTED.decide(call, point);
        };
    }

    private Decision restart(@Nullable String deployment) {
        restarted = true;
        return new Decision.Restart(deployment);
    }

    private static Decision proceed() {
        return new Decision.Proceed();
    }

    private String other(DecisionPoint point) {
        return point.others().isEmpty() || random.nextInt(5) == 0
                ? "nobody"
                : point.others().get(random.nextInt(point.others().size()));
    }

    private <T extends Throwable> T thrown(T what) {
        threw = late.getAsBoolean() ? null : what;
        return what;
    }
}
