package dev.midstream.gateway.log;

import dev.midstream.gateway.driver.Outcome;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Told of each request that was asked, when it is over. Called on event loops: never blocks and
 * never throws.
 */
@FunctionalInterface
public interface RequestLog {

    /**
     * @param nowNanos monotonic
     */
    void ended(RequestLine line, Outcome outcome, long nowNanos);

    /** Gives a JSON object without line breaks for each. */
    static RequestLog json(Consumer<String> lines) {
        return (line, outcome, now) -> lines.accept(line.json(outcome, now));
    }

    /**
     * Hands lines to the logger {@code midstream.requests}, which writes them to standard output
     * from a thread of its own.
     */
    static RequestLog standard() {
        return json(LoggerFactory.getLogger("midstream.requests")::info);
    }
}
