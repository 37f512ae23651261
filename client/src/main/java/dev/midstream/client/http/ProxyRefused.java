package dev.midstream.client.http;

import java.io.IOException;

/** The proxy answered, and gave no connection. */
final class ProxyRefused extends IOException {

    private static final long serialVersionUID = 1;

    ProxyRefused(String message) {
        super(message);
    }

    ProxyRefused(Throwable cause) {
        super("the proxy gave no connection", cause);
    }
}
