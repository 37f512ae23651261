package dev.midstream.client;

import dev.midstream.admission.Wishes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wished for one call, beside its request. Immutable: each method gives another one.
 *
 * @param listeners told of this call, after the router's own
 * @param policy asked in this call in place of the router's own, null for that
 */
public record CallOptions(List<RouterListener> listeners, @Nullable RecoveryPolicy policy) {

    /** Nothing is. */
    public static final CallOptions NONE = new CallOptions(List.of(), null);

    public CallOptions {
        listeners = List.copyOf(listeners);
    }

    /** Somebody else is told of the call too. */
    public CallOptions listener(RouterListener listener) {
        List<RouterListener> all = new ArrayList<>(listeners);
        all.add(listener);
        return new CallOptions(all, policy);
    }

    /** Somebody else decides between a failure and the next request. */
    public CallOptions policy(RecoveryPolicy other) {
        return new CallOptions(listeners, other);
    }

    Wishes wishes() {
        return Wishes.NONE;
    }
}
