package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.testkit.SseClient.End;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.assertion.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresHaveNamesInEveryProtocolTest {

    private static final String STORY = "Once upon a time there was a ferryman.";

    private final List<ScriptedProvider> providers = new ArrayList<>();

    @AfterEach
    void stop() {
        providers.forEach(ScriptedProvider::close);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsCutAfterSoManyTokens(Protocol protocol) {
        try (var client = streamed(protocol, Answer.saying(STORY).cutAfter(3))) {
            assertThat(client.awaitEnd()).isEqualTo(End.RESET);
            assertThat(client.text()).contains(" a\"").doesNotContain("time");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsClosedInsideItsFraming(Protocol protocol) {
        try (var client = streamed(protocol, Answer.saying(STORY).closedAfter(3))) {
            assertThat(client.awaitEnd()).isEqualTo(End.CUT);
            assertThat(client.text()).contains(" a\"").doesNotContain("time");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsTruncatedWithoutItsTerminalEvent(Protocol protocol) {
        try (var client = streamed(protocol, Answer.saying(STORY).truncatedAfter(3))) {
            assertThat(client.awaitEnd()).isEqualTo(End.CLEAN);
            assertThat(client.text()).contains(" a\"").doesNotContain("time", "[DONE]");
            assertThatThrownBy(() -> Streams.of(protocol, client.text()).isValid())
                    .isInstanceOf(GrammarViolation.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamStallsUntilTheClientLeaves(Protocol protocol) {
        try (var provider = provider(protocol, Answer.saying(STORY).stalledAfter(3))) {
            try (var client = ask(protocol, provider, true)) {
                client.awaitHead();
                while (!client.text().contains(" a\"")) {
                    client.next();
                }
                assertThat(provider.openExchanges()).isOne();
            }
            assertThat(provider.nextExchange().awaitEnd().clientLeft()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamEndsInTheProvidersOwnError(Protocol protocol) {
        Answer answer = Answer.saying(STORY).rejectedAfter(3, Rejection.OVERLOADED);
        try (var client = streamed(protocol, answer)) {
            assertThat(client.awaitHead().status()).isEqualTo(200);
            assertThat(client.awaitEnd()).isNotEqualTo(End.LEFT);
            assertThat(client.text())
                    .contains(Rejection.OVERLOADED.message())
                    .contains(protocol == Protocol.MESSAGES ? "overloaded_error" : "server_error")
                    .doesNotContain("time");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsGarbled(Protocol protocol) {
        try (var client = streamed(protocol, Answer.saying(STORY).garbledAfter(3))) {
            assertThat(client.awaitEnd()).isEqualTo(End.CLEAN);
            assertThatThrownBy(() -> Streams.of(protocol, client.text()).isValid())
                    .hasMessageContaining("JSON");
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorsBeforeAnAnswerHaveTheStatusOfTheProtocol(Protocol protocol) {
        for (boolean stream : List.of(true, false)) {
            try (var provider = provider(protocol, Answer.overloaded());
                    var client = ask(protocol, provider, stream)) {
                assertThat(client.awaitHead().status())
                        .isEqualTo(protocol == Protocol.MESSAGES ? 529 : 503);
                client.awaitEnd();
                assertThat(client.text()).contains(Rejection.OVERLOADED.type(protocol.dialect()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rateLimitsTellWhenToComeBack(Protocol protocol) {
        try (var client = streamed(protocol, Answer.rateLimited(Duration.ofSeconds(7)))) {
            assertThat(client.awaitHead().status()).isEqualTo(429);
            assertThat(client.awaitHead().headers().first("retry-after")).contains("7");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionIsResetBeforeTheHead(Protocol protocol) {
        for (boolean stream : List.of(true, false)) {
            try (var provider = provider(protocol, Answer.reset());
                    var client = ask(protocol, provider, stream)) {
                assertThat(client.awaitEnd()).isEqualTo(End.RESET);
                assertThat(client.text()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void plainAnswersMeetTheSameFaults(Protocol protocol) {
        try (var provider = provider(protocol, Answer.saying(STORY).cutAfter(3));
                var client = ask(protocol, provider, false)) {
            assertThat(client.awaitEnd()).isEqualTo(End.RESET);
        }
        Answer refused = Answer.saying(STORY).rejectedAfter(3, Rejection.SERVER_ERROR);
        try (var provider = provider(protocol, refused);
                var client = ask(protocol, provider, false)) {
            assertThat(client.awaitHead().status()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aModelBreaksOnceAndGoesOnWell(Protocol protocol) {
        ScriptedModel model =
                ScriptedModel.answering(STORY).cutAfter(3).rejectedAfter(0, Rejection.OVERLOADED);
        try (var provider = provider(protocol, model)) {
            try (var first = ask(protocol, provider, true)) {
                assertThat(first.awaitEnd()).isEqualTo(End.RESET);
            }
            try (var second = ask(protocol, provider, true)) {
                assertThat(second.awaitHead().status()).isGreaterThanOrEqualTo(500);
            }
            try (var third = ask(protocol, provider, true)) {
                third.awaitEnd();
                Streams.of(protocol, third.text()).isWhole().hasText(STORY);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSlowAnswerIsTheSameAnswer(Protocol protocol) {
        Answer slow = Answer.saying(STORY).slowedBy(Duration.ofMillis(1));
        try (var client = streamed(protocol, slow)) {
            client.awaitEnd();
            Streams.of(protocol, client.text()).isWhole().hasText(STORY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aToolCallIsCutInsideItsArguments(Protocol protocol) {
        Answer call =
                Answer.of(new ToolCall("call_1", "weather", "{\"city\":", "\"Oslo\"", "}"))
                        .then(new Step.Finish("tool_calls"), new Step.Done());
        try (var client = streamed(protocol, call.cutAfter(2))) {
            assertThat(client.awaitEnd()).isEqualTo(End.RESET);
            assertThat(client.text()).contains("weather", "city").doesNotContain("Oslo");
        }
    }

    private SseClient streamed(Protocol protocol, Answer answer) {
        return ask(protocol, provider(protocol, answer), true);
    }

    private ScriptedProvider provider(Protocol protocol, Responder responder) {
        var provider = ScriptedProvider.start("primary", protocol).answering(responder);
        providers.add(provider);
        return provider;
    }

    private static SseClient ask(Protocol protocol, ScriptedProvider provider, boolean stream) {
        return Asking.ask(protocol, provider, stream);
    }
}
