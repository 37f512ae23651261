package dev.midstream.cloud;

import dev.midstream.model.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * In whose name Google's cloud is asked. Immutable.
 *
 * <p><b>Source</b>: the "Application Default Credentials" and "OAuth 2.0 for server to server"
 * pages of Google Cloud's documentation, read 2026-09.
 */
public sealed interface GoogleAccount {

    /** The request that gets a token for everything that the account may do. */
    TokenRequest tokenRequest(Instant now);

    /** A machine's own account: a signed assertion is exchanged for a token. */
    record ServiceAccount(String email, String keyId, RsaKey key, URI tokenUri)
            implements GoogleAccount {
        @Override
        public TokenRequest tokenRequest(Instant now) {
            return GoogleKeyFile.form(
                    tokenUri,
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:jwt-bearer",
                    "assertion",
                    new Assertion(email, keyId, tokenUri.toString()).signed(key, now));
        }
    }

    /** A person's account, as {@code gcloud auth application-default login} leaves it behind. */
    record AuthorizedUser(String clientId, Secret clientSecret, Secret refreshToken, URI tokenUri)
            implements GoogleAccount {
        @Override
        public TokenRequest tokenRequest(Instant now) {
            return GoogleKeyFile.form(
                    tokenUri,
                    "grant_type",
                    "refresh_token",
                    "client_id",
                    clientId,
                    "client_secret",
                    clientSecret.reveal(),
                    "refresh_token",
                    refreshToken.reveal());
        }
    }

    /** The account of the machine that we run on, asked of the metadata server. */
    record MetadataServer(String host) implements GoogleAccount {
        @Override
        public TokenRequest tokenRequest(Instant now) {
            return new TokenRequest(
                    "GET",
                    URI.create(
                            "http://"
                                    + host
                                    + "/computeMetadata/v1/instance/service-accounts/default/token"),
                    Map.of("Metadata-Flavor", "Google"),
                    Secret.of(""));
        }
    }

    /** The metadata server's name where {@code GCE_METADATA_HOST} says nothing else. */
    String METADATA_HOST = "metadata.google.internal";

    /**
     * Reads a key file's text; an empty one stands for the metadata server under its usual name.
     */
    static GoogleAccount parse(Secret source) throws UnreadableCredential {
        return parse(source, METADATA_HOST);
    }

    /**
     * @param metadataHost the metadata server, {@code host} or {@code host:port}
     */
    static GoogleAccount parse(Secret source, String metadataHost) throws UnreadableCredential {
        return source.reveal().isBlank()
                ? new MetadataServer(metadataHost)
                : new GoogleKeyFile(GoogleKeyFile.json(source)).read();
    }

    /** The project that a key file names; empty if it names none or cannot be read. */
    static Optional<String> project(Secret source) {
        try {
            JsonNode json = GoogleKeyFile.json(source);
            return Stream.of("project_id", "quota_project_id")
                    .map(key -> json.path(key).asString(""))
                    .filter(project -> !project.isBlank())
                    .findFirst();
        } catch (UnreadableCredential e) {
            return Optional.empty();
        }
    }
}
