package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.FinishReason;
import dev.midstream.model.Method;
import dev.midstream.model.Request;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.Step;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswersSurviveABreakTest {

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing with a horse:"
                    + " do not change horses in midstream. He had seen it tried, and it had ended in the water.";

    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();

    @Test
    void aHealthyAnswerComesAsItIs() {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(Answer.text("Once ", "upon ", "a time"));
            try (EventStream stream = bench.router.stream(REQUEST)) {
                assertThat(String.join("|", stream.texts())).isEqualTo("Once |upon |a time");
                assertThat(stream.answer().report().recovered()).isFalse();
            }
        }
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Face.values())
                .flatMap(
                        face ->
                                Stream.of(
                                        Arguments.of(face, "openai", "openai"),
                                        Arguments.of(face, "openai", "anthropic"),
                                        Arguments.of(face, "anthropic", "openai/responses"),
                                        Arguments.of(face, "openai/responses", "openai")));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aBrokenAnswerGoesOnElsewhere(Face face, String first, String second) {
        try (Bench bench =
                new Bench(dialect(first), first + "/one", dialect(second), second + "/two")) {
            bench.primary.answering(ScriptedModel.answering(STORY).breaking(1, 12, new Step.Cut()));
            bench.fallback.answering(
                    ScriptedModel.answering(STORY).onPrefill(new Behaviour.RefusesPrefill()));
            dev.midstream.client.Answer answer = face.ask(bench.router, REQUEST).whole();
            assertThat(answer.text()).isEqualTo(STORY);
            assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(answer.usage().told()).isTrue();
            if (face != Face.ASYNC) {
                assertThat(answer.report().attempts()).hasSizeGreaterThanOrEqualTo(2);
                assertThat(answer.report().attempts().getLast().method())
                        .isEqualTo(Method.USER_TURN);
            }
        }
    }

    static Dialect dialect(String provider) {
        return switch (provider) {
            case "anthropic" -> Dialect.messages();
            case "openai/responses" -> Dialect.responses();
            default -> Dialect.chat();
        };
    }
}
