package dev.midstream.guide;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.assertion.Requests;
import dev.midstream.testkit.junit.Provider;
import org.junit.jupiter.api.Test;

class StoryTellerTest {

    @Test
    void aBrokenStreamIsNoStory(@Provider ScriptedProvider provider) {
        provider.enqueue(Answer.saying("Once upon a time there was a ferryman.").cutAfter(3));

        OpenAIClient client =
                OpenAIOkHttpClient.builder()
                        .baseUrl(provider.baseUrl().toString())
                        .apiKey("any")
                        .maxRetries(0)
                        .build();

        assertThatThrownBy(() -> StoryTeller.tell(client)).isInstanceOf(RuntimeException.class);
        Requests.to(provider).only().isStreamed().hasKey("any").mentions("Tell me a story.");
    }

    /** Stands for the code under test. */
    private static final class StoryTeller {
        static String tell(OpenAIClient client) {
            var params =
                    ChatCompletionCreateParams.builder()
                            .model("gpt-5")
                            .addUserMessage("Tell me a story.")
                            .build();
            StringBuilder story = new StringBuilder();
            try (var stream = client.chat().completions().createStreaming(params)) {
                stream.stream()
                        .flatMap(chunk -> chunk.choices().stream())
                        .forEach(choice -> choice.delta().content().ifPresent(story::append));
            }
            return story.toString();
        }
    }
}
