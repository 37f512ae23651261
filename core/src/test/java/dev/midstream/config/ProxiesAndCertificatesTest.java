package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Secret;
import dev.midstream.routing.Passage;
import dev.midstream.routing.Passage.Kind;
import dev.midstream.routing.Passage.Proxy;
import dev.midstream.routing.Passage.Trust;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies between us and the providers, as curl and Python's HTTP clients are told it. */
final class ProxiesAndCertificatesTest {

    private static final String PROXY = "http://proxy.corp:3128";

    @Test
    void withoutAWordConnectionsAreDirectAndTheSystemIsTrusted() {
        assertThat(passage(Given.text(Given.ONE_MODEL))).isEqualTo(Passage.DIRECT);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, https://x.test/v1, true",
        "https_proxy, https://x.test/v1, true",
        "HTTPS_PROXY, http://x.test/v1, false",
        "HTTP_PROXY, http://x.test/v1, true",
        "HTTP_PROXY, https://x.test/v1, false",
        "ALL_PROXY, https://x.test/v1, true",
        "all_proxy, http://x.test/v1, true",
    })
    void theVariableOfTheSchemeCounts(String variable, String base, boolean proxied) {
        Proxy proxy = passage(at(base).with(variable, PROXY)).proxy();
        assertThat(proxy)
                .isEqualTo(proxied ? new Proxy(Kind.HTTP, "proxy.corp", 3128, null, null) : null);
    }

    @ParameterizedTest
    @CsvSource({
        "'*', true",
        "'localhost, inner.test', true",
        "'.inner.test', true",
        "'test', true",
        "'ner.test', false",
        "'*.inner.test', true",
        "'api.inner.test:8443', true",
        "'api.inner.test:443', false",
        "'API.Inner.Test', true",
        "'10.0.0.1', false",
    })
    void whatIsExceptedIsAskedDirectly(String exceptions, boolean excepted) {
        Given given =
                at("https://api.inner.test:8443/v1")
                        .with("HTTPS_PROXY", PROXY)
                        .with("NO_PROXY", exceptions);
        assertThat(passage(given).proxy() == null).isEqualTo(excepted);
    }

    @Test
    void aProxyMayAskForALoginAndMayBeSocks() {
        Proxy proxy =
                passage(at("https://x.test").with("HTTPS_PROXY", "socks5://me:p%40ss+1@p.corp:99"))
                        .proxy();
        assertThat(proxy)
                .isEqualTo(new Proxy(Kind.SOCKS5, "p.corp", 99, "me", Secret.of("p@ss+1")));
        assertThat(String.valueOf(proxy)).doesNotContain("p@ss");
    }

    @Test
    void aVariableThatIsNoProxyIsAnErrorThatNamesItAndNotItsValue() {
        List<String> said =
                at("https://x.test").with("HTTPS_PROXY", "ftp://me:secret@p.corp").rejected();
        assertThat(said).singleElement().asString().contains("HTTPS_PROXY", "http://host:port");
        assertThat(said.toString()).doesNotContain("secret");
    }

    @Test
    void theConfigurationsOwnEnvironmentCounts() {
        Given given =
                Given.sections("environment_variables: {HTTPS_PROXY: 'http://proxy.corp:3128'}\n");
        assertThat(Objects.requireNonNull(passage(given).proxy()).host()).isEqualTo("proxy.corp");
    }

    @Test
    void certificatesOfACompanyAreTakenFromTheNearestPlace() {
        String pem = Certificates.PEM;
        assertThat(trust(Given.params(model("ssl_verify: ca.pem")).file("ca.pem", pem)))
                .isEqualTo(new Trust.Also(pem));
        assertThat(
                        trust(
                                Given.sections("litellm_settings: {ssl_verify: ca.pem}\n")
                                        .file("ca.pem", pem)))
                .isEqualTo(new Trust.Also(pem));
        assertThat(
                        trust(
                                Given.text(Given.ONE_MODEL)
                                        .with("SSL_CERT_FILE", "ca.pem")
                                        .file("ca.pem", pem)))
                .isEqualTo(new Trust.Also(pem));
        assertThat(
                        trust(
                                Given.params(model("ssl_verify: true"))
                                        .with("SSL_CERT_FILE", "ca.pem")
                                        .file("ca.pem", pem)))
                .isEqualTo(new Trust.Usual());
    }

    @Test
    void nobodyIsCheckedOnlyWithAWarning() {
        Given given = Given.params(model("ssl_verify: false"));
        assertThat(trust(given)).isEqualTo(new Trust.Anybody());
        assertThat(given.warnings())
                .singleElement()
                .asString()
                .contains("no certificate is checked");
        assertThat(trust(Given.text(Given.ONE_MODEL).with("SSL_VERIFY", "False")))
                .isEqualTo(new Trust.Anybody());
    }

    @Test
    void aFileThatIsNotThereOrHoldsNoCertificateIsAnError() {
        assertThat(Given.params(model("ssl_verify: none.pem")).rejected())
                .singleElement()
                .asString()
                .contains("ssl_verify", "none.pem");
        assertThat(Given.params(model("ssl_verify: x.pem")).file("x.pem", "hello").rejected())
                .singleElement()
                .asString()
                .contains("no certificates");
    }

    private static Trust trust(Given given) {
        return passage(given).trust();
    }

    private static Passage passage(Given given) {
        return given.deployment().endpoint().passage();
    }

    private static Given at(String base) {
        return Given.params(model("api_base: '" + base + "'"));
    }

    private static String model(@Nullable String further) {
        return "model: openai/gpt-4o, api_key: k, " + further;
    }
}
