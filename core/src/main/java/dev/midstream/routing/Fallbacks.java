package dev.midstream.routing;

import java.util.List;

/**
 * Which groups are asked after another one, by what ended the request there. Names or deployment
 * ids, in order.
 *
 * @param general after whatever failure
 * @param contextWindow after a conversation that is longer than the model's window, instead of
 *     {@code general}
 * @param contentPolicy after a refusal by a provider's content policy, which nothing else gets
 *     around
 */
public record Fallbacks(
        List<String> general, List<String> contextWindow, List<String> contentPolicy) {

    public static final Fallbacks NONE = to(List.of());

    public Fallbacks {
        general = List.copyOf(general);
        contextWindow = List.copyOf(contextWindow);
        contentPolicy = List.copyOf(contentPolicy);
    }

    /** The same groups after whatever failure is worth it. */
    public static Fallbacks to(List<String> general) {
        return new Fallbacks(general, List.of(), List.of());
    }
}
