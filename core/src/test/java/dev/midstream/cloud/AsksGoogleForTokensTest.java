package dev.midstream.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The requests that get access tokens. Forms: RFC 7523 and Google Cloud's documentation, read
 * 2026-11.
 */
class AsksGoogleForTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final KeyPair KEYS = keys();
    private static final String PEM =
            "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String keyFile(String pem) {
        return """
                {"type": "service_account", "project_id": "p-1", "private_key_id": "kid-1", "private_key": "%s",
                 "client_email": "robot@p-1.iam.gserviceaccount.com", "token_uri": "https://oauth2.example/token"}
                """
                .formatted(pem.replace("\r", "").replace("\n", "\\n"));
    }

    private static Map<String, String> form(TokenRequest request) {
        return Stream.of(request.body().reveal().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(
                                pair -> pair[0],
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @Test
    void aServiceAccountByASignedAssertion() throws Exception {
        TokenRequest request = GoogleAccount.parse(Secret.of(keyFile(PEM))).tokenRequest(NOW);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).hasToString("https://oauth2.example/token");
        assertThat(request.headers())
                .isEqualTo(Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(form(request))
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .hasSize(2);
        String[] parts = form(request).get("assertion").split("\\.", -1);
        assertThat(decoded(parts[0]))
                .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"kid-1\"}");
        assertThat(decoded(parts[1]))
                .isEqualTo(
                        "{\"iss\":\"robot@p-1.iam.gserviceaccount.com\",\"scope\":\"https://www.googleapis.com/auth/cloud-platform\",\"aud\":\"https://oauth2.example/token\",\"iat\":1795168800,\"exp\":1795172400}");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void aKeyWhoseLineBreaksWereEscapedTwiceIsReadTheSame() throws Exception {
        String twice = PEM.replace("\r", "").replace("\n", "\\\\n");
        assertThat(GoogleAccount.parse(Secret.of(keyFile(twice))))
                .isInstanceOf(GoogleAccount.ServiceAccount.class);
    }

    @Test
    void aPersonByTheRefreshToken() throws Exception {
        Secret source =
                Secret.of(
                        "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"s&=\",\"refresh_token\":\"1//r\"}");
        TokenRequest request = GoogleAccount.parse(source).tokenRequest(NOW);
        assertThat(request.uri()).hasToString("https://oauth2.googleapis.com/token");
        assertThat(form(request))
                .isEqualTo(
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                "c",
                                "client_secret",
                                "s&=",
                                "refresh_token",
                                "1//r"));
    }

    @Test
    void theMachineByTheMetadataServer() throws Exception {
        TokenRequest request =
                GoogleAccount.parse(Secret.of(" "), "127.0.0.1:8080").tokenRequest(NOW);
        assertThat(request)
                .isEqualTo(
                        new TokenRequest(
                                "GET",
                                java.net.URI.create(
                                        "http://127.0.0.1:8080/computeMetadata/v1/instance/service-accounts/default/token"),
                                Map.of("Metadata-Flavor", "Google"),
                                Secret.of("")));
        assertThat(GoogleAccount.parse(Secret.of("")).tokenRequest(NOW).uri().getHost())
                .isEqualTo("metadata.google.internal");
    }

    @Test
    void nothingSecretIsPrinted() throws Exception {
        GoogleAccount account = GoogleAccount.parse(Secret.of(keyFile(PEM)));
        String body = PEM.lines().skip(1).findFirst().orElseThrow();
        assertThat(account.toString()).doesNotContain(body).contains("***");
        assertThat(account.tokenRequest(NOW).toString()).doesNotContain("assertion");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | it has no `type`",
                "[] | it is not a JSON object",
                "{ | it is not JSON",
                "{\"type\":\"service_account\"} | it has no `client_email`",
                "{\"type\":\"service_account\",\"client_email\":\"e\"} | it has no `private_key`",
                "{\"type\":\"service_account\",\"client_email\":\"e\",\"private_key\":\"hush\"} | its `private_key` does not begin with -----BEGIN PRIVATE KEY-----",
                "{\"type\":\"service_account\",\"client_email\":\"e\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\nhush\"} | its `private_key` is not an RSA key in PKCS #8",
                "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"s\"} | it has no `refresh_token`",
                "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"s\",\"refresh_token\":\"r\",\"token_uri\":\"file:///etc\"} | its `token_uri` is not an http or https URL",
                "{\"type\":\"external_account\"} | its type `external_account` is not there yet; a service account's key file is",
                "{\"type\":\"hush\"} | its `type` is neither `service_account` nor `authorized_user`",
            })
    void whatIsNoCredentialSaysWhyAndShowsNothing(String source, String message) {
        assertThatThrownBy(() -> GoogleAccount.parse(Secret.of(source)))
                .isInstanceOf(UnreadableCredential.class)
                .hasMessage(message)
                .hasMessageNotContaining("hush");
    }

    @Test
    void theProjectIsReadFromTheFile() {
        assertThat(GoogleAccount.project(Secret.of(keyFile(PEM)))).contains("p-1");
        assertThat(GoogleAccount.project(Secret.of("{\"quota_project_id\":\"q\"}"))).contains("q");
        assertThat(GoogleAccount.project(Secret.of(""))).isEmpty();
    }

    @Test
    void aTokenIsRenewedAheadOfTime() throws Exception {
        AccessToken token =
                parsed(
                        200,
                        "{\"access_token\":\"ya29.x\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
        assertThat(token).isEqualTo(new AccessToken(Secret.of("ya29.x"), NOW.plusSeconds(3599)));
        assertThat(token.renewAt(NOW)).isEqualTo(NOW.plusSeconds(3599 - 300));
        assertThat(token.valid(NOW.plusSeconds(3598))).isTrue();
        assertThat(token.valid(NOW.plusSeconds(3599))).isFalse();
        assertThat(token.toString()).doesNotContain("ya29");
    }

    @Test
    void aShortLivedTokenIsRenewedAfterHalfItsLife() throws Exception {
        assertThat(parsed(200, "{\"access_token\":\"x\",\"expires_in\":60}").renewAt(NOW))
                .isEqualTo(NOW.plusSeconds(30));
        assertThat(parsed(200, "{\"access_token\":\"x\"}").valid(NOW)).isFalse();
        assertThat(parsed(200, "{\"access_token\":\"x\",\"expires_in\":1e18}").expires())
                .isEqualTo(NOW.plusSeconds(86_400));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT\"} | the token server answered 400: invalid_grant (Invalid JWT)",
                "500 | <html> | the token server answered 500",
                "200 | {} | the token server answered 200",
                "200 | [] | the token server answered 200",
            })
    void aRefusalIsToldInTheServersWords(int status, String body, String message) {
        assertThatThrownBy(() -> parsed(status, body))
                .isInstanceOf(TokenRefused.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\\r\\nX: y", "ä"})
    void aTokenThatCannotBeAHeaderIsNone(String token) {
        assertThatThrownBy(
                        () -> parsed(200, "{\"access_token\":\"" + token + "\",\"expires_in\":60}"))
                .isInstanceOf(TokenRefused.class);
    }

    private static AccessToken parsed(int status, String body) throws TokenRefused {
        return AccessToken.parse(status, body.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
