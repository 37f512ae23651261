package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.ResponsesStreamGrammar;
import dev.midstream.testkit.ResponsesTranscript;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients of the Responses API over upstreams of chat, broken and not. */
class ResponsesClientsAreServedTest {

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing with a horse:"
                    + " do not change horses in midstream. He had seen it tried, and it had ended in the water.";

    private static String request(String further) {
        return "{\"model\":\"primary\",\"stream\":true,\"input\":\"Tell me a story.\""
                + further
                + "}";
    }

    private static Rig chat() {
        String configuration =
                Rig.CONFIGURATION
                        .replace("sk-primary}", "sk-primary}\n    model_info: {mode: chat}")
                        .replace("sk-fallback}", "sk-fallback}\n    model_info: {mode: chat}");
        return new Rig(TransportKind.NIO, configuration, GatewayOptions.DEFAULTS);
    }

    private static Rig broken() {
        Rig rig = chat();
        rig.primary.answering(ScriptedModel.answering(STORY).breaking(1, 12, new Step.Cut()));
        rig.fallback.answering(
                ScriptedModel.answering(STORY).onPrefill(new Behaviour.RefusesPrefill()));
        return rig;
    }

    private static ResponsesTranscript answered(Rig rig, String body) throws Exception {
        SseClient client = rig.keep(SseClient.post(rig.at("/v1/responses"), body));
        assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
        ResponsesTranscript transcript = ResponsesStreamGrammar.check(client.body());
        rig.awaitIdle();
        return transcript;
    }

    @Test
    void aHealthyAnswerIsAWholeResponse() throws Exception {
        try (Rig rig = chat()) {
            rig.primary.enqueue(Answer.text("Once ", "upon ", "a time"));
            ResponsesTranscript transcript = answered(rig, request(""));
            assertThat(transcript.status()).isEqualTo("completed");
            assertThat(transcript.text()).isEqualTo("Once upon a time");
        }
    }

    @Test
    void aBrokenAnswerIsContinuedInTheSameItem() throws Exception {
        try (Rig rig = broken()) {
            ResponsesTranscript transcript = answered(rig, request(""));
            assertThat(transcript.text()).isEqualTo(STORY);
            assertThat(transcript.items()).hasSize(1);
        }
    }

    @Test
    void theOfficialClientReadsTheContinuedAnswer() throws Exception {
        try (Rig rig = broken()) {
            OpenAIClient client =
                    OpenAIOkHttpClient.builder()
                            .baseUrl(rig.at("/v1").toString())
                            .apiKey("sk-client")
                            .responseValidation(true)
                            .build();
            ResponseAccumulator whole = ResponseAccumulator.create();
            ResponseCreateParams params =
                    ResponseCreateParams.builder().model("primary").input("A story").build();
            try (StreamResponse<ResponseStreamEvent> stream =
                    client.responses().createStreaming(params)) {
                stream.stream().forEach(whole::accumulate);
            }
            Response response = whole.response();
            assertThat(response.status()).isEqualTo(Optional.of(ResponseStatus.COMPLETED));
            assertThat(
                            response.output()
                                    .getFirst()
                                    .asMessage()
                                    .content()
                                    .getFirst()
                                    .asOutputText()
                                    .text())
                    .isEqualTo(STORY);
            client.close();
            rig.awaitIdle();
        }
    }

    @Test
    void theNextTurnKnowsTheFirst() throws Exception {
        try (Rig rig = chat()) {
            rig.primary.enqueue(Answer.text("Blue"));
            String id = answered(rig, request("")).id();
            rig.primary.enqueue(Answer.text("Because"));
            answered(
                    rig,
                    "{\"model\":\"primary\",\"stream\":true,\"input\":\"Why?\",\"previous_response_id\":\""
                            + id
                            + "\"}");
            RecordedRequest second = rig.primary.requests().getLast();
            assertThat(second.json().path("messages").toString())
                    .containsSubsequence("Tell me a story.", "Blue", "Why?");
        }
    }

    @Test
    void whatCannotBeRecoveredFailsSoThatEverySdkRaises() throws Exception {
        try (Rig rig = chat()) {
            Answer cut =
                    Answer.of(
                            new Step.Text("Once "),
                            new Step.InBandError(500, "server_error", "boom"));
            for (int i = 0; i < 6; i++) {
                rig.primary.enqueue(cut);
                rig.fallback.enqueue(Answer.error(400, "invalid_request_error", "no"));
            }
            ResponsesTranscript transcript =
                    answered(rig, request(",\"disable_fallbacks\":true,\"mid_stream\":\"error\""));
            assertThat(transcript.status()).isEqualTo("failed");
            assertThat(transcript.error()).isNotNull();
        }
    }
}
