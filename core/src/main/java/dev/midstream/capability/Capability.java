package dev.midstream.capability;

import dev.midstream.model.Method;
import dev.midstream.model.Quirk;
import java.util.ArrayList;
import java.util.List;

/**
 * How one deployment can go on with a broken answer. Immutable.
 *
 * @param methods best first; a user turn and a replay come last everywhere
 * @param quirks what else to heed, beyond the methods
 */
public record Capability(List<Method> methods, List<Quirk> quirks) {

    private static final List<Method> ANYWHERE = List.of(Method.USER_TURN, Method.REPLAY);

    public Capability {
        methods = List.copyOf(methods);
        quirks = List.copyOf(quirks);
    }

    /** The methods of a table's row, and those that work anywhere behind them. */
    static Capability of(List<Method> methods, List<Quirk> quirks) {
        List<Method> all = new ArrayList<>(methods);
        ANYWHERE.stream().filter(method -> !all.contains(method)).forEach(all::add);
        return new Capability(all, quirks);
    }

    public boolean prefill() {
        return methods.stream().anyMatch(Method::prefill);
    }

    /** The same without any kind of prefill. */
    public Capability withoutPrefill() {
        return new Capability(methods.stream().filter(m -> !m.prefill()).toList(), quirks);
    }

    /**
     * This method first, and behind it what works anywhere; a replay has nothing behind it, and a
     * generation that cannot be taken up again leaves all others.
     */
    public Capability by(Method named) {
        return switch (named) {
            case REPLAY -> new Capability(List.of(named), quirks);
            case RESUME -> {
                List<Method> all = new ArrayList<>(methods);
                all.add(0, named);
                yield new Capability(all, quirks);
            }
            case ORIGINAL, PREFILL, PREFIX, PARTIAL, CONTINUE_FINAL_MESSAGE, USER_TURN, RESTART ->
                    of(List.of(named), quirks);
        };
    }
}
