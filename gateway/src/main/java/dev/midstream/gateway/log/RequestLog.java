package dev.midstream.gateway.log;

import org.slf4j.LoggerFactory;

/** Takes finished lines. Never blocks and never throws. */
@FunctionalInterface
public interface RequestLog {

    void line(String json);

    /**
     * Hands lines to the logger {@code midstream.requests}, which writes them to standard output
     * from a thread of its own.
     */
    static RequestLog standard() {
        return LoggerFactory.getLogger("midstream.requests")::info;
    }
}
