package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Json;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.SettingsPatch;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Headers and members of a body are settings of one request. */
class RequestsBringSettingsAlongTest {

    private static SettingsPatch headers(String... namesAndValues) throws IllegalSetting {
        Map<String, String> headers = new java.util.HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return RequestSettings.from(headers::get, member -> null);
    }

    private static SettingsPatch body(Map<String, Json> members) throws IllegalSetting {
        return RequestSettings.from(header -> null, members::get);
    }

    @Test
    void nothingIsSetByNothing() throws IllegalSetting {
        assertThat(headers()).isEqualTo(SettingsPatch.EMPTY);
        assertThat(body(Map.of())).isEqualTo(SettingsPatch.EMPTY);
    }

    @Test
    void liteLlmsHeadersCount() throws IllegalSetting {
        SettingsPatch patch =
                headers(
                        "x-litellm-timeout",
                        "3",
                        "x-litellm-stream-timeout",
                        "0.5",
                        "x-litellm-num-retries",
                        "0");
        assertThat(patch.clocks().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(patch.clocks().streamTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(patch.numRetries()).isZero();
    }

    @Test
    void oursCountBeforeLiteLlms() throws IllegalSetting {
        assertThat(
                        headers("x-litellm-num-retries", "1", "x-midstream-num-retries", "4")
                                .numRetries())
                .isEqualTo(4);
    }

    @Test
    void headersCountBeforeTheBody() throws IllegalSetting {
        SettingsPatch patch =
                RequestSettings.from(
                        Map.of("x-litellm-timeout", "3")::get,
                        Map.of("timeout", new Json("4"), "num_retries", new Json("1"))::get);
        assertThat(patch.clocks().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(patch.numRetries()).isEqualTo(1);
    }

    @Test
    void bodiesSayItInJson() throws IllegalSetting {
        SettingsPatch patch =
                body(
                        Map.of(
                                "mid_stream", new Json("\"restart\""),
                                "disable_fallbacks", new Json("true"),
                                "stream_timeout", new Json(" 1.5 "),
                                "timeout", new Json("null")));
        assertThat(patch.midStream()).isEqualTo(MidStream.RESTART);
        assertThat(patch.disableFallbacks()).isTrue();
        assertThat(patch.clocks().streamTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(patch.clocks().timeout()).isNull();
    }

    @Test
    void aHeaderThatIsWrongIsNamedWithWhatWasExpected() {
        assertThatThrownBy(() -> headers("x-midstream-idle-timeout", "soon"))
                .isInstanceOf(IllegalSetting.class)
                .hasMessage(
                        "`x-midstream-idle-timeout`: `soon` is not a number of seconds above 0, 30 days at most");
        assertThatThrownBy(() -> headers("x-litellm-num-retries", "1.5"))
                .hasMessage("`x-litellm-num-retries`: `1.5` is not a whole number from 0 to 100");
    }

    @Test
    void aMemberThatIsWrongIsNamed() {
        assertThatThrownBy(() -> body(Map.of("num_retries", new Json("[1]"))))
                .hasMessage("`num_retries`: `[1]` is not a whole number from 0 to 100");
    }

    @Test
    void whatIsShownOfAValueIsShortAndOnOneLine() {
        assertThatThrownBy(() -> headers("x-midstream-mid-stream", "a\r\nb" + "c".repeat(10_000)))
                .satisfies(
                        e ->
                                assertThat(e.getMessage())
                                        .hasSizeLessThan(200)
                                        .doesNotContain("\r", "\n"));
    }

    @Test
    void hugeNumbersAreRefusedWithoutBeingWorkedOut() {
        for (String huge :
                new String[] {
                    "1e99", "9".repeat(5000), "-1e9", "NaN", "Infinity", "0x10", "1e999999999"
                }) {
            assertThatThrownBy(() -> headers("x-midstream-idle-timeout", huge))
                    .isInstanceOf(IllegalSetting.class);
            assertThatThrownBy(() -> headers("x-midstream-max-held", huge))
                    .isInstanceOf(IllegalSetting.class);
        }
    }

    @Test
    void theOldNameOfTheSwitchRestartsAndTheNewOneCountsBeforeIt() throws IllegalSetting {
        String old = "x-midstream-disable-mid-stream-continuation";
        assertThat(headers(old, "true").midStream()).isEqualTo(MidStream.RESTART);
        assertThat(headers(old, "false").midStream()).isEqualTo(MidStream.CONTINUE);
        assertThat(headers(old, "true", "x-midstream-mid-stream", "error").midStream())
                .isEqualTo(MidStream.ERROR);
    }

    @Test
    void anEmptyPromptRulesTheUserTurnOutAndOneWithoutTheTailIsWrong() throws IllegalSetting {
        assertThat(headers("x-midstream-continuation-prompt", "").continuationPrompt()).isEmpty();
        assertThatThrownBy(() -> headers("x-midstream-continuation-prompt", "go on"))
                .hasMessageContaining("is not a text with `{tail}` in it, or an empty one");
    }

    @Test
    void noPrefillIsNamedByARequestThatNamesTheUserTurn() throws IllegalSetting {
        assertThat(headers("x-midstream-continuation", "user_turn").continuation())
                .isEqualTo(dev.midstream.model.Method.USER_TURN);
        assertThatThrownBy(() -> headers("x-midstream-continuation", "original"))
                .isInstanceOf(IllegalSetting.class);
    }

    @Test
    void noMemberThatIsASettingLeavesTowardAProvider() {
        assertThat(SettingKeys.at(SettingKey.Place.BODY).map(SettingKey::name))
                .contains("mid_stream", "timeout", "num_retries")
                .allMatch(dev.midstream.model.RouterMembers::own);
    }
}
