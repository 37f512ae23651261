package dev.midstream.routing;

import dev.midstream.model.Held;
import dev.midstream.model.Message;
import dev.midstream.model.Part;
import dev.midstream.model.Request;
import dev.midstream.model.Seal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who can make more of a request than others: whoever keeps the answer that it goes on from, and
 * whoever can read the reasoning in it. Immutable.
 */
public final class Affinity implements Predicate<Deployment> {

    private final @Nullable Held previous;
    private final Set<String> origins;

    private Affinity(@Nullable Held previous, Set<String> origins) {
        this.previous = previous;
        this.origins = origins;
    }

    public static Affinity of(Request request) {
        Set<String> origins = new HashSet<>();
        for (Message message : request.messages()) {
            sealed(message.parts(), origins);
        }
        return new Affinity(request.previous(), origins);
    }

    private static void sealed(List<Part> parts, Set<String> origins) {
        for (Part part : parts) {
            Seal seal =
                    switch (part) {
                        case Part.Reasoning reasoning -> reasoning.seal();
                        case Part.EncryptedReasoning reasoning -> reasoning.seal();
                        default -> null;
                    };
            if (seal != null && !seal.origin().isEmpty()) {
                origins.add(seal.origin());
            }
        }
    }

    @Override
    public boolean test(Deployment deployment) {
        return previous != null
                ? previous.deployment().equals(deployment.id())
                : origins.contains(deployment.target().origin());
    }
}
