package dev.midstream.gateway.metrics;

import dev.midstream.driver.Outcome;
import dev.midstream.gateway.log.RequestLine;
import dev.midstream.relay.Summary;
import java.util.List;

/** A request that is over, as the meters look at it. */
record Ended(RequestLine line, Outcome outcome, long nowNanos, Known known) {

    List<Summary.Attempt> attempts() {
        Summary summary = outcome.summary();
        return summary == null ? List.of() : summary.attempts();
    }

    String group() {
        List<Summary.Attempt> asked = attempts();
        return asked.isEmpty() || !asked.getFirst().group().equals(line.group())
                ? known.group(line.group())
                : known.group(line.group(), asked.getFirst().deployment());
    }

    /** One word for what became of it. */
    String word() {
        return switch (outcome) {
            case Outcome.Completed done -> interrupted() ? "recovered" : "completed";
            case Outcome.Failed failed -> failed.report().delivered() ? "broken" : "failed";
            case Outcome.Abandoned left -> "client_gone";
        };
    }

    /** Whether an attempt ended in a failure after something of it was released. */
    private boolean interrupted() {
        return attempts().stream().anyMatch(Salvage::interrupted);
    }
}
