package dev.midstream.gateway.transport;

import dev.midstream.driver.Breaks;
import dev.midstream.model.Failure;
import dev.midstream.model.Failure.NotConnected.Reason;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/**
 * What an exception of the client leg says about the wire.
 *
 * <p><b>Source</b>: what Reactor Netty 1.3.7 was seen to raise for each fault; a broken chunk size
 * comes as a {@code NumberFormatException}, so every type that is not known here means bytes that
 * are not HTTP.
 */
final class Breakage {

    private Breakage() {}

    /** How far a call had come. */
    enum Phase {
        CONNECTING,
        WAITING,
        ANSWERING
    }

    static Failure failure(Throwable thrown, Phase phase, URI uri) {
        return phase == Phase.CONNECTING ? notConnected(thrown, uri) : broken(thrown, phase);
    }

    /** Whether a part of a response's head had come, so that the request had surely been read. */
    static boolean insideHead(Throwable thrown) {
        return find(thrown, PrematureChannelClosureException.class) != null;
    }

    private static Failure notConnected(Throwable thrown, URI uri) {
        if (find(thrown, ProxyConnectException.class) != null) {
            return Breaks.noWayThroughTheProxy();
        }
        Reason reason = reason(thrown);
        boolean insideTls = reason == Reason.OTHER && "https".equals(uri.getScheme());
        return Breaks.notConnected(insideTls ? Reason.TLS : reason);
    }

    private static Reason reason(Throwable thrown) {
        if (find(thrown, DnsNameResolverTimeoutException.class) != null
                || find(thrown, ConnectTimeoutException.class) != null
                || find(thrown, TimeoutException.class) != null) {
            return Reason.TIMEOUT;
        }
        if (find(thrown, UnknownHostException.class) != null) {
            return Reason.UNKNOWN_HOST;
        }
        if (find(thrown, SSLException.class) != null
                || find(thrown, CertificateException.class) != null) {
            return Reason.TLS;
        }
        return find(thrown, ConnectException.class) != null ? Reason.REFUSED : Reason.OTHER;
    }

    private static Failure broken(Throwable thrown, Phase phase) {
        boolean cut =
                find(thrown, DecoderException.class) == null
                        && (find(thrown, IOException.class) != null
                                || find(thrown, AbortedException.class) != null
                                || find(thrown, ClosedChannelException.class) != null);
        return cut || insideHead(thrown) || find(thrown, SSLException.class) != null
                ? Breaks.cut(phase == Phase.ANSWERING)
                : Breaks.notHttp();
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < 16; depth++, at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
