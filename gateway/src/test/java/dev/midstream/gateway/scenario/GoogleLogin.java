package dev.midstream.gateway.scenario;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** Where a service account of Google's gets its tokens, and the account's key. */
final class GoogleLogin implements AutoCloseable {

    static final String TOKEN = "ya29.story";

    private final ScriptedProvider google =
            ScriptedProvider.start("google", Dialect.chat()).route("/token", token());

    private static Answer token() {
        return Answer.of(
                new Step.Status(
                        200,
                        Map.of("content-type", "application/json"),
                        "{\"access_token\":\""
                                + TOKEN
                                + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));
    }

    /** The file of a service account whose private key nobody else has. */
    String key() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            byte[] key = keys.generateKeyPair().getPrivate().getEncoded();
            return World.JSON.writeValueAsString(
                    Map.of(
                            "type", "service_account",
                            "client_email", "story@p.iam.gserviceaccount.com",
                            "private_key_id", "story",
                            "private_key", pem(key),
                            "token_uri", google.origin() + "/token"));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** How many tokens were asked for. */
    int asked() {
        return google.requests().size();
    }

    @Override
    public void close() {
        google.close();
    }
}
