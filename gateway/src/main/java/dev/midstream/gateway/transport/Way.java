package dev.midstream.gateway.transport;

import dev.midstream.routing.Passage;
import dev.midstream.routing.Passage.Proxy;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.NoopAddressResolverGroup;
import java.util.HashMap;
import java.util.Map;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/** The clients of one loop that reach their hosts over one passage. Event-loop confined. */
final class Way {

    /** Distinct connect limits with a client of their own; the pool is partitioned by them. */
    private static final int MAX_CLIENTS = 8;

    private final HttpClient base;
    private final HttpClient unpooled;
    private final Map<Integer, HttpClient> byConnectMillis = new HashMap<>();

    private Way(HttpClient base, HttpClient unpooled) {
        this.base = base;
        this.unpooled = unpooled;
    }

    static Way of(
            Passage passage, HttpClient pooled, HttpClient unpooled, Certificates certificates) {
        return new Way(over(passage, pooled, certificates), over(passage, unpooled, certificates));
    }

    /** Names are the proxy's to resolve: often nobody else can. */
    private static HttpClient over(Passage passage, HttpClient client, Certificates certificates) {
        SslContext context = certificates.context(passage.trust());
        HttpClient trusting =
                context == null ? client : client.secure(spec -> spec.sslContext(context));
        Proxy proxy = passage.proxy();
        return proxy == null
                ? trusting
                : trusting.resolver(NoopAddressResolverGroup.INSTANCE)
                        .proxy(spec -> through(proxy, spec));
    }

    private static void through(Proxy proxy, ProxyProvider.TypeSpec spec) {
        ProxyProvider.Builder builder =
                spec.type(
                                switch (proxy.kind()) {
                                    case HTTP -> ProxyProvider.Proxy.HTTP;
                                    case SOCKS5 -> ProxyProvider.Proxy.SOCKS5;
                                })
                        .host(proxy.host())
                        .port(proxy.port());
        if (proxy.user() != null) {
            String password = proxy.password() == null ? "" : proxy.password().reveal();
            builder.username(proxy.user()).password(user -> password);
        }
    }

    /** The client whose connections are given up after this time. */
    HttpClient connectingWithin(int millis) {
        HttpClient known = byConnectMillis.get(millis);
        if (known != null) {
            return known;
        }
        if (byConnectMillis.size() >= MAX_CLIENTS) {
            return base;
        }
        HttpClient fresh = base.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis);
        byConnectMillis.put(millis, fresh);
        return fresh;
    }

    HttpClient connectingAnew() {
        return unpooled;
    }
}
