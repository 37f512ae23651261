package dev.midstream.gateway;

import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The key by which ids of kept answers are sealed: the same in every replica with the same
 * configuration, and after each start. It comes of the master key or, where there is none, of the
 * credentials of all deployments.
 */
final class IdKey {

    private IdKey() {}

    static byte[] of(@Nullable Secret masterKey, RouterConfig config) {
        MessageDigest digest = sha256();
        update(digest, "midstream: ids of kept answers");
        if (masterKey != null) {
            update(digest, masterKey.reveal());
            return digest.digest();
        }
        for (ModelGroup group : config.groups()) {
            for (Deployment deployment : group.deployments()) {
                update(digest, deployment.id());
                if (deployment.endpoint().credential() instanceof Credential.Header header) {
                    update(digest, header.secret().reveal());
                }
            }
        }
        return digest.digest();
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
