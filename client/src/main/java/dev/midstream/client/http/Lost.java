package dev.midstream.client.http;

import java.io.IOException;

/** The connection stood, the request may have been read, and no whole response came. */
final class Lost extends IOException {

    private static final long serialVersionUID = 1;

    Lost(Throwable cause) {
        super("the connection broke", cause);
    }
}
