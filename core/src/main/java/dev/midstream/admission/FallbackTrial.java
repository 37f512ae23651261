package dev.midstream.admission;

import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.routing.Fallbacks;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.Plan;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that tries its fallbacks: the group that it asks counts as failed, and nobody there is
 * asked.
 *
 * <p><b>Source</b>: LiteLLM's members {@code mock_testing_…} (read 2026-11).
 */
final class FallbackTrial {

    private static final Map<String, Function<Fallbacks, Fallbacks>> KINDS =
            Map.of(
                    "mock_testing_fallbacks", after -> after,
                    "mock_testing_context_fallbacks", FallbackTrial::contextWindow,
                    "mock_testing_context_window_fallbacks", FallbackTrial::contextWindow,
                    "mock_testing_content_policy_fallbacks", FallbackTrial::contentPolicy);

    private final @Nullable String member;

    private FallbackTrial(@Nullable String member) {
        this.member = member;
    }

    static FallbackTrial of(Request request) {
        return new FallbackTrial(
                KINDS.keySet().stream()
                        .filter(name -> asked(request.further().get(name)))
                        .findFirst()
                        .orElse(null));
    }

    private static boolean asked(@Nullable Json value) {
        return value != null && value.text().equals("true");
    }

    /** The group as the request is to find it. */
    ModelGroup of(ModelGroup group) {
        Function<Fallbacks, Fallbacks> kind = member == null ? null : KINDS.get(member);
        return kind == null
                ? group
                : new ModelGroup(
                        group.name(), List.of(), kind.apply(group.fallbacks()), group.settings());
    }

    /** Refuses a trial in which there is nobody to fall back to. */
    void require(Plan plan, long now, ModelGroup group) throws InvalidRequest {
        if (member != null && !plan.another(now, deployment -> true)) {
            throw new InvalidRequest(
                    400, member, "`" + group.name() + "` has no fallbacks that could be asked");
        }
    }

    private static Fallbacks contextWindow(Fallbacks after) {
        return new Fallbacks(after.contextWindow(), after.contextWindow(), List.of());
    }

    private static Fallbacks contentPolicy(Fallbacks after) {
        return new Fallbacks(after.contentPolicy(), List.of(), after.contentPolicy());
    }
}
