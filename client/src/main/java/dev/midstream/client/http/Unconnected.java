package dev.midstream.client.http;

import java.io.IOException;

/** No connection came about, for a reason of its own. */
final class Unconnected extends IOException {

    private static final long serialVersionUID = 1;

    Unconnected(Throwable cause) {
        super("no connection came about", cause);
    }
}
