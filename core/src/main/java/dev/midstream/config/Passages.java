package dev.midstream.config;

import dev.midstream.routing.Credential;
import dev.midstream.routing.Endpoint;
import dev.midstream.routing.Passage;
import dev.midstream.routing.Passage.Trust;
import dev.midstream.yaml.YamlNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads what lies between us and the providers: proxies, and whose certificates are taken ({@code
 * ssl_verify} of a deployment, else of {@code litellm_settings}, else the environment's {@code
 * SSL_VERIFY}, else {@code SSL_CERT_FILE}). Not thread-safe.
 */
final class Passages {

    private static final String KEY = "ssl_verify";
    private static final URI GOOGLE_LOGIN = URI.create("https://oauth2.googleapis.com/token");

    /** Something in the environment that cannot be used. */
    record Wrong(String message) {}

    private final Proxies proxies;
    private final Trust usual;

    Passages(Section top, Section liteLlm) {
        Reading reading = top.reading();
        this.proxies =
                new Proxies(
                        reading.environment(),
                        wrong -> reading.error(top.mapping(), wrong.message()));
        Trust shared = trust(liteLlm);
        this.usual = shared != null ? shared : environment(top);
    }

    /** The endpoint with the way that leads there. */
    Endpoint lead(Section params, Endpoint endpoint) {
        if (endpoint.equals(EndpointReader.NOWHERE)) {
            return endpoint;
        }
        Trust own = trust(params);
        Trust trust = own != null ? own : usual;
        Passage passage =
                new Passage(
                        showsCertificates(endpoint) ? trust : new Trust.Usual(),
                        proxies.of(endpoint.plain()));
        Credential credential =
                endpoint.credential() instanceof Credential.GoogleToken google
                        ? google.by(new Passage(trust, proxies.of(GOOGLE_LOGIN)))
                        : endpoint.credential();
        return new Endpoint(
                endpoint.stream(), endpoint.plain(), endpoint.headers(), credential, passage);
    }

    /**
     * Without TLS nothing has to be made ready for it, which takes its time with many certificates.
     */
    private static boolean showsCertificates(Endpoint endpoint) {
        return !"http".equalsIgnoreCase(endpoint.plain().getScheme())
                || !"http".equalsIgnoreCase(endpoint.stream().getScheme());
    }

    private static @Nullable Trust trust(Section section) {
        YamlNode node = section.node(KEY);
        String text = section.text(KEY);
        if (node == null || text == null) {
            return null;
        }
        Boolean flag = flag(text);
        if (Boolean.FALSE.equals(flag)) {
            section.reading()
                    .warning(
                            node,
                            "`ssl_verify: false`: no certificate is checked, so whoever sits in between reads keys and conversations; name your company's certificate file instead");
            return new Trust.Anybody();
        }
        return Boolean.TRUE.equals(flag)
                ? new Trust.Usual()
                : file(section.reading(), node, text, "`ssl_verify`");
    }

    private static Trust environment(Section top) {
        Reading reading = top.reading();
        for (String variable : List.of("SSL_VERIFY", "SSL_CERT_FILE")) {
            String value = reading.environment().get(variable);
            if (value == null || Boolean.TRUE.equals(flag(value))) {
                continue;
            }
            if (Boolean.FALSE.equals(flag(value))) {
                reading.warning(
                        top.mapping(),
                        "the environment variable "
                                + variable
                                + " switches the check of certificates off: whoever sits in between reads keys and conversations");
                return new Trust.Anybody();
            }
            return file(reading, top.mapping(), value, "the environment variable " + variable);
        }
        return new Trust.Usual();
    }

    private static @Nullable Boolean flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> null;
        };
    }

    private static Trust file(Reading reading, YamlNode node, String path, String who) {
        try {
            String pem = reading.files().read(path.strip());
            requireCertificates(pem);
            return new Trust.Also(pem);
        } catch (IOException e) {
            reading.error(
                    node,
                    who
                            + " is neither true nor false nor a file that can be read: "
                            + path.strip());
        } catch (CertificateException e) {
            reading.error(
                    node, who + " names " + path.strip() + ", which holds no certificates in PEM");
        }
        return new Trust.Usual();
    }

    private static void requireCertificates(String pem) throws CertificateException {
        boolean none =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                        .isEmpty();
        if (none) {
            throw new CertificateException("empty");
        }
    }
}
