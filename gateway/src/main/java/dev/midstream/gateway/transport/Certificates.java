package dev.midstream.gateway.transport;

import dev.midstream.driver.TrustedCertificates;
import dev.midstream.routing.Passage.Trust;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS by whose certificates are taken. Thread-safe. */
public final class Certificates {

    private final Map<Trust, SslContext> contexts = new ConcurrentHashMap<>();

    /** Null for what every client does by itself: the system's certificates. */
    @Nullable SslContext context(Trust trust) {
        return switch (trust) {
            case Trust.Usual usual -> null;
            case Trust.Also also -> contexts.computeIfAbsent(also, made -> trusting(also));
            case Trust.Anybody anybody -> contexts.computeIfAbsent(anybody, made -> careless());
        };
    }

    /** The same for the JDK's clients. */
    static SSLContext jdk(Trust.Also also) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, TrustedCertificates.with(also).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up with these certificates", e);
        }
    }

    private static SslContext trusting(Trust.Also also) {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(TrustedCertificates.with(also))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be set up with these certificates", e);
        }
    }

    private static SslContext careless() {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }
}
