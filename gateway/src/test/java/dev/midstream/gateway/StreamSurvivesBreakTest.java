package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamSurvivesBreakTest {

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing with a horse:"
                    + " do not change horses in midstream. He had seen it tried, and it had ended in the water.";

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aHealthyStreamComesAsItIs(TransportKind transport) throws Exception {
        try (Rig rig = new Rig(transport)) {
            rig.primary.enqueue(Answer.text("Once ", "upon ", "a time"));
            SseClient client = rig.stream();
            assertThat(client.awaitHead().status()).isEqualTo(200);
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(ChatStreamGrammar.check(client.body()).text()).isEqualTo("Once upon a time");
            assertThat(rig.nextLogLine()).contains("\"outcome\":\"completed\"");
            rig.awaitIdle();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aBrokenStreamIsContinuedOnTheFallback(TransportKind transport) throws Exception {
        try (Rig rig = broken(transport)) {
            SseClient client = rig.stream();
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(ChatStreamGrammar.check(client.body()).text()).isEqualTo(STORY);
            assertThat(client.awaitHead().headers().first("x-midstream-attempts")).hasValue("1");
            rig.awaitIdle();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void theOfficialClientReadsTheContinuedStream(TransportKind transport) throws Exception {
        try (Rig rig = broken(transport)) {
            OpenAIClient client = openAi(rig);
            ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
            try (StreamResponse<ChatCompletionChunk> stream =
                    client.chat().completions().createStreaming(params())) {
                stream.stream().forEach(whole::accumulate);
            }
            ChatCompletion answer = whole.chatCompletion();
            assertThat(answer.choices().getFirst().message().content()).hasValue(STORY);
            assertThat(answer.choices().getFirst().finishReason())
                    .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
            assertThat(answer.usage()).isPresent();
            client.close();
            rig.awaitIdle();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aPlainRequestSurvivesToo(TransportKind transport) throws Exception {
        try (Rig rig = broken(transport)) {
            OpenAIClient client = openAi(rig);
            ChatCompletion answer = client.chat().completions().create(params());
            assertThat(answer.choices().getFirst().message().content()).hasValue(STORY);
            client.close();
            rig.awaitIdle();
        }
    }

    private static Rig broken(TransportKind transport) {
        Rig rig = new Rig(transport);
        rig.primary.answering(ScriptedModel.answering(STORY).breaking(1, 12, new Step.Cut()));
        rig.fallback.answering(
                ScriptedModel.answering(STORY).onPrefill(new Behaviour.RefusesPrefill()));
        return rig;
    }

    private static OpenAIClient openAi(Rig rig) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(rig.gateway.baseUrl().toString())
                .apiKey("sk-none")
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams params() {
        return ChatCompletionCreateParams.builder()
                .model("primary")
                .addUserMessage("Tell me a story.")
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
    }
}
