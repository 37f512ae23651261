package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.admission.Wishes;
import dev.midstream.config.RequestSettings;
import dev.midstream.model.Json;
import dev.midstream.model.Method;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.SettingsPatch;
import dev.midstream.routing.Variant;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallsBringOptionsAlongTest {

    private static final CallOptions NONE = CallOptions.NONE;

    @Test
    void settingsByTheirMethods() {
        SettingsPatch settings =
                NONE.midStream(MidStream.ERROR)
                        .numRetries(0)
                        .idleTimeout(Duration.ofMillis(250))
                        .requestTimeout(Duration.ofMinutes(2))
                        .disableFallbacks(true)
                        .streamUpstream(false)
                        .wishes()
                        .settings();
        assertThat(settings.midStream()).isEqualTo(MidStream.ERROR);
        assertThat(settings.numRetries()).isZero();
        assertThat(settings.clocks().idle()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.disableFallbacks()).isTrue();
        assertThat(settings.streamUpstream()).isFalse();
    }

    static Stream<String> keys() {
        return RequestSettings.names().stream();
    }

    /** The value of each key that no default is. */
    @ParameterizedTest
    @MethodSource("keys")
    void everySettingOfARequestByItsKey(String key) {
        Object value =
                switch (key) {
                    case "mid_stream" -> "restart";
                    case "continuation" -> "user_turn";
                    case "continuation_prompt" -> "{tail}";
                    case "min_seam" -> "exact";
                    case "hold_tool_calls" -> "never";
                    case "non_streaming" -> "plain";
                    case "disable_mid_stream_continuation",
                            "disable_fallbacks",
                            "seam_comments",
                            "evade_content_policy" ->
                            true;
                    default -> 3;
                };
        CallOptions options = NONE.set(key, value);
        assertThat(options.wishes().settings()).isNotEqualTo(SettingsPatch.EMPTY);
        assertThat(options.set(key, null)).isEqualTo(NONE);
    }

    @Test
    void optionsAreValues() {
        CallOptions common = NONE.numRetries(1).tags("a");
        CallOptions other = common.numRetries(2).tags("b");
        assertThat(common.wishes().settings().numRetries()).isEqualTo(1);
        assertThat(common.wishes().tags()).isEqualTo(Set.of("a"));
        assertThat(other.wishes().tags()).isEqualTo(Set.of("a", "b"));
        assertThat(NONE.tags("a").numRetries(1)).isEqualTo(common).hasSameHashCodeAs(common);
        assertThat(NONE.wishes()).isEqualTo(Wishes.NONE);
    }

    @Test
    void fallbacksHaveTheFormThatTheyHaveInABody() {
        Fallback altered =
                new Fallback("small", new Variant(Map.of("temperature", new Json("0.50"))));
        assertThat(
                        NONE.fallbacks(List.of(new Fallback("a", Variant.NONE), altered))
                                .contextWindowFallbacks("b")
                                .contentPolicyFallbacks()
                                .wishes()
                                .members())
                .isEqualTo(
                        Map.of(
                                "fallbacks",
                                new Json("[\"a\",{\"model\":\"small\",\"temperature\":0.50}]"),
                                "context_window_fallbacks",
                                new Json("[\"b\"]"),
                                "content_policy_fallbacks",
                                new Json("[]")));
    }

    @Test
    void impossibleBoundsAreRefusedAtOnce() {
        refused(
                () -> NONE.numRetries(-1),
                "`num_retries`: `-1` is not a whole number from 0 to 100");
        refused(
                () -> NONE.idleTimeout(Duration.ZERO),
                "`idle_timeout`: `0` is not a number of seconds above 0, 30 days at most");
        refused(
                () -> NONE.timeout(Duration.ofSeconds(Long.MAX_VALUE)),
                "`timeout`: `9223372036854775807` is not a number of seconds above 0, 30 days at most");
        refused(
                () -> NONE.continuation(Method.ORIGINAL),
                "`continuation`: `original` is not one of `resume`, `prefill`, `prefix`, `partial`, `continue_final_message`, `user_turn`, `replay`");
        refused(() -> NONE.midStream(null), "`mid_stream` cannot be null");
        refused(() -> NONE.set("max_held", List.of()), "`max_held` cannot be a java.util");
        refused(() -> NONE.set("cooldown_time", 1), "`cooldown_time` is no setting of a request");
        refused(() -> NONE.set(null, 1), "`null` is no setting of a request");
        refused(() -> NONE.tags("a", " "), "a tag has 1 to 256 characters, not ` `");
        refused(() -> NONE.tags((String) null), "a tag has 1 to 256 characters, not `null`");
        refused(() -> NONE.tags("x".repeat(257)), "a tag has 1 to 256 characters, not `xxx");
        refused(() -> NONE.tags(many(65)), "more than 64 tags: 65");
        refused(() -> NONE.fallbacks("a", ""), "`fallbacks[1]` must be the name of a model");
        refused(
                () -> NONE.contextWindowFallbacks((String) null),
                "`context_window_fallbacks[0]` must be the name of a model");
        refused(
                () ->
                        NONE.fallbacks(
                                List.of(
                                        new Fallback(
                                                "a", new Variant(Map.of("x", new Json("{")))))),
                "here stands a Json that is none");
    }

    private static String[] many(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .as(message)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    /** A request may have more in its headers than a program in methods, but no less. */
    @Test
    void everySettingOfARequestHasAMethodOrIsOneOfThese() {
        Set<String> methods =
                Arrays.stream(CallOptions.class.getMethods())
                        .map(java.lang.reflect.Method::getName)
                        .collect(Collectors.toSet());
        assertThat(RequestSettings.names())
                .filteredOn(key -> !methods.contains(camelCase(key)))
                .containsExactlyInAnyOrder(
                        "non_streaming", // streamUpstream
                        "disable_mid_stream_continuation",
                        "heartbeat_interval",
                        "seam_comments");
    }

    private static String camelCase(String key) {
        String[] words = key.split("_");
        return words[0]
                + Stream.of(words)
                        .skip(1)
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining());
    }
}
