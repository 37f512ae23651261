package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.http.StreamResponse;
import com.openai.errors.SseException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import dev.midstream.gateway.scenario.ChatTalk.OpenAi;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The second program of the reports: a Responses stream on Anthropic's Claude whose fallback is the
 * same model on Vertex AI. The primary fails before the first event, and, in another run, after
 * some text.
 *
 * <p><b>Source.</b> LiteLLM's issue 28216, May 2026; the configuration is theirs, save the
 * addresses and the credentials.
 */
class TheSecondStoryTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: claude-primary
                litellm_params: {model: anthropic/claude-sonnet-4-6, api_key: os.environ/ANTHROPIC_API_KEY, stream_timeout: 1, api_base: os.environ/PRIMARY_URL}
              - model_name: claude-fallback
                litellm_params: {model: vertex_ai/claude-sonnet-4-6, vertex_project: p, vertex_location: us-east5, api_base: os.environ/FALLBACK_URL, vertex_credentials: os.environ/VERTEX_KEY}
            router_settings:
            """;
    private static final String CHAIN = "  fallbacks: [{claude-primary: [claude-fallback]}]\n";
    private static final String NO_CHAIN = "  fallbacks: []\n  num_retries: 0\n";
    private static final int BEGINNING = 40;

    /** What the fallback has to say: as the primary begins, and in its own words from there. */
    private static final String FALLBACKS =
            Said.words(BEGINNING) + " day nobody has hurried him, and the boats run late.";

    private final GoogleLogin google = new GoogleLogin();

    @AfterEach
    void close() {
        google.close();
    }

    private World world(Part primary, String router) {
        Part fallback =
                Part.of(
                        () ->
                                ScriptedModel.answering(FALLBACKS)
                                        .onPrefill(new Behaviour.RefusesPrefill()));
        return new World(
                Map.of(Role.PRIMARY, primary, Role.FALLBACK, fallback),
                Pair.MESSAGES_MESSAGES,
                CONFIGURATION + router,
                Map.of("ANTHROPIC_API_KEY", Role.PRIMARY.key(), "VERTEX_KEY", google.key()));
    }

    private static Response ask(World world, List<ResponseStreamEvent> events) {
        ResponseCreateParams request =
                ResponseCreateParams.builder()
                        .model("claude-primary")
                        .input("Tell me about the ferryman.")
                        .build();
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream =
                OpenAi.at(world).responses().createStreaming(request)) {
            stream.stream().peek(events::add).forEach(whole::accumulate);
        }
        return whole.response();
    }

    private static String text(Response response) {
        return response.output().stream()
                .map(ResponseOutputItem::asMessage)
                .flatMap(message -> message.content().stream())
                .map(part -> part.asOutputText().text())
                .collect(Collectors.joining());
    }

    private static String deltas(List<ResponseStreamEvent> events) {
        return events.stream()
                .flatMap(event -> event.outputTextDelta().stream())
                .map(delta -> delta.delta())
                .collect(Collectors.joining());
    }

    private static void assertFallbackServed(World world, Part primary) {
        List<ResponseStreamEvent> events = new ArrayList<>();
        Response response = ask(world, events);
        assertThat(text(response)).as("after %s", primary).isEqualTo(FALLBACKS);
        assertThat(deltas(events)).isEqualTo(FALLBACKS);
        assertThat(response.output()).hasSize(1);
        assertThat(events.stream().filter(ResponseStreamEvent::isCreated)).hasSize(1);
        assertThat(events.stream().filter(ResponseStreamEvent::isCompleted)).hasSize(1);
        assertThat(world.asked(Role.PRIMARY)).isEqualTo(1);
        assertThat(world.asked(Role.FALLBACK)).isEqualTo(1);
    }

    @Test
    void theReadTimeoutBeforeTheFirstEventIsFollowedByTheFallback() {
        Part silent = Part.always(Answer.of(new Step.Stall()));
        try (World world = world(silent, CHAIN)) {
            assertFallbackServed(world, silent);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 529})
    void anErrorBeforeTheFirstEventIsFollowedByTheFallback(int status) {
        Part broken = Part.error(status, "api_error", "Try again later.");
        try (World world = world(broken, CHAIN)) {
            assertFallbackServed(world, broken);
        }
    }

    @Test
    void theReadTimeoutAfterSomeTextIsFollowedByTheFallbacksContinuation() {
        Part stalling = Part.broken(BEGINNING, new Step.Stall());
        try (World world = world(stalling, CHAIN)) {
            assertFallbackServed(world, stalling);
        }
    }

    @Test
    void aCutAfterSomeTextIsFollowedByTheFallbacksContinuation() {
        Part cut = Part.broken(BEGINNING, new Step.Cut());
        try (World world = world(cut, CHAIN)) {
            assertFallbackServed(world, cut);
        }
    }

    @Test
    void withNobodyLeftTheTimeoutIsToldAsWhatItWas() {
        try (World world = world(Part.broken(BEGINNING, new Step.Stall()), NO_CHAIN)) {
            List<ResponseStreamEvent> events = new ArrayList<>();
            SseException thrown =
                    catchThrowableOfType(SseException.class, () -> ask(world, events));
            assertThat(deltas(events)).isEqualTo(Said.words(BEGINNING));
            assertThat(thrown.type()).hasValue("timeout_error");
            assertThat(thrown.code()).hasValue("upstream_stall");
            assertThat(thrown).hasMessageContaining("no progress for 1.0 s");
        }
    }
}
