package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.client.spi.Provider;
import dev.midstream.model.BlockKind;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a plugged-in provider says wrong is its deployment's failure, and the next one is asked. */
class ProvidersThatTalkNonsenseFailTest {

    private static final Request REQUEST = Request.to("chat").user("Tell me a story").build();

    private static final String YAML =
            """
            model_list:
              - {model_name: chat, litellm_params: {model: odd/one}}
              - {model_name: backup, litellm_params: {model: sane/two}}
            router_settings: {fallbacks: [{chat: [backup]}], num_retries: 0}
            """;

    private static final Provider SANE =
            (draft, target, answer) -> {
                answer.event(StreamEvent.BlockStarted.text(0, 0));
                answer.event(new StreamEvent.Delta(0, "Once upon a time"));
                answer.event(new StreamEvent.BlockEnded(0));
                answer.event(new StreamEvent.ChoiceEnded(0, FinishReason.STOP, null));
                answer.complete();
                return () -> {};
            };

    private static Router router(Provider odd) {
        return Router.builder().yaml(YAML).provider("odd", odd).provider("sane", SANE).build();
    }

    private static List<StreamEvent> of(StreamEvent... events) {
        return Arrays.asList(events);
    }

    static Stream<List<StreamEvent>> nonsense() {
        StreamEvent.BlockStarted text = StreamEvent.BlockStarted.text(0, 0);
        return Stream.of(
                of((StreamEvent) null),
                of(new StreamEvent.Delta(0, "of no block")),
                of(new StreamEvent.Delta(-1, "of no block")),
                of(text, new StreamEvent.Delta(0, "")),
                of(text, new StreamEvent.Delta(0, null)),
                of(text, new StreamEvent.BlockEnded(0), new StreamEvent.Delta(0, "too late")),
                of(StreamEvent.BlockStarted.text(1, 0)),
                of(text, StreamEvent.BlockStarted.text(0, 0)),
                of(StreamEvent.BlockStarted.text(0, 1)),
                of(StreamEvent.BlockStarted.text(0, -1)),
                of(new StreamEvent.BlockStarted(0, 0, BlockKind.TOOL_CALL, null, null)),
                of(new StreamEvent.BlockStarted(0, 0, null, null, null)),
                of(new StreamEvent.BlockEnded(0)),
                of(text, new StreamEvent.BlockEnded(0, true)),
                of(text, new StreamEvent.ChoiceEnded(0, FinishReason.STOP, null)),
                of(new StreamEvent.ChoiceEnded(3, FinishReason.STOP, null)),
                of(new StreamEvent.ChoiceEnded(0, null, null)),
                of(text, new StreamEvent.Opened("id", "model", 0)),
                of(new StreamEvent.Opened(null, null, 0)),
                of(text, new StreamEvent.Restarted(0)),
                of(new StreamEvent.UsageReported(null)),
                of(new StreamEvent.Failed(null)));
    }

    @ParameterizedTest
    @MethodSource
    void nonsense(List<StreamEvent> events) {
        Provider odd =
                (draft, target, answer) -> {
                    events.forEach(answer::event);
                    return () -> {};
                };
        try (Router router = router(odd)) {
            Answer answer = router.complete(REQUEST);
            assertThat(answer.text()).isEqualTo("Once upon a time");
            assertThat(answer.report().attempts()).hasSize(2);
            assertThat(answer.report().attempts().getFirst().failure())
                    .isInstanceOf(Failure.Garbled.class);
        }
    }

    @Test
    void whatComesBehindTheEndIsNotHeard() {
        Provider talkative =
                (draft, target, answer) -> {
                    SANE.answer(draft, target, answer);
                    answer.event(new StreamEvent.Delta(0, " and more"));
                    answer.event(null);
                    answer.complete();
                    answer.failed(new IllegalStateException("too late"));
                    return () -> {};
                };
        try (Router router = router(talkative)) {
            Answer answer = router.complete(REQUEST);
            assertThat(answer.text()).isEqualTo("Once upon a time");
            assertThat(answer.report().attempts()).hasSize(1);
        }
    }

    @Test
    void oneThatThrowsIsAFailureAndFoundAgain() {
        Error thrown = new StackOverflowError("thrown on purpose");
        try (Router router =
                router(
                        (draft, target, answer) -> {
                            throw thrown;
                        })) {
            Answer answer = router.complete(REQUEST);
            assertThat(answer.text()).isEqualTo("Once upon a time");
            assertThat(answer.report().attempts().getFirst().thrown()).isSameAs(thrown);
        }
    }
}
