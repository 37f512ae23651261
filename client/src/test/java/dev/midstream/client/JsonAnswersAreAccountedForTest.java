package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Usage;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listeners and streams tell of an answer does not depend on the words that it is told in. */
class JsonAnswersAreAccountedForTest {

    private static final String BODY =
            "{\"model\":\"chat\",\"max_tokens\":500,\"messages\":[{\"role\":\"user\",\"content\":\"A story\"}]}";

    @ParameterizedTest
    @ValueSource(strings = {"chat", "messages"})
    void usageIsToldWithTheAnswer(String protocol) {
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(Answer.text("Once", " upon"));
            JsonRouter json =
                    protocol.equals("chat") ? bench.router.chat() : bench.router.messages();
            AtomicReference<dev.midstream.client.Answer> told = new AtomicReference<>();
            RouterListener listener =
                    new RouterListener() {
                        @Override
                        public void ended(
                                CallInfo call,
                                dev.midstream.client.Answer delivered,
                                @Nullable MidstreamException failure) {
                            told.set(delivered);
                        }
                    };
            json.complete(BODY, CallOptions.NONE.listener(listener));
            assertThat(told.get().usage())
                    .isEqualTo(told.get().report().usage())
                    .isNotEqualTo(Usage.NONE);
        }
    }

    /**
     * The event that completes a response repeats all of it, beyond what one event may usually be.
     */
    @Test
    void anAnswerMayBeLongerThanAnEventOfAnUpstream() {
        String piece = "é".repeat(10_000);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            steps.add(new Step.Text(0, piece));
        }
        try (Bench bench = Bench.chat()) {
            bench.primary.enqueue(
                    Answer.of(steps).then(new Step.Finish(0, "stop", null), new Step.Done()));
            try (JsonStream stream =
                    bench.router.responses().stream(
                            "{\"model\":\"chat\",\"input\":\"A long story\"}")) {
                JsonEvent last = new JsonEvent("", "");
                for (JsonEvent event : stream) {
                    last = event;
                }
                assertThat(last.name()).isEqualTo("response.completed");
                assertThat(stream.answer().text()).hasSize(12_000_000);
            }
        }
    }
}
