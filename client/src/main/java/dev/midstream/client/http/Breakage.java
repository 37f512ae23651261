package dev.midstream.client.http;

import dev.midstream.driver.Breaks;
import dev.midstream.model.Failure;
import dev.midstream.model.Failure.NotConnected.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What an exception of a transport says about the wire, by its type and its causes. What the
 * exceptions say themselves is not repeated: it may name hosts.
 *
 * <p><b>Source</b>: what the JDK's HTTP client was seen to throw for each fault, on JDK 25.
 */
public final class Breakage {

    private static final int MOST_CAUSES = 16;

    /** What the JDK says of a chunked body that is none; other ends of one are cuts. */
    private static final List<String> NO_CHUNKS =
            List.of(
                    "Illegal character in chunk size",
                    "invalid chunk header",
                    "Chunk header size too long",
                    "invalid content");

    private Breakage() {}

    /**
     * The failure that an exception stands for.
     *
     * @param headSeen whether the response's head had come
     * @param uri what was asked for
     */
    public static Failure of(Throwable thrown, boolean headSeen, URI uri) {
        CannotCarry objection = find(thrown, CannotCarry.class);
        if (objection != null) {
            return new Failure.Unusable(500, String.valueOf(objection.getMessage()));
        }
        if (headSeen || find(thrown, Lost.class) != null) {
            return broken(thrown, headSeen);
        }
        Failure unconnected = notConnected(thrown, uri);
        return unconnected == null ? broken(thrown, false) : unconnected;
    }

    private static @Nullable Failure notConnected(Throwable thrown, URI uri) {
        if (find(thrown, ProxyRefused.class) != null) {
            return Breaks.noWayThroughTheProxy();
        }
        ConnectLimitPassed limit = find(thrown, ConnectLimitPassed.class);
        if (limit != null) {
            return Breaks.connectTimedOut(limit.limit());
        }
        Reason reason = reason(thrown);
        if (reason == null) {
            return null;
        }
        boolean insideTls = reason == Reason.OTHER && "https".equals(uri.getScheme());
        return Breaks.notConnected(insideTls ? Reason.TLS : reason);
    }

    /** Null where a connection may have stood. */
    private static @Nullable Reason reason(Throwable thrown) {
        if (find(thrown, HttpConnectTimeoutException.class) != null || connectTimedOut(thrown)) {
            return Reason.TIMEOUT;
        }
        if (find(thrown, UnknownHostException.class) != null
                || find(thrown, UnresolvedAddressException.class) != null) {
            return Reason.UNKNOWN_HOST;
        }
        if (find(thrown, SSLException.class) != null
                || find(thrown, CertificateException.class) != null) {
            return Reason.TLS;
        }
        if (find(thrown, NoRouteToHostException.class) != null) {
            return Reason.OTHER;
        }
        if (find(thrown, ConnectException.class) != null) {
            return Reason.REFUSED;
        }
        return find(thrown, Unconnected.class) != null ? Reason.OTHER : null;
    }

    /** A read that times out has the same type. */
    private static boolean connectTimedOut(Throwable thrown) {
        SocketTimeoutException timeout = find(thrown, SocketTimeoutException.class);
        return timeout != null
                && String.valueOf(timeout.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .startsWith("connect");
    }

    private static Failure broken(Throwable thrown, boolean headSeen) {
        if (find(thrown, ProtocolException.class) != null || noChunks(thrown)) {
            return Breaks.notHttp();
        }
        return find(thrown, IOException.class) != null
                ? Breaks.cut(headSeen)
                : new Failure.Internal("The transport failed");
    }

    private static boolean noChunks(Throwable thrown) {
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < MOST_CAUSES; depth++, at = at.getCause()) {
            String message = String.valueOf(at.getMessage());
            if (at instanceof IOException && NO_CHUNKS.stream().anyMatch(message::startsWith)) {
                return true;
            }
        }
        return false;
    }

    static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < MOST_CAUSES; depth++, at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
