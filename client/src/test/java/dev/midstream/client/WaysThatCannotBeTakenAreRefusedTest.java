package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.client.spi.Transport;
import dev.midstream.driver.UpstreamRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The JDK's client knows no SOCKS, and as Java is installed it shows proxies no login. */
class WaysThatCannotBeTakenAreRefusedTest {

    private static final String TWO =
            """
            model_list:
              - model_name: m
                litellm_params: {model: openai/one, api_key: k, api_base: 'https://one.test/v1'}
                model_info: {id: one}
              - model_name: m
                litellm_params: {model: openai/two, api_key: k, api_base: 'https://two.test/v1'}
                model_info: {id: two}
            """;

    @Test
    void aSocksProxyIsNamedForEachDeploymentBehindIt() {
        assertThatThrownBy(
                        () -> build(Map.of("ALL_PROXY", "socks5://me:p@proxy:1080"), null).close())
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("deployment one: error: ")
                .hasMessageContaining("deployment two: error: ")
                .hasMessageContaining("SOCKS")
                .hasMessageNotContaining("me:p");
    }

    @Test
    void aProxysLoginIsNamedWithTheSwitch() {
        assertThatThrownBy(
                        () ->
                                build(
                                                Map.of(
                                                        "HTTPS_PROXY",
                                                        "http://me:p@proxy:3128",
                                                        "NO_PROXY",
                                                        "two.test"),
                                                null)
                                        .close())
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("deployment one: error: ")
                .hasMessageNotContaining("deployment two")
                .hasMessageContaining("-Djdk.http.auth.tunneling.disabledSchemes=");
    }

    @Test
    void aTransportOfOnesOwnMayKnowMore() {
        Transport own =
                new Transport() {
                    @Override
                    public Exchange send(UpstreamRequest request, Receiver receiver) {
                        throw new AssertionError("nobody asks");
                    }

                    @Override
                    public void close() {}
                };
        try (Router router = build(Map.of("ALL_PROXY", "socks5://proxy:1080"), own)) {
            assertThat(router).isNotNull();
        }
    }

    private static Router build(Map<String, String> environment, @Nullable Transport transport) {
        RouterBuilder builder = Router.builder().yaml(TWO).environment(environment);
        return (transport == null ? builder : builder.transport(transport)).build();
    }
}
