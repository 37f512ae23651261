package dev.midstream.gateway.transport;

import dev.midstream.routing.Passage;
import dev.midstream.routing.Passage.Kind;
import dev.midstream.routing.Passage.Proxy;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The JDK's HTTP client over what lies between us and a server, for what needs no event loop. */
public final class OverPassage {

    private OverPassage() {}

    /**
     * A client that follows no redirects. A SOCKS proxy, which it does not know, is left out, and
     * certificates are checked even where nobody asks for that.
     *
     * @param connect until a connection stands
     */
    public static HttpClient client(Passage passage, Duration connect) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(connect)
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER);
        if (passage.trust() instanceof Passage.Trust.Also also) {
            builder.sslContext(Certificates.jdk(also));
        }
        Proxy proxy = passage.proxy();
        if (proxy != null && proxy.kind() == Kind.HTTP) {
            builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.host(), proxy.port())));
            login(proxy, builder);
        }
        return builder.build();
    }

    private static void login(Proxy proxy, HttpClient.Builder builder) {
        String user = proxy.user();
        if (user == null) {
            return;
        }
        String password = proxy.password() == null ? "" : proxy.password().reveal();
        builder.authenticator(
                new Authenticator() {
                    @Override
                    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                        boolean asked = getRequestorType() == RequestorType.PROXY;
                        return asked
                                ? new PasswordAuthentication(user, password.toCharArray())
                                : null;
                    }
                });
    }
}
