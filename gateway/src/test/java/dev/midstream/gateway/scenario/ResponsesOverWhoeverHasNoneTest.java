package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.ResponsesStreamGrammar;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Said;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A deployment that has never heard of Responses is asked by chat, and by chat from then on. */
class ResponsesOverWhoeverHasNoneTest {

    private static final String MODELS =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/gpt-4.1, api_base: os.environ/PRIMARY_URL, api_key: os.environ/PRIMARY_KEY}
            """;

    private static String ask(World world) {
        SseClient client =
                world.ask(
                        "/v1/responses",
                        "{\"model\":\"primary\",\"stream\":true,\"input\":\"Tell me.\"}",
                        Map.of());
        client.awaitEnd(World.PATIENCE);
        return ResponsesStreamGrammar.check(client.body()).text();
    }

    private static List<String> paths(World world) {
        return world.provider(Role.PRIMARY).requests().stream().map(RecordedRequest::path).toList();
    }

    @Test
    void theClientHearsNothingOfTheRefusal() {
        try (World world = new World(Map.of(Role.PRIMARY, Part.essay()), Pair.CHAT_CHAT, MODELS)) {
            assertThat(ask(world)).isEqualTo(Said.ESSAY);
            assertThat(ask(world)).isEqualTo(Said.ESSAY);
            assertThat(paths(world))
                    .containsExactly(
                            "/v1/responses", "/v1/chat/completions", "/v1/chat/completions");
        }
    }
}
