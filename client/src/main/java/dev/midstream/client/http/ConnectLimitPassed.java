package dev.midstream.client.http;

import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;

/** No connection came about in the time that the request grants. */
final class ConnectLimitPassed extends HttpConnectTimeoutException {

    private static final long serialVersionUID = 1;

    private final Duration limit;

    ConnectLimitPassed(Duration limit) {
        super("no connection within " + limit);
        this.limit = limit;
    }

    Duration limit() {
        return limit;
    }
}
