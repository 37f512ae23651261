package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

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
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import dev.midstream.gateway.scenario.Seen.Call;
import dev.midstream.gateway.scenario.Seen.Tokens;
import dev.midstream.gateway.scenario.Seen.Trouble;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.ChatTranscript;
import dev.midstream.testkit.SseClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The clients that a scenario is played with. */
enum Client {
    /** Reads a stream off a bare socket and judges each of its events. */
    STREAM(true) {
        @Override
        Seen ask(World world, Scenario scenario) {
            SseClient client = world.ask(scenario.request(true), scenario.headers());
            int status = client.awaitHead(World.PATIENCE).status();
            assertThat(client.awaitEnd(World.PATIENCE)).isEqualTo(SseClient.End.CLEAN);
            return status == 200
                    ? of(ChatStreamGrammar.check(client.body()))
                    : Seen.refused(status, World.JSON.readTree(client.text()).path("error"));
        }
    },
    /** Asks for one document. */
    PLAIN(false) {
        @Override
        Seen ask(World world, Scenario scenario) {
            SseClient client = world.ask(scenario.request(false), scenario.headers());
            int status = client.awaitHead(World.PATIENCE).status();
            assertThat(client.awaitEnd(World.PATIENCE)).isEqualTo(SseClient.End.CLEAN);
            JsonNode body = World.JSON.readTree(client.text());
            return status == 200
                    ? of(completion(client.text()), reasoning(body))
                    : Seen.refused(status, body.path("error"));
        }
    },
    /** OpenAI's own library for Java, streaming. */
    OPENAI(true) {
        @Override
        Seen ask(World world, Scenario scenario) {
            OpenAIClient client = OpenAi.at(world);
            ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
            Heard heard = new Heard();
            try (StreamResponse<ChatCompletionChunk> stream =
                    client.chat().completions().createStreaming(params(scenario))) {
                stream.stream().peek(heard::take).forEach(whole::accumulate);
            } catch (SseException broken) {
                return heard.until(broken);
            } catch (OpenAIServiceException refused) {
                return Seen.refused(refused.statusCode(), error(refused));
            }
            return of(whole.chatCompletion(), null);
        }
    };

    private final boolean stream;

    Client(boolean stream) {
        this.stream = stream;
    }

    boolean stream() {
        return stream;
    }

    /** Asks and reads to the end. */
    abstract Seen ask(World world, Scenario scenario);

    // ---------------------------------------------------------------------------- bare sockets

    private static Seen of(ChatTranscript transcript) {
        List<Call> calls =
                transcript.toolCalls().stream()
                        .map(call -> new Call(call.name(), call.arguments()))
                        .toList();
        ChatTranscript.Usage usage = transcript.usage();
        return new Seen(
                200,
                transcript.text(),
                transcript.reasoning(),
                calls,
                transcript.finishReason(),
                usage == null
                        ? null
                        : new Tokens(
                                usage.input(),
                                usage.output(),
                                usage.whole().path("total_tokens").asLong()),
                transcript.error() == null ? null : new Trouble(transcript.error().error()));
    }

    /** As OpenAI's library reads a document, everything in it validated. */
    private static ChatCompletion completion(String json) {
        try {
            return ObjectMappers.jsonMapper().readValue(json, ChatCompletion.class).validate();
        } catch (java.io.IOException e) {
            throw new AssertionError("not a chat completion: " + json, e);
        }
    }

    // -------------------------------------------------------------------------- OpenAI's library

    private static Seen of(ChatCompletion answer, @Nullable String reasoning) {
        ChatCompletion.Choice choice = answer.choices().getFirst();
        List<Call> calls =
                choice.message().toolCalls().orElse(List.of()).stream()
                        .map(ChatCompletionMessageToolCall::asFunction)
                        .map(call -> call.function())
                        .map(call -> new Call(call.name(), call.arguments()))
                        .toList();
        return new Seen(
                200,
                choice.message().content().orElse(""),
                reasoning,
                calls,
                choice.finishReason().asString(),
                answer.usage()
                        .map(
                                u ->
                                        new Tokens(
                                                u.promptTokens(),
                                                u.completionTokens(),
                                                u.totalTokens()))
                        .orElse(null),
                null);
    }

    private static String reasoning(JsonNode body) {
        return body.at("/choices/0/message/reasoning_content").asString("");
    }

    private static ChatCompletionCreateParams params(Scenario scenario) {
        try {
            ChatCompletionCreateParams.Body body =
                    ObjectMappers.jsonMapper()
                            .readValue(
                                    scenario.request(true), ChatCompletionCreateParams.Body.class);
            ChatCompletionCreateParams.Builder params =
                    ChatCompletionCreateParams.builder().body(body);
            scenario.headers().forEach(params::putAdditionalHeader);
            return params.build();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode error(OpenAIServiceException thrown) {
        try {
            JsonNode body =
                    World.JSON.readTree(
                            ObjectMappers.jsonMapper().writeValueAsString(thrown.body()));
            return body.has("error") ? body.path("error") : body;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
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
            return new Seen(
                    broken.statusCode(),
                    text.toString(),
                    null,
                    List.of(),
                    finish,
                    null,
                    new Trouble(error(broken)));
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
    }
}
