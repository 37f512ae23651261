package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsFindDeploymentsTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/one, api_base: os.environ/PRIMARY, api_key: a, tags: [free]}
              - model_name: primary
                litellm_params: {model: openai/two, api_base: os.environ/FALLBACK, api_key: b, tags: [paid]}
            router_settings: {enable_tag_filtering: true}
            """;

    private static Rig rig() {
        return new Rig(TransportKind.AUTO, CONFIGURATION, GatewayOptions.DEFAULTS);
    }

    private static String with(String members) {
        return Rig.request("primary", true).replaceFirst("\\{", "{" + members + ",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tags\":[\"paid\"]",
                "\"store\":true,\"metadata\":{\"a\":\"b\",\"tags\":[\"paid\",\"unheard-of\"]}",
                "\"litellm_metadata\":{\"tags\":[\"paid\"]}"
            })
    void theBodysTagsChooseTheDeploymentAndStayHere(String members) {
        try (Rig rig = rig()) {
            rig.fallback.enqueue(Answer.text("hi"));
            SseClient client = rig.ask(with(members));
            assertThat(client.awaitHead().status()).isEqualTo(200);
            assertThat(rig.fallback.requests().getFirst().text())
                    .doesNotContain("tags", "paid")
                    .matches(sent -> sent.contains("\"a\":\"b\"") == members.contains("store"));
        }
    }

    @Test
    void soDoesTheHeader() {
        try (Rig rig = rig()) {
            rig.fallback.enqueue(Answer.text("hi"));
            SseClient client =
                    rig.keep(
                            SseClient.to(rig.chat())
                                    .header("x-litellm-tags", "other, paid")
                                    .post(Rig.request("primary", true)));
            assertThat(client.awaitHead().status()).isEqualTo(200);
            assertThat(rig.primary.requests()).isEmpty();
        }
    }

    @Test
    void tagsThatNobodyHasAreRefusedByName() throws Exception {
        try (Rig rig = rig()) {
            SseClient client = rig.ask(with("\"tags\":[\"gold\"]"));
            assertThat(client.awaitHead().status()).isEqualTo(400);
            client.awaitEnd();
            assertThat(client.text()).contains("`gold`", "`primary`", "invalid_request_error");
            assertThat(rig.ask(with("\"tags\":[7]")).awaitHead().status()).isEqualTo(400);
        }
    }
}
