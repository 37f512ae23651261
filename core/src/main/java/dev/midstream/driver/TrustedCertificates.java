package dev.midstream.driver;

import dev.midstream.routing.Passage.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Certificates that an operator added to those that everybody trusts. */
public final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * The system's certificates and these. Blocks: the system's are read from a file.
     *
     * @throws IllegalStateException if they cannot be used
     */
    public static TrustManagerFactory with(Trust.Also also) {
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
