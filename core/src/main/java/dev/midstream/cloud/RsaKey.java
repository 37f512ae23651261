package dev.midstream.cloud;

import dev.midstream.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A private key that signs. It never prints itself. Immutable, thread-safe. */
public final class RsaKey {

    private final PrivateKey key;

    private RsaKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * @param pem PKCS #8 in PEM; line breaks may be escaped, as they are when it came by an
     *     environment variable
     */
    static RsaKey parse(Secret pem) throws UnreadableCredential {
        String text = pem.reveal().replace("\\n", "\n").strip();
        if (!text.startsWith("-----BEGIN PRIVATE KEY-----")) {
            throw new UnreadableCredential(
                    "its `private_key` does not begin with -----BEGIN PRIVATE KEY-----");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
            return new RsaKey(
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnreadableCredential("its `private_key` is not an RSA key in PKCS #8");
        }
    }

    /** The signature of an ASCII text by SHA-256 with RSA. */
    byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java signs by SHA-256 with RSA", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
