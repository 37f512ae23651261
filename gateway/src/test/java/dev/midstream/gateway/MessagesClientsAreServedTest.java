package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.MessagesStreamGrammar;
import dev.midstream.testkit.MessagesTranscript;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.StreamError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that speak Messages, over a provider that speaks chat and breaks off. */
class MessagesClientsAreServedTest {

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing with a horse:"
                    + " do not change horses in midstream. He had seen it tried, and it had ended in the water.";

    /** As Claude Code 2.1 asks, its tools cut short. */
    private static String asAnAgentAsks(boolean stream) {
        return "{\"model\":\"primary\",\"max_tokens\":32000,\"stream\":"
                + stream
                + ",\"thinking\":{\"type\":\"adaptive\",\"display\":\"updates\"},\"context_management\":{\"edits\":["
                + "{\"type\":\"clear_thinking_20251015\",\"keep\":\"all\"}]},\"output_config\":{\"effort\":\"high\"},"
                + "\"metadata\":{\"user_id\":\"{\\\"device_id\\\":\\\""
                + "x".repeat(80)
                + "\\\"}\"},\"system\":[{\"type\":\"text\",\"text\":\"Be brief.\",\"cache_control\":{\"type\":\"ephemeral\"}}],"
                + "\"tools\":[{\"name\":\"Bash\",\"description\":\"Runs\",\"input_schema\":{\"$schema\":"
                + "\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\",\"properties\":{}}},"
                + "{\"name\":\"Deferred\",\"defer_loading\":true,\"input_schema\":{\"type\":\"object\"}}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Tell me a story.\"}]},"
                + "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"Now.\"}]}]}";
    }

    private static Rig rig(String model, Dialect dialect) {
        String configuration = Rig.CONFIGURATION.replace("openai/one", model);
        return new Rig(
                TransportKind.NIO,
                configuration,
                GatewayOptions.DEFAULTS,
                Duration.ofMillis(200),
                dialect,
                Dialect.chat());
    }

    private static Rig overChat() {
        return rig("openai/one", Dialect.chat());
    }

    private static Rig overMessages() {
        return rig("anthropic/claude-sonnet-4-6", Dialect.messages());
    }

    private static MessagesTranscript streamed(Rig rig) throws Exception {
        SseClient client = rig.keep(SseClient.post(rig.at("/v1/messages"), asAnAgentAsks(true)));
        assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
        MessagesTranscript answer = MessagesStreamGrammar.check(client.body());
        rig.awaitIdle();
        return answer;
    }

    static List<Supplier<Rig>> upstreams() {
        return List.of(
                MessagesClientsAreServedTest::overChat, MessagesClientsAreServedTest::overMessages);
    }

    @ParameterizedTest
    @MethodSource("upstreams")
    void aHealthyAnswerIsAMessage(Supplier<Rig> upstream) throws Exception {
        try (Rig rig = upstream.get()) {
            rig.primary.enqueue(Answer.text("Once ", "upon ", "a time"));
            MessagesTranscript answer = streamed(rig);
            assertThat(answer.text()).isEqualTo("Once upon a time");
            assertThat(answer.id()).startsWith("msg_");
            assertThat(answer.stopReason()).isEqualTo("end_turn");
            assertThat(answer.usage()).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("upstreams")
    void aBrokenAnswerIsContinued(Supplier<Rig> upstream) throws Exception {
        try (Rig rig = upstream.get()) {
            rig.primary.answering(ScriptedModel.answering(STORY).breaking(1, 12, new Step.Cut()));
            rig.fallback.answering(ScriptedModel.answering(STORY));
            MessagesTranscript answer = streamed(rig);
            assertThat(answer.text()).isEqualTo(STORY);
            assertThat(answer.blocks()).hasSize(1);
            assertThat(answer.stopReason()).isEqualTo("end_turn");
        }
    }

    @ParameterizedTest
    @MethodSource("upstreams")
    void nobodyLeftIsAnErrorOnWhichAgentsAskAgain(Supplier<Rig> upstream) throws Exception {
        try (Rig rig = upstream.get()) {
            ScriptedModel breaking = ScriptedModel.answering(STORY);
            for (int request = 1; request <= 9; request++) {
                breaking.breaking(request, request == 1 ? 12 : 0, new Step.Cut());
            }
            rig.primary.answering(breaking);
            ScriptedModel silent = ScriptedModel.answering(STORY);
            for (int request = 1; request <= 9; request++) {
                silent.breaking(request, 0, new Step.Cut());
            }
            rig.fallback.answering(silent);
            MessagesTranscript answer = streamed(rig);
            assertThat(answer.error())
                    .isNotNull()
                    .extracting(StreamError::type)
                    .isEqualTo("overloaded_error");
        }
    }

    @ParameterizedTest
    @MethodSource("upstreams")
    void aPlainRequestSurvivesToo(Supplier<Rig> upstream) throws Exception {
        try (Rig rig = upstream.get()) {
            rig.primary.answering(ScriptedModel.answering(STORY).breaking(1, 12, new Step.Cut()));
            rig.fallback.answering(ScriptedModel.answering(STORY));
            SseClient client = rig.keep(SseClient.post(rig.at("/messages"), asAnAgentAsks(false)));
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(new String(client.body(), StandardCharsets.UTF_8))
                    .startsWith("{\"id\":\"msg_")
                    .contains("{\"type\":\"text\",\"text\":\"" + STORY + "\"}");
        }
    }

    @Test
    void theUpstreamOfTheSameProtocolIsSentTheClientsBytes() throws Exception {
        try (Rig rig = overMessages()) {
            rig.primary.enqueue(Answer.text("Hi"));
            String body = asAnAgentAsks(true).replaceFirst(",\\{\"role\":\"system\".*$", "]}");
            SseClient client = rig.keep(SseClient.post(rig.at("/v1/messages?beta=true"), body));
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(rig.primary.requests().getFirst().text())
                    .isEqualTo(body.replace("primary", "claude-sonnet-4-6"));
        }
    }

    @Test
    void aBadRequestIsRefusedInAnthropicsForm() throws Exception {
        try (Rig rig = overChat()) {
            SseClient client =
                    rig.keep(SseClient.post(rig.at("/v1/messages"), "{\"model\":\"primary\"}"));
            assertThat(client.awaitHead().status()).isEqualTo(400);
            client.awaitEnd();
            assertThat(new String(client.body(), StandardCharsets.UTF_8))
                    .startsWith(
                            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"");
        }
    }
}
