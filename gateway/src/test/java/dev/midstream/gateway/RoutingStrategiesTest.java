package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two deployments of one group, over sockets. */
class RoutingStrategiesTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/one, api_base: os.environ/PRIMARY, api_key: sk-primary, weight: 1}
              - model_name: primary
                litellm_params: {model: openai/two, api_base: os.environ/FALLBACK, api_key: sk-fallback, weight: 0}
            router_settings:
              routing_strategy: STRATEGY
            """;

    private static Rig rig(String strategy) {
        return new Rig(
                TransportKind.AUTO,
                CONFIGURATION.replace("STRATEGY", strategy),
                GatewayOptions.DEFAULTS);
    }

    private static void answered(Rig rig, boolean stream) {
        SseClient client = rig.ask(Rig.request("primary", stream));
        assertThat(client.awaitHead().status()).isEqualTo(200);
        client.awaitEnd();
    }

    @Test
    void leastBusyKeepsAwayFromWhoeverIsAnswering() {
        try (Rig rig = rig("least-busy")) {
            rig.primary.enqueue(Answer.of(new Step.Text("Once"), new Step.Stall()));
            rig.stream().nextEvent();
            for (int i = 0; i < 4; i++) {
                rig.fallback.enqueue(Answer.text("hi"));
                answered(rig, true);
            }
            assertThat(rig.primary.requests()).hasSize(1);
            assertThat(rig.fallback.requests()).hasSize(4);
        }
    }

    @Test
    void streamsGoToWhoeverBeginsSooner() {
        try (Rig rig = rig("latency-based-routing")) {
            List<Step> slow = new ArrayList<>();
            slow.add(new Step.Pause(Duration.ofMillis(300)));
            slow.addAll(Answer.text("slow").steps());
            rig.primary.enqueue(Answer.of(slow));
            for (int i = 0; i < 6; i++) {
                rig.fallback.enqueue(Answer.text("quick"));
                answered(rig, true);
            }
            assertThat(rig.primary.requests()).as("one to measure it").hasSize(1);
            assertThat(rig.fallback.requests()).hasSize(5);
        }
    }
}
