package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.http.StreamResponse;
import com.openai.errors.SseException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The program of the reports: a long essay, a read timeout of a second, a primary on Anthropic that
 * dies midway, a fallback on Vertex AI that refuses assistant prefill.
 *
 * <p><b>Source.</b> The reports on LiteLLM's mid-stream fallback, May 2026; the configuration is
 * theirs, save the addresses and the credentials.
 */
class TheStoryTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: claude-primary
                litellm_params: {model: anthropic/claude-sonnet-4-6, api_key: os.environ/ANTHROPIC_API_KEY, stream_timeout: 1, api_base: os.environ/PRIMARY_URL}
              - model_name: claude-fallback
                litellm_params: {model: vertex_ai/claude-sonnet-4-6, vertex_project: p, vertex_location: us-east5, api_base: os.environ/FALLBACK_URL, vertex_credentials: os.environ/VERTEX_KEY}
            router_settings:
            """;
    private static final String BOTH_ANTHROPICS =
            """
            model_list:
              - model_name: claude-primary
                litellm_params: {model: anthropic/claude-sonnet-4-6, api_key: os.environ/ANTHROPIC_API_KEY, stream_timeout: 1, api_base: os.environ/PRIMARY_URL}
              - model_name: claude-fallback
                litellm_params: {model: anthropic/claude-sonnet-4-6, api_key: os.environ/ANTHROPIC_API_KEY, stream_timeout: 1, api_base: os.environ/FALLBACK_URL}
            router_settings:
            """;
    private static final String CHAIN = "  fallbacks: [{claude-primary: [claude-fallback]}]\n";
    private static final String NO_CHAIN = "  fallbacks: []\n";

    /** Two thousand words, no two sentences alike. */
    private static final String ESSAY =
            IntStream.rangeClosed(1, 200)
                    .mapToObj(
                            year ->
                                    "In year %d the ferryman took %d carts over."
                                            .formatted(year, 7 * year + year % 5))
                    .collect(Collectors.joining(" "));

    private static final int WORDS_BEFORE_THE_BREAK = 300;

    private final GoogleLogin google = new GoogleLogin();

    @AfterEach
    void close() {
        google.close();
    }

    private World world(Step fault, String router) {
        return world(CONFIGURATION, fault, router);
    }

    private World world(String configuration, Step fault, String router) {
        Part primary =
                Part.of(
                        () ->
                                ScriptedModel.answering(ESSAY)
                                        .breaking(1, WORDS_BEFORE_THE_BREAK, fault)
                                        .onPrefill(new Behaviour.RefusesPrefill()));
        Part fallback =
                Part.of(
                        () ->
                                ScriptedModel.answering(ESSAY)
                                        .onPrefill(new Behaviour.RefusesPrefill()));
        return new World(
                Map.of(Role.PRIMARY, primary, Role.FALLBACK, fallback),
                Pair.MESSAGES_MESSAGES,
                configuration + router,
                Map.of("ANTHROPIC_API_KEY", Role.PRIMARY.key(), "VERTEX_KEY", google.key()));
    }

    private static ChatCompletionCreateParams request() {
        return ChatCompletionCreateParams.builder()
                .model("claude-primary")
                .addUserMessage("Write a 2000-word essay about a ferryman.")
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
    }

    /** Every chunk that OpenAI's library hands out. */
    private static List<ChatCompletionChunk> ask(World world) {
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        ask(world, chunks);
        return chunks;
    }

    private static void ask(World world, List<ChatCompletionChunk> chunks) {
        try (StreamResponse<ChatCompletionChunk> stream =
                ChatTalk.OpenAi.at(world).chat().completions().createStreaming(request())) {
            stream.stream().forEach(chunks::add);
        }
    }

    private static void assertOneEssay(List<ChatCompletionChunk> chunks) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        chunks.forEach(accumulator::accumulate);
        ChatCompletion.Choice choice = accumulator.chatCompletion().choices().getFirst();
        assertThat(choice.message().content()).hasValue(ESSAY);
        assertThat(chunks).extracting(ChatCompletionChunk::id).containsOnly(chunks.getFirst().id());
        assertThat(finishReasons(chunks)).containsExactly("stop");
        assertThat(chunks.stream().filter(chunk -> chunk.usage().isPresent())).hasSize(1);
    }

    private static List<String> finishReasons(List<ChatCompletionChunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.finishReason().stream())
                .map(ChatCompletionChunk.Choice.FinishReason::asString)
                .toList();
    }

    private static String said(List<ChatCompletionChunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
    }

    @Test
    void theReadTimeoutMidStreamIsFollowedByTheFallback() {
        try (World world = world(new Step.Stall(), CHAIN)) {
            assertOneEssay(ask(world));
            assertThat(world.asked(Role.PRIMARY)).isEqualTo(1);
            assertThat(world.asked(Role.FALLBACK)).isEqualTo(1);
        }
    }

    /** The first program, as it is written. */
    @Test
    void theReadTimeoutIsFollowedByAnotherDeploymentOfTheSameModel() {
        try (World world = world(BOTH_ANTHROPICS, new Step.Stall(), CHAIN)) {
            assertOneEssay(ask(world));
            assertThat(world.asked(Role.PRIMARY)).isEqualTo(1);
            assertThat(world.asked(Role.FALLBACK)).isEqualTo(1);
        }
    }

    @Test
    void vertexIsAskedInItsOwnFormAndWithItsOwnToken() {
        try (World world = world(new Step.Cut(), CHAIN)) {
            assertOneEssay(ask(world));
            RecordedRequest asked = world.provider(Role.FALLBACK).requests().getFirst();
            assertThat(asked.target())
                    .endsWith(
                            "/projects/p/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-6:streamRawPredict");
            assertThat(asked.json().path("anthropic_version").asString(""))
                    .isEqualTo("vertex-2023-10-16");
            assertThat(asked.json().has("model")).isFalse();
            assertThat(asked.headers().first("authorization"))
                    .hasValue("Bearer " + GoogleLogin.TOKEN);
            assertThat(asked.headers().first("x-api-key")).isEmpty();
            assertThat(google.asked()).isEqualTo(1);
        }
    }

    @Test
    void withoutAFallbackThePrimaryItselfGoesOn() {
        try (World world = world(new Step.Cut(), NO_CHAIN)) {
            assertOneEssay(ask(world));
            assertThat(world.asked(Role.PRIMARY)).isEqualTo(2);
            assertThat(world.asked(Role.FALLBACK)).isZero();
        }
    }

    @Test
    void withoutAnybodyLeftThePrimarysTrueErrorSurfaces() {
        Step overloaded = new Step.InBandError(529, "overloaded_error", "Overloaded");
        try (World world = world(overloaded, NO_CHAIN + "  num_retries: 0\n")) {
            List<ChatCompletionChunk> chunks = new ArrayList<>();
            SseException thrown =
                    catchThrowableOfType(SseException.class, () -> ask(world, chunks));
            assertThat(said(chunks)).isEqualTo(Said.words(ESSAY, WORDS_BEFORE_THE_BREAK));
            assertThat(thrown.type()).hasValue("overloaded_error");
            assertThat(thrown).hasMessageContaining("Overloaded");
            assertThat(world.asked(Role.PRIMARY)).isEqualTo(1);
        }
    }

    @Test
    void theTimeoutIsToldAsWhatItWas() {
        try (World world = world(new Step.Stall(), NO_CHAIN + "  num_retries: 0\n")) {
            List<ChatCompletionChunk> chunks = new ArrayList<>();
            SseException thrown =
                    catchThrowableOfType(SseException.class, () -> ask(world, chunks));
            assertThat(thrown.type()).hasValue("timeout_error");
            assertThat(thrown.code()).hasValue("upstream_stall");
            assertThat(thrown).hasMessageContaining("no progress for 1.0 s");
        }
    }
}
