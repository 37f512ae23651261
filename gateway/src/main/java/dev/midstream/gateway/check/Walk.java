package dev.midstream.gateway.check;

import dev.midstream.gateway.check.Report.Cause;
import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import dev.midstream.routing.Choice;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.Plan;
import dev.midstream.routing.Preferences;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Whom a request would ask, one after the other, if everybody failed. */
public final class Walk {

    /** The first of its equals is always the one that is taken. */
    private static final RandomGenerator FIRST = () -> 0L;

    private Walk() {}

    /** The deployments in the order in which a router of this configuration asks them. */
    public static List<Choice.Ask> of(
            RouterConfig config, ModelGroup group, Settings settings, Cause cause) {
        Preferences any = Preferences.NONE.forming(variant -> true);
        Fleet fleet = new Fleet(config);
        ModelGroup own = fleet.group(group.name()).orElse(group);
        Plan plan = fleet.plan(own, settings, any, FIRST);
        List<Choice.Ask> asked = new ArrayList<>();
        while (plan.next(0, deployment -> true) instanceof Choice.Ask ask) {
            asked.add(ask);
            plan.failed(ask.deployment(), failure(asked.size() == 1 ? cause : Cause.FAILURE), 0);
        }
        return asked;
    }

    private static Failure failure(Cause cause) {
        return switch (cause) {
            case FAILURE -> refused(401, ErrorClass.AUTHENTICATION);
            case CONTEXT_WINDOW -> refused(400, ErrorClass.CONTEXT_LENGTH);
            case CONTENT_POLICY -> refused(400, ErrorClass.CONTENT_POLICY);
        };
    }

    private static Failure refused(int status, ErrorClass errorClass) {
        return new Failure.Refused(
                new ProviderError(
                        status, errorClass, "", null, null, "refused", null, null, null, false),
                false);
    }
}
