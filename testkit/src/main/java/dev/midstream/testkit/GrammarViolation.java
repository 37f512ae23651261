package dev.midstream.testkit;

import java.util.List;
import java.util.stream.Collectors;

/** A stream that breaks the rules of its protocol, with everything that is wrong about it. */
public final class GrammarViolation extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * One broken rule.
     *
     * @param item the place of the event or comment in the stream, from 1; 0 for the stream itself
     */
    public record Violation(int item, String message) {
        @Override
        public String toString() {
            return (item == 0 ? "stream: " : "item " + item + ": ") + message;
        }
    }

    GrammarViolation(List<Violation> violations, String stream) {
        super(
                violations.stream()
                                .map(Violation::toString)
                                .collect(
                                        Collectors.joining("\n  ", "not a valid stream:\n  ", "\n"))
                        + stream);
        this.violations = List.copyOf(violations);
    }

    /** What is wrong, in the order of the stream. */
    public List<Violation> violations() {
        return violations;
    }
}
