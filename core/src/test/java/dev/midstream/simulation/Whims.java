package dev.midstream.simulation;

import dev.midstream.model.Draft;
import dev.midstream.model.Message;
import dev.midstream.model.Method;
import dev.midstream.model.Request;
import dev.midstream.relay.Decision;
import dev.midstream.relay.DecisionPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A policy that decides by chance, sensibly or not. Who has started over once does so again: nobody
 * in this world can go on with an answer that is another one.
 */
final class Whims {

    private static final int MANY = 14;

    private final RandomGenerator random;

    Whims(RandomGenerator random) {
        this.random = random;
    }

    Decision decide(DecisionPoint point) {
        if (point.attempts().stream().anyMatch(tried -> tried.method() == Method.RESTART)) {
            return random.nextBoolean()
                    ? new Decision.Restart()
                    : new Decision.Restart(somebody(point));
        }
        Draft draft = point.draft();
        return switch (random.nextInt(MANY)) {
            case 0 -> new Decision.Continue();
            case 1 -> new Decision.Restart();
            case 2 -> new Decision.Continue(somebody(point));
            case 3 -> new Decision.Restart(somebody(point));
            case 4, 5 -> new Decision.Elsewhere(somebody(point));
            case 6 -> new Decision.Elsewhere(somebody(point), draft);
            case 7 -> draft == null ? new Decision.Proceed() : rewritten(draft);
            case 8 ->
                    draft == null
                            ? new Decision.Proceed()
                            : new Decision.ProceedWith(Draft.original(draft.request(), true));
            case 9 -> random.nextInt(4) > 0 ? new Decision.Proceed() : new Decision.GiveUp();
            default -> new Decision.Proceed();
        };
    }

    private static Decision rewritten(Draft draft) {
        Request other =
                draft.request().with(List.of(Message.of(Message.Role.USER, "Tell me, please.")));
        return new Decision.ProceedWith(draft.of(other));
    }

    /** Who could be asked, who would be, or nobody at all. */
    private String somebody(DecisionPoint point) {
        List<String> ids = new ArrayList<>(point.others());
        ids.add("nobody");
        if (point.deployment() != null) {
            ids.add(point.deployment().id());
        }
        return ids.get(random.nextInt(ids.size()));
    }

    /** Whom a decision names, null if it names nobody. */
    static @Nullable String named(Decision decision) {
        return switch (decision) {
            case Decision.Elsewhere elsewhere -> elsewhere.deployment();
            case Decision.Continue go -> go.deployment();
            case Decision.Restart anew -> anew.deployment();
            case Decision.Proceed p -> null;
            case Decision.ProceedWith p -> null;
            case Decision.GiveUp g -> null;
        };
    }
}
