package dev.midstream.client;

/** The router was closed before the answer was complete, or before it was asked for. */
public final class RouterClosedException extends MidstreamException {

    private static final long serialVersionUID = 1;

    RouterClosedException() {
        super("The router is closed", null);
    }
}
