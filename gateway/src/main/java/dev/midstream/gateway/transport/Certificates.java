package dev.midstream.gateway.transport;

import dev.midstream.routing.Passage.Trust;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
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
            context.init(null, managers(also).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up with these certificates", e);
        }
    }

    private static SslContext trusting(Trust.Also also) {
        try {
            return SslContextBuilder.forClient().trustManager(managers(also)).build();
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

    /** The system's certificates and these. */
    private static TrustManagerFactory managers(Trust.Also also) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (X509Certificate known : systems()) {
                all.setCertificateEntry("system-" + number++, known);
            }
            byte[] pem = also.pem().getBytes(StandardCharsets.US_ASCII);
            for (Certificate own :
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem))) {
                all.setCertificateEntry("own-" + number++, own);
            }
            return factory(all);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificates cannot be used", e);
        }
    }

    private static X509Certificate[] systems() throws GeneralSecurityException {
        for (TrustManager manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
