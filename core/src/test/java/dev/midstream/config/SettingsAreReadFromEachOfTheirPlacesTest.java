package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.SettingKey.Place;
import dev.midstream.model.Json;
import dev.midstream.routing.Settings;
import dev.midstream.routing.SettingsPatch;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key of the architecture's table counts wherever it may stand. */
class SettingsAreReadFromEachOfTheirPlacesTest {

    /** Values other than the defaults. */
    private static final Map<String, String> SAMPLES =
            Map.ofEntries(
                    Map.entry("mid_stream", "error"),
                    Map.entry("disable_mid_stream_continuation", "true"),
                    Map.entry("continuation", "user_turn"),
                    Map.entry("continuation_prompt", "go on after {tail}"),
                    Map.entry("connect_timeout", "1.5"),
                    Map.entry("first_token_timeout", "7"),
                    Map.entry("idle_timeout", "8"),
                    Map.entry("timeout", "9"),
                    Map.entry("stream_timeout", "10"),
                    Map.entry("request_timeout", "11"),
                    Map.entry("num_retries", "4"),
                    Map.entry("max_fallbacks", "3"),
                    Map.entry("max_attempts", "9"),
                    Map.entry("max_continuations", "1"),
                    Map.entry("min_seam", "anchored"),
                    Map.entry("hold_tool_calls", "never"),
                    Map.entry("commit_after", "0"),
                    Map.entry("heartbeat_interval", "2"),
                    Map.entry("max_held", "4096"),
                    Map.entry("max_transcript", "100"),
                    Map.entry("non_streaming", "plain"),
                    Map.entry("disable_fallbacks", "true"),
                    Map.entry("seam_comments", "false"),
                    Map.entry("evade_content_policy", "true"));

    /** The keys that the design names, and two that the issue adds. */
    private static final List<String> DESIGNED =
            List.of(
                    "mid_stream",
                    "disable_mid_stream_continuation",
                    "continuation",
                    "continuation_prompt",
                    "connect_timeout",
                    "first_token_timeout",
                    "idle_timeout",
                    "timeout",
                    "request_timeout",
                    "max_continuations",
                    "min_seam",
                    "hold_tool_calls",
                    "commit_after",
                    "heartbeat_interval",
                    "max_attempts",
                    "max_fallbacks",
                    "max_held",
                    "max_transcript",
                    "non_streaming",
                    "disable_fallbacks",
                    "stream_timeout",
                    "num_retries",
                    "seam_comments",
                    "evade_content_policy");

    static Stream<Arguments> keysAndPlaces() {
        return SettingKeys.ALL.stream()
                .flatMap(
                        key -> key.places().stream().map(place -> Arguments.of(key.name(), place)));
    }

    @Test
    void theTableHasExactlyTheKeysOfTheDesign() {
        assertThat(SettingKeys.ALL)
                .extracting(SettingKey::name)
                .containsExactlyInAnyOrderElementsOf(DESIGNED);
    }

    /** It bounds one call there, and never a stream that makes progress. */
    @Test
    void liteLlmsOwnRequestTimeoutIsATimeout() {
        Settings read =
                Given.sections("litellm_settings: {request_timeout: 10}\n")
                        .read()
                        .router()
                        .settings();
        assertThat(read.requestTimeout()).isEqualTo(Settings.DEFAULTS.requestTimeout());
        assertThat(read)
                .isEqualTo(
                        Given.sections("router_settings: {timeout: 10}\n")
                                .read()
                                .router()
                                .settings());
        assertThat(
                        Given.sections("litellm_settings: {request_timeout: 10, timeout: 7}\n")
                                .read()
                                .router()
                                .settings())
                .isEqualTo(
                        Given.sections("router_settings: {timeout: 7}\n")
                                .read()
                                .router()
                                .settings());
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("keysAndPlaces")
    void countsThere(String name, Place place) throws IllegalSetting {
        SettingKey key = SettingKeys.find(name);
        SettingsDraft expected = new SettingsDraft();
        assertThat(key.value().reader().read(expected, SAMPLES.get(name))).isTrue();
        Settings wanted = expected.patch().over(Settings.DEFAULTS);
        assertThat(wanted)
                .as("a sample that differs from the default")
                .isNotEqualTo(Settings.DEFAULTS);
        assertThat(settings(key, place)).isEqualTo(wanted);
    }

    private static Settings settings(SettingKey key, Place place) throws IllegalSetting {
        String pair = key.name() + ": '" + SAMPLES.get(key.name()) + "'";
        return switch (place) {
            case ROUTER -> router(pair);
            case GROUP -> Given.info(pair).group().settings().over(Settings.DEFAULTS);
            case DEPLOYMENT ->
                    deployment(Given.params("model: openai/gpt-4o, api_key: k, " + pair));
            case HEADER ->
                    RequestSettings.from(
                                    Map.of(
                                                    "x-midstream-" + key.name().replace('_', '-'),
                                                    SAMPLES.get(key.name()))
                                            ::get,
                                    member -> null)
                            .over(Settings.DEFAULTS);
            case BODY ->
                    RequestSettings.from(
                                    header -> null,
                                    Map.of(key.name(), new Json(SAMPLES.get(key.name())))::get)
                            .over(Settings.DEFAULTS);
        };
    }

    private static Settings router(String pair) {
        Settings there =
                Given.sections("router_settings: {" + pair + "}\n").read().router().settings();
        if (pair.startsWith("request_timeout")) {
            return there;
        }
        Settings elsewhere =
                Given.sections("litellm_settings: {" + pair + "}\n").read().router().settings();
        assertThat(elsewhere).as("in either settings block").isEqualTo(there);
        return there;
    }

    /** A deployment has clocks and retries of its own; its deadline is its group's. */
    private static Settings deployment(Given given) {
        SettingsDraft draft = new SettingsDraft();
        draft.numRetries = given.deployment().numRetries();
        draft.requestTimeout = given.group().settings().requestTimeout();
        SettingsPatch rest = draft.patch();
        Settings merged = rest.over(Settings.DEFAULTS);
        return new SettingsPatch(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        merged.numRetries(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        merged.requestTimeout(),
                        given.deployment().clocks())
                .over(Settings.DEFAULTS);
    }

    @Test
    void theRequestCountsBeforeTheGroupBeforeTheRouter() throws IllegalSetting {
        Configuration read =
                Given.text(
                                Given.ONE_MODEL
                                        + "    model_info: {max_continuations: 5, min_seam: exact}\n"
                                        + "router_settings: {max_continuations: 4, min_seam: anchored, max_attempts: 7}\n")
                        .read();
        SettingsPatch request =
                RequestSettings.from(
                        Map.of("x-midstream-max-continuations", "6")::get, member -> null);
        Settings settings =
                request.requestedOver(
                        read.router().groups().get(0).settings().over(read.router().settings()));
        assertThat(settings.maxContinuations()).isEqualTo(6);
        assertThat(settings.minSeam()).isEqualTo(dev.midstream.model.SeamGrade.EXACT);
        assertThat(settings.maxAttempts()).isEqualTo(7);
    }
}
