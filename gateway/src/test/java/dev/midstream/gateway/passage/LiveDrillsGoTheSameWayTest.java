package dev.midstream.gateway.passage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.drill.LiveDrill;
import dev.midstream.gateway.drill.LiveReport;
import dev.midstream.routing.RouterConfig;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.passage.TlsFront;
import org.junit.jupiter.api.Test;

/** What cuts answers in a live drill reaches providers as the gateway does. */
final class LiveDrillsGoTheSameWayTest {

    private static final String STORY =
            "A ferryman who had crossed the river for forty years was asked what he had learnt, and he"
                    + " said: keep the rope dry, take the coin first, and never let anybody change"
                    + " horses before the far bank.";

    @Test
    void byTheCompanysCertificate() throws InvalidConfiguration {
        try (ScriptedProvider provider =
                        ScriptedProvider.start("provider", Dialect.chat())
                                .answering(
                                        ScriptedModel.answering(STORY)
                                                .onPrefill(new Behaviour.Obeys()));
                TlsFront tls = TlsFront.of(provider.origin().getPort())) {
            LiveReport report = new LiveDrill(config(tls.port()), group -> true, 200).run("test");

            assertThat(report.rows()).hasSize(4);
            assertThat(report.rows().subList(2, 4))
                    .extracting(row -> row.cell().words())
                    .allMatch(words -> words.contains("continued by prefill"));
        }
    }

    private static RouterConfig config(int port) throws InvalidConfiguration {
        String yaml =
                """
                model_list:
                  - model_name: first
                    litellm_params: {model: groq/llama-3.3-70b, api_base: "https://localhost:%d/v1", api_key: k}
                  - model_name: second
                    litellm_params: {model: groq/llama-3.1-8b, api_base: "https://localhost:%d/v1", api_key: k}
                router_settings: {fallbacks: [{first: [second]}, {second: [first]}]}
                litellm_settings: {ssl_verify: company.pem}
                """
                        .formatted(port, port);
        return new ConfigurationReader(name -> null, path -> TlsFront.certificate())
                .read("config.yaml", yaml)
                .router();
    }
}
