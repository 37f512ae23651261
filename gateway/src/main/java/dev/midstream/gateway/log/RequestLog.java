package dev.midstream.gateway.log;

import dev.midstream.driver.Outcome;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Told of each request, when it is over; of probes of health nothing is. Called on event loops:
 * never blocks and never throws.
 */
public interface RequestLog {

    /**
     * @param nowNanos monotonic
     */
    void ended(RequestLine line, Outcome outcome, long nowNanos);

    /** A request was refused without anybody being asked. */
    void refused(Refusal refusal);

    /** A request that asked no model was answered. */
    default void visited(VisitLine visit) {}

    /** Tells each of them, in this order. */
    static RequestLog all(List<RequestLog> logs) {
        return new Several(List.copyOf(logs));
    }

    /** Gives a JSON object without line breaks for each. */
    static RequestLog json(Consumer<String> lines) {
        return new JsonLines(lines);
    }

    /**
     * Hands lines to the logger {@code midstream.requests}, which writes them to standard output
     * from a thread of its own.
     */
    static RequestLog standard() {
        return json(LoggerFactory.getLogger("midstream.requests")::info);
    }

    /** Several that are all told. */
    record Several(List<RequestLog> logs) implements RequestLog {
        @Override
        public void ended(RequestLine line, Outcome outcome, long nowNanos) {
            logs.forEach(log -> log.ended(line, outcome, nowNanos));
        }

        @Override
        public void refused(Refusal refusal) {
            logs.forEach(log -> log.refused(refusal));
        }

        @Override
        public void visited(VisitLine visit) {
            logs.forEach(log -> log.visited(visit));
        }
    }

    /** Each request as a line of JSON. */
    record JsonLines(Consumer<String> lines) implements RequestLog {
        @Override
        public void ended(RequestLine line, Outcome outcome, long nowNanos) {
            lines.accept(line.json(outcome, nowNanos));
        }

        @Override
        public void refused(Refusal refusal) {
            lines.accept(refusal.json());
        }

        @Override
        public void visited(VisitLine visit) {
            lines.accept(visit.json());
        }
    }
}
