package dev.midstream.kept;

import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The key by which ids of kept answers are sealed: the same in every replica with the same
 * configuration, and after each start. It comes of the master key or, where there is none, of the
 * credentials of all deployments. Where nothing is secret it is random: whoever knows the
 * configuration could make ids otherwise.
 */
public final class IdKey {

    private IdKey() {}

    public static byte[] of(@Nullable Secret masterKey, RouterConfig config) {
        byte[] configured = configured(masterKey, config);
        return configured != null ? configured : random();
    }

    /** The key that this configuration gives; null where nothing in it is secret. */
    public static byte @Nullable [] configured(@Nullable Secret masterKey, RouterConfig config) {
        MessageDigest digest = sha256();
        update(digest, "midstream: ids of kept answers");
        if (masterKey != null) {
            update(digest, masterKey.reveal());
            return digest.digest();
        }
        boolean secret = false;
        for (ModelGroup group : config.groups()) {
            for (Deployment deployment : group.deployments()) {
                update(digest, deployment.id());
                if (deployment.endpoint().credential() instanceof Credential.Header header) {
                    update(digest, header.secret().reveal());
                    secret = true;
                }
            }
        }
        return secret ? digest.digest() : null;
    }

    private static byte[] random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
