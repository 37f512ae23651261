package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import dev.midstream.model.Request;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Step;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What could not be completed tells the first failure in the provider's own words. */
class ErrorsCanBeActedOnTest {

    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();

    private static final Answer OVERLOADED =
            Answer.error(529, "overloaded_error", "The model is overloaded");

    @ParameterizedTest
    @EnumSource
    void theFirstFailureIsToldAndNotTheLast(Face face) {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(OVERLOADED);
            bench.fallback.enqueue(Answer.error(400, "invalid_request_error", "No prefill here"));
            AnswerFailedException e = face.ask(bench.router, REQUEST).failed();
            assertThat(e.status()).isEqualTo(529);
            assertThat(e.type()).isEqualTo("overloaded_error");
            assertThat(e.getMessage()).isEqualTo("The model is overloaded");
            assertThat(e.retryable()).isTrue();
            assertThat(e.delivered()).isFalse();
            assertThat(e.text()).isEmpty();
            assertThat(e.request().messages()).isEqualTo(REQUEST.messages());
            assertThat(e.attempts())
                    .extracting(AttemptReport::group)
                    .containsExactly("chat", "backup");
            assertThat(e.attempts())
                    .extracting(attempt -> attempt.failure().cause())
                    .containsExactly("overloaded", "bad_request");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatOnlyTheRequestIsToBlameForIsNotWorthRepeating(Face face) {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(Answer.error(400, "invalid_request_error", "Bad temperature"));
            AnswerFailedException e = face.ask(bench.router, REQUEST).failed();
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.retryable()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "ASYNC"})
    void whatWasDeliveredIsTold(Face face) {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(broken());
            bench.fallback.enqueue(OVERLOADED);
            AnswerFailedException e = face.ask(bench.router, REQUEST).failed();
            assertThat(e.delivered()).isTrue();
            assertThat(e.text()).isEqualTo("Once upon a time there was");
            assertThat(e.blocks()).hasSize(1);
            assertThat(e.blocks().getFirst().complete()).isFalse();
            assertThat(e.failure()).isInstanceOf(Failure.Cut.class);
            assertThat(e.status()).isEqualTo(502);
            assertThat(e.retryable()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "ASYNC"})
    void whatTheTransportThrewIsTheCause(Face face) {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(broken());
            bench.fallback.refuseConnections();
            AnswerFailedException e = face.ask(bench.router, REQUEST).failed();
            List<AttemptReport> attempts = e.attempts();
            assertThat(attempts).hasSize(2);
            assertThat(attempts.get(0).thrown()).isInstanceOf(IOException.class);
            assertThat(e.getCause()).isSameAs(attempts.get(0).thrown());
            assertThat(attempts.get(1).thrown()).isInstanceOf(IOException.class);
            assertThat(e.getSuppressed()).containsExactly(attempts.get(1).thrown());
        }
    }

    @Test
    void theStackIsThatOfWhoeverAsked() {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(OVERLOADED);
            bench.fallback.enqueue(OVERLOADED);
            AnswerFailedException e = Face.WHOLE.ask(bench.router, REQUEST).failed();
            assertThat(e.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(getClass().getName()));
        }
    }

    private static Answer broken() {
        return Answer.text("Once upon ", "a time ", "there was", " a ferryman")
                .brokenAfterEvents(4, new Step.Cut());
    }
}
