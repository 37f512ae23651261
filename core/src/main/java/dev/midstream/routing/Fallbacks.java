package dev.midstream.routing;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which groups are asked after another one, in order, by what ended the request there.
 *
 * @param general after whatever failure is worth it
 * @param contextWindow after a conversation that is longer than the model's window, before {@code
 *     general}
 * @param contentPolicy after a refusal by a provider's content policy, which nothing else gets
 *     around
 */
public record Fallbacks(
        List<Fallback> general, List<Fallback> contextWindow, List<Fallback> contentPolicy) {

    public static final Fallbacks NONE = new Fallbacks(List.of(), List.of(), List.of());

    public Fallbacks {
        general = List.copyOf(general);
        contextWindow = List.copyOf(contextWindow);
        contentPolicy = List.copyOf(contentPolicy);
    }

    /** The same groups after whatever failure is worth it. */
    public static Fallbacks to(List<String> general) {
        return new Fallbacks(Fallback.to(general.toArray(String[]::new)), List.of(), List.of());
    }

    /** The models of all three lists. */
    public Stream<String> models() {
        return Stream.of(general, contextWindow, contentPolicy)
                .flatMap(List::stream)
                .map(Fallback::model);
    }
}
