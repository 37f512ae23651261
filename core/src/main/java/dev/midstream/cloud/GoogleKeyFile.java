package dev.midstream.cloud;

import dev.midstream.model.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads key files. */
final class GoogleKeyFile {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";

    private final JsonNode file;

    GoogleKeyFile(JsonNode file) {
        this.file = file;
    }

    static JsonNode json(Secret source) throws UnreadableCredential {
        try {
            JsonNode json = MAPPER.readTree(source.reveal());
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw new UnreadableCredential("it is not JSON");
        }
        throw new UnreadableCredential("it is not a JSON object");
    }

    GoogleAccount read() throws UnreadableCredential {
        String type = file.path("type").asString("");
        return switch (type) {
            case "service_account" ->
                    new GoogleAccount.ServiceAccount(
                            needed("client_email"),
                            file.path("private_key_id").asString(""),
                            RsaKey.parse(Secret.of(needed("private_key"))),
                            tokenUri());
            case "authorized_user" ->
                    new GoogleAccount.AuthorizedUser(
                            needed("client_id"),
                            Secret.of(needed("client_secret")),
                            Secret.of(needed("refresh_token")),
                            tokenUri());
            case "" -> throw new UnreadableCredential("it has no `type`");
            case "external_account", "impersonated_service_account" ->
                    throw new UnreadableCredential(
                            "its type `"
                                    + type
                                    + "` is not there yet; a service account's key file is");
            default ->
                    throw new UnreadableCredential(
                            "its `type` is neither `service_account` nor `authorized_user`");
        };
    }

    private String needed(String key) throws UnreadableCredential {
        String value = file.path(key).asString("");
        if (value.isBlank()) {
            throw new UnreadableCredential("it has no `" + key + "`");
        }
        return value;
    }

    private URI tokenUri() throws UnreadableCredential {
        String given = file.path("token_uri").asString("");
        try {
            URI uri = URI.create(given.isBlank() ? TOKEN_URI : given);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new UnreadableCredential("its `token_uri` is not a URL");
        }
        throw new UnreadableCredential("its `token_uri` is not an http or https URL");
    }

    static TokenRequest form(URI uri, String... namesAndValues) {
        String body =
                Stream.iterate(0, i -> i < namesAndValues.length, i -> i + 2)
                        .map(i -> encoded(namesAndValues[i]) + "=" + encoded(namesAndValues[i + 1]))
                        .collect(Collectors.joining("&"));
        return new TokenRequest(
                "POST",
                uri,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                Secret.of(body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
