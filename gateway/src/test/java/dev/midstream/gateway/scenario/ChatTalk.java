package dev.midstream.gateway.scenario;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.ObjectMappers;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Wire;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Clients of Chat Completions. */
final class ChatTalk extends Talk {

    ChatTalk() {
        super(Wire.CHAT);
    }

    // ---------------------------------------------------------------------------- bare sockets

    @Override
    Seen document(String json) {
        try {
            ObjectMappers.jsonMapper().readValue(json, ChatCompletion.class).validate();
        } catch (IOException e) {
            throw new AssertionError("not a chat completion: " + json, e);
        }
        return asking().document(World.JSON.readTree(json));
    }

    // -------------------------------------------------------------------------- OpenAI's library

    @Override
    Seen throughLibrary(World world, String request, Map<String, String> headers) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        Heard heard = new Heard();
        try (StreamResponse<ChatCompletionChunk> stream =
                OpenAi.at(world).chat().completions().createStreaming(params(request, headers))) {
            stream.stream().peek(heard::take).forEach(whole::accumulate);
        } catch (SseException broken) {
            return heard.until(broken);
        } catch (OpenAIServiceException refused) {
            return Seen.refused(refused.statusCode(), OpenAi.error(refused));
        }
        return asking().document(OpenAi.tree(whole.chatCompletion())).withoutReasoning();
    }

    private static ChatCompletionCreateParams params(String request, Map<String, String> headers) {
        ChatCompletionCreateParams.Builder params =
                ChatCompletionCreateParams.builder()
                        .body(OpenAi.read(request, ChatCompletionCreateParams.Body.class));
        headers.forEach(params::putAdditionalHeader);
        return params.build();
    }

    /** What came before a stream broke. */
    private static final class Heard {
        final StringBuilder text = new StringBuilder();
        private @Nullable String finish;

        void take(ChatCompletionChunk chunk) {
            for (ChatCompletionChunk.Choice choice : chunk.choices()) {
                if (choice.index() == 0) {
                    choice.delta().content().ifPresent(text::append);
                    choice.finishReason().ifPresent(reason -> finish = reason.asString());
                }
            }
        }

        Seen until(SseException broken) {
            return Seen.broken(broken.statusCode(), text.toString(), finish, OpenAi.error(broken));
        }
    }

    /** One library for all worlds: its threads and connections are its own. */
    static final class OpenAi {

        private static final OpenAIClient ONE =
                OpenAIOkHttpClient.builder()
                        .baseUrl("http://127.0.0.1:9/v1")
                        .apiKey("sk-none")
                        .maxRetries(0)
                        .timeout(World.PATIENCE)
                        .build();

        private OpenAi() {}

        static OpenAIClient at(World world) {
            return ONE.withOptions(
                    options -> options.baseUrl(world.gateway().baseUrl().toString()));
        }

        static <T> T read(String json, Class<T> type) {
            try {
                return ObjectMappers.jsonMapper().readValue(json, type);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        static JsonNode tree(Object value) {
            try {
                return World.JSON.readTree(ObjectMappers.jsonMapper().writeValueAsString(value));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        static JsonNode error(OpenAIServiceException thrown) {
            JsonNode body = tree(thrown.body());
            return body.has("error") ? body.path("error") : body;
        }
    }
}
