package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midstream.model.Request;
import dev.midstream.testkit.Answer;
import org.junit.jupiter.api.Test;

/** Whoever iterates an answer a second time is told, in place of an answer that says nothing. */
class AnswersComeOnceTest {

    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();

    @Test
    void asEventsAndAsTexts() {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(Answer.text("Once", " upon"));
            try (EventStream stream = bench.router.stream(REQUEST)) {
                Iterable<String> texts = stream.texts();
                assertThat(texts).containsExactly("Once", " upon");
                assertThatThrownBy(texts::iterator).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(stream::texts).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(stream::iterator).isInstanceOf(IllegalStateException.class);
            }
        }
    }
}
