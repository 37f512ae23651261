package dev.midstream.gateway.driver;

import dev.midstream.driver.Client;
import dev.midstream.protocol.ByteSink;
import java.util.Map;

/**
 * A client's response, as a driver sees it.
 *
 * <p><b>Shape</b>: {@code open, (head, write*, finish) | (write*, finishAssembled) | respond};
 * {@code end} at any time. What comes after the end is ignored.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
public interface ClientLeg extends ByteSink {

    /**
     * Begins to watch whether the client keeps up.
     *
     * @param assembled whether everything goes out in one piece at the end
     */
    void open(boolean assembled, Client.Writability told);

    boolean headSent();

    /** Sends the head of a stream, with status 200. */
    void head(String contentType, Map<String, String> headers);

    /** Forgets what was written: only for answers that are assembled. */
    void reset();

    /** Ends a stream well, as far as HTTP is concerned. */
    void finish();

    /** Sends what was written as one response. */
    void finishAssembled(String contentType, Map<String, String> headers);

    /** Sends a whole response in place of what was written. */
    void respond(int status, String contentType, Map<String, String> headers, byte[] body);

    /** Nothing is written any more. */
    void end();
}
