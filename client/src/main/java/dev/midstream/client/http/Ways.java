package dev.midstream.client.http;

import dev.midstream.driver.TrustedCertificates;
import dev.midstream.routing.Passage;
import dev.midstream.routing.Passage.Proxy;
import dev.midstream.routing.Passage.Trust;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** What the JDK's HTTP client makes of a passage. */
final class Ways {

    /** For a system without any limit of its own; the one that counts is a call's. */
    private static final Duration LONGEST_CONNECT = Duration.ofMinutes(2);

    private static final String TUNNEL_LOGINS = "jdk.http.auth.tunneling.disabledSchemes";

    private Ways() {}

    /** Why requests cannot take it; null if they can. */
    static @Nullable String objection(Passage passage, URI uri) {
        Proxy proxy = passage.proxy();
        if (proxy == null) {
            return null;
        }
        return switch (proxy.kind()) {
            case SOCKS5 ->
                    "the JDK's HTTP client knows no SOCKS proxies: expected an HTTP proxy (http://…) or none here, or a transport of your own";
            case HTTP ->
                    proxy.user() != null && "https".equals(uri.getScheme())
                            ? objectionToLogins()
                            : null;
        };
    }

    /**
     * Basic logins at a proxy that leads to https are off in every Java installation, and the
     * switch is read once in a process: it is the application's, so that it is not touched here.
     *
     * <p><b>Source</b>: {@code conf/net.properties} of JDK 25.
     */
    private static @Nullable String objectionToLogins() {
        boolean off =
                Arrays.stream(tunnelLogins().split(","))
                        .anyMatch(scheme -> scheme.trim().equalsIgnoreCase("basic"));
        return off
                ? "Java does not log in at proxies by user name and password unless it is started with -D"
                        + TUNNEL_LOGINS
                        + "= (nothing behind the equals sign): expected that, or a proxy without a login"
                : null;
    }

    private static String tunnelLogins() {
        String given = System.getProperty(TUNNEL_LOGINS);
        if (given != null) {
            return given;
        }
        Properties installed = new Properties();
        Path file = Path.of(System.getProperty("java.home", ""), "conf", "net.properties");
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            installed.load(reader);
        } catch (IOException unreadable) {
            return "Basic";
        }
        return installed.getProperty(TUNNEL_LOGINS, "");
    }

    /**
     * What a proxy is shown, null if it asks for nothing.
     *
     * <p><b>Source</b>: RFC 7617.
     */
    static @Nullable String login(Passage passage) {
        Proxy proxy = passage.proxy();
        if (proxy == null || proxy.user() == null) {
            return null;
        }
        String password = proxy.password() == null ? "" : proxy.password().reveal();
        byte[] both = (proxy.user() + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /**
     * @param context by {@link #context}
     */
    static Clients.Client client(Passage passage, SSLContext context, Executor executor) {
        Handshakes handshakes = new Handshakes();
        Proxy proxy = passage.proxy();
        HttpClient http =
                HttpClient.newBuilder()
                        .version(Version.HTTP_1_1)
                        .followRedirects(Redirect.NEVER)
                        .connectTimeout(LONGEST_CONNECT)
                        .executor(executor)
                        .sslContext(CountingContext.over(context, handshakes))
                        .proxy(
                                proxy == null
                                        ? HttpClient.Builder.NO_PROXY
                                        : ProxySelector.of(
                                                InetSocketAddress.createUnresolved(
                                                        proxy.host(), proxy.port())))
                        .build();
        return new Clients.Client(http, handshakes);
    }

    /**
     * TLS by whose certificates are taken; blocks.
     *
     * @throws IllegalStateException if they cannot be used
     */
    static SSLContext context(Trust trust) {
        try {
            return switch (trust) {
                case Trust.Usual usual -> SSLContext.getDefault();
                case Trust.Also also -> trusting(TrustedCertificates.with(also).getTrustManagers());
                case Trust.Anybody anybody -> trusting(new TrustManager[] {new Anybody()});
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    private static SSLContext trusting(TrustManager[] managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }
}
