package dev.midstream.client.http;

import java.io.IOException;

/** The request cannot be sent by this transport; the message says why and holds no secret. */
final class CannotCarry extends IOException {

    private static final long serialVersionUID = 1;

    CannotCarry(String message) {
        super(message);
    }
}
