package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Part.Reach;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Said;
import dev.midstream.testkit.scenario.Steps;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cooldowns and waits, as clients of one gateway meet them one after the other. */
class DeploymentsAreLeftAloneTest {

    private static final String MODELS =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: openai/gpt-4.1, api_base: os.environ/PRIMARY_URL, api_key: os.environ/PRIMARY_KEY}
              - model_name: fallback
                litellm_params: {model: openai/gpt-4.1, api_base: os.environ/FALLBACK_URL, api_key: os.environ/FALLBACK_KEY}
            router_settings:
              fallbacks: [{primary: [fallback]}]
            """;
    private static final String LIMIT = "Rate limit reached, please slow down.";
    private static final Part BUSY = Part.error(503, "overloaded_error", "Overloaded.");
    private static final Part LIMITED =
            Part.always(
                    Answer.error(
                            429, "rate_limit_error", LIMIT, null, Map.of("retry-after", "600")));

    private static World world(Part primary, Part fallback, String router) {
        return new World(
                Map.of(Role.PRIMARY, primary, Role.FALLBACK, fallback),
                Pair.CHAT_CHAT,
                MODELS + router);
    }

    private static SseClient ask(World world) {
        String body =
                "{\"model\":\"primary\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Tell me.\"}]}";
        SseClient client = world.ask(body, Map.of());
        client.awaitEnd(World.PATIENCE);
        return client;
    }

    private static void assertWhole(SseClient client) {
        assertThat(ChatStreamGrammar.check(client.body()).text()).isEqualTo(Said.ESSAY);
    }

    @Test
    void behindADeadPrimaryTheFallbackIsAskedWithinASecond() {
        try (World world =
                world(Part.essay().reach(Reach.REFUSED), Part.essay(), "  cooldown_time: 30\n")) {
            long asked = System.nanoTime();
            assertWhole(ask(world));
            long arrived =
                    world.provider(Role.FALLBACK).requests().getFirst().arrivedNanos() - asked;
            assertThat(Duration.ofNanos(arrived)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void whoeverIsOverloadedIsLeftAloneByTheNextRequest() {
        try (World world = world(BUSY, Part.essay(), "  cooldown_time: 30\n")) {
            assertWhole(ask(world));
            assertWhole(ask(world));
            assertThat(world.asked(Role.PRIMARY)).isEqualTo(1);
            assertThat(world.asked(Role.FALLBACK)).isEqualTo(2);
        }
    }

    @Test
    void streamsThatBreakOffCoolDownToo() {
        Part breaking = Part.always(Steps.beginning(20, new Step.Cut()));
        try (World world = world(breaking, Part.essay(), "  cooldown_time: 30\n")) {
            for (int i = 0; i < 4; i++) {
                assertWhole(ask(world));
            }
            assertThat(world.asked(Role.PRIMARY)).isLessThan(4);
        }
    }

    @Test
    void theLastDeploymentIsNeverSwitchedOff() {
        try (World world = world(BUSY, BUSY, "  cooldown_time: 30\n  num_retries: 0\n")) {
            assertThat(ask(world).awaitHead().status()).isEqualTo(503);
            int before = world.asked(Role.PRIMARY) + world.asked(Role.FALLBACK);
            assertThat(ask(world).awaitHead().status()).isEqualTo(503);
            assertThat(world.asked(Role.PRIMARY) + world.asked(Role.FALLBACK))
                    .isGreaterThan(before);
        }
    }

    @Test
    void aRunningRetryAfterIsPassedOnAndNobodyIsAsked() {
        try (World world = world(LIMITED, LIMITED, "  num_retries: 0\n")) {
            assertThat(ask(world).awaitHead().status()).isEqualTo(429);
            int before = world.asked(Role.PRIMARY) + world.asked(Role.FALLBACK);
            SseClient second = ask(world);
            assertThat(second.awaitHead().status()).isEqualTo(429);
            assertThat(second.text()).contains(LIMIT);
            String wait = second.awaitHead().headers().first("retry-after").orElse("");
            assertThat(Integer.parseInt(wait)).isBetween(500, 600);
            assertThat(world.asked(Role.PRIMARY) + world.asked(Role.FALLBACK)).isEqualTo(before);
        }
    }
}
