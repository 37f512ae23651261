package dev.midstream.gateway.passage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.Gateway;
import dev.midstream.gateway.GatewayOptions;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.passage.ConnectProxy;
import dev.midstream.testkit.passage.TlsFront;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proxies by the environment's variables, and certificates of a company, over sockets. */
final class ProvidersAreReachedThroughWhateverLiesBetweenTest {

    private static final String STORY = "Once upon a time";

    private final ScriptedProvider provider =
            ScriptedProvider.start("provider", Dialect.chat())
                    .answering(
                            Answer.of(
                                    new Step.Text(0, STORY),
                                    new Step.Finish(0, "stop", null),
                                    new Step.Done()));
    private final TlsFront tls = TlsFront.of(provider.origin().getPort());
    private final Map<String, String> environment = new HashMap<>();

    @AfterEach
    void stop() {
        tls.close();
        provider.close();
    }

    @Test
    void aCertificateThatACompanyMadeIsTakenFromItsFile() {
        assertThat(asked("localhost", "ssl_verify: company.pem")).contains(STORY, "[DONE]");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNot() {
        assertThat(asked("localhost", "ssl_verify: true"))
                .contains("No TLS session with the upstream came about");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void aCertificateForAnotherHostIsNotEvenWhereItsMakerIsTrusted() {
        assertThat(asked("127.0.0.1", "ssl_verify: company.pem"))
                .contains("No TLS session with the upstream came about");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void nothingIsCheckedWhereTheOperatorSaidSo() {
        assertThat(asked("127.0.0.1", "ssl_verify: false")).contains(STORY, "[DONE]");
    }

    @Test
    void requestsGoThroughTheProxyThatTheEnvironmentNames() {
        try (ConnectProxy proxy = ConnectProxy.asking("me:p@ss")) {
            environment.put("HTTPS_PROXY", "http://me:p%40ss@127.0.0.1:" + proxy.port());
            assertThat(asked("api.provider.test", "ssl_verify: false")).contains(STORY, "[DONE]");
            assertThat(proxy.asked()).containsExactly("api.provider.test:" + tls.port());
        }
    }

    @Test
    void aProxyThatRefusesIsNoSecretAndSaysNoSecret() {
        try (ConnectProxy proxy = ConnectProxy.asking("me:right")) {
            environment.put("HTTPS_PROXY", "http://me:wr0ng@127.0.0.1:" + proxy.port());
            assertThat(asked("api.provider.test", "ssl_verify: false"))
                    .contains("The proxy gave no connection to the upstream")
                    .doesNotContain("wr0ng", "127.0.0.1", "provider.test");
        }
    }

    @Test
    void whatIsExceptedIsAskedDirectly() {
        environment.put("HTTPS_PROXY", "http://127.0.0.1:9");
        environment.put("NO_PROXY", "localhost");
        assertThat(asked("localhost", "ssl_verify: company.pem")).contains(STORY, "[DONE]");
    }

    private String asked(String host, String further) {
        String yaml =
                """
                model_list:
                  - model_name: m
                    litellm_params: {model: openai/x, api_key: k, api_base: 'https://%s:%d/v1', %s}
                router_settings: {num_retries: 0}
                """
                        .formatted(host, tls.port(), further);
        try (Gateway gateway = gateway(yaml)) {
            SseClient client =
                    SseClient.post(
                            gateway.baseUrl().resolve("/v1/chat/completions"),
                            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
            client.awaitEnd();
            return client.text();
        }
    }

    private Gateway gateway(String yaml) {
        try {
            return Gateway.start(
                    GatewayOptions.DEFAULTS.drainingFor(Duration.ofMillis(100)),
                    new ConfigurationReader(environment::get, this::file)
                            .read("config.yaml", yaml)
                            .router(),
                    RequestLog.json(line -> {}));
        } catch (InvalidConfiguration e) {
            throw new AssertionError(e);
        }
    }

    private String file(String path) throws FileNotFoundException {
        if (!path.equals("company.pem")) {
            throw new FileNotFoundException(path);
        }
        return TlsFront.certificate();
    }
}
