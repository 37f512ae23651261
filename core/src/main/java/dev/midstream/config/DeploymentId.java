package dev.midstream.config;

import dev.midstream.model.Json;
import dev.midstream.provider.ModelName;
import dev.midstream.routing.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The id of a deployment that was given none: a hash of what it is, secrets left out, the same
 * after each start.
 */
final class DeploymentId {

    private static final int BYTES = 8;

    private DeploymentId() {}

    static String of(String group, ModelName model, Endpoint endpoint, Map<String, Json> defaults) {
        String url = endpoint.plain().getAuthority() + endpoint.plain().getRawPath();
        String text =
                String.join("\n", group, model.provider().name(), model.model(), url)
                        + new TreeMap<>(defaults);
        byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, BYTES);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
