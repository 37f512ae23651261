package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.MessagesStreamGrammar;
import dev.midstream.testkit.ResponsesStreamGrammar;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In each protocol's own words, over a break, streamed and whole, blocking and not. */
class JsonGoesInAndOutTest {

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing with a horse:"
                    + " do not change horses in midstream. He had seen it tried, and it had ended in the water.";

    enum Wire {
        CHAT,
        MESSAGES,
        RESPONSES;

        JsonRouter of(Router router) {
            return switch (this) {
                case CHAT -> router.chat();
                case MESSAGES -> router.messages();
                case RESPONSES -> router.responses();
            };
        }

        String body() {
            return switch (this) {
                case CHAT ->
                        "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"A story\"}]}";
                case MESSAGES ->
                        "{\"model\":\"chat\",\"max_tokens\":500,\"messages\":[{\"role\":\"user\",\"content\":\"A story\"}]}";
                case RESPONSES -> "{\"model\":\"chat\",\"input\":\"A story\"}";
            };
        }

        /** The text of a stream that is valid. */
        String text(byte[] sse) {
            return switch (this) {
                case CHAT -> ChatStreamGrammar.check(sse).text();
                case MESSAGES -> MessagesStreamGrammar.check(sse).text();
                case RESPONSES -> ResponsesStreamGrammar.check(sse).text();
            };
        }
    }

    private static Bench broken() {
        Bench bench = new Bench(Dialect.chat(), "openai/one", Dialect.messages(), "anthropic/two");
        bench.primary.answering(ScriptedModel.answering(STORY).breaking(1, 12, new Step.Cut()));
        bench.fallback.answering(
                ScriptedModel.answering(STORY).onPrefill(new Behaviour.RefusesPrefill()));
        return bench;
    }

    @ParameterizedTest
    @EnumSource
    void asAStream(Wire wire) {
        try (Bench bench = broken()) {
            List<JsonEvent> events = new ArrayList<>();
            try (JsonStream stream = wire.of(bench.router).stream(wire.body())) {
                stream.forEach(events::add);
                assertThat(stream.answer().text()).isEqualTo(STORY);
            }
            assertThat(wire.text(sse(events))).isEqualTo(STORY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asAStreamForASubscriber(Wire wire) {
        try (Bench bench = broken()) {
            Face.OneByOne<JsonEvent> taken = new Face.OneByOne<>();
            wire.of(bench.router).streamAsync(wire.body()).subscribe(taken);
            assertThat(taken.await()).isNull();
            assertThat(wire.text(sse(taken.items))).isEqualTo(STORY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asAWhole(Wire wire) {
        try (Bench bench = broken()) {
            JsonRouter router = wire.of(bench.router);
            String streamed = wire.body().replaceFirst("\\{", "{\"stream\":true,");
            Stream.of(router.complete(wire.body()), router.completeAsync(streamed).join())
                    .forEach(
                            answer ->
                                    assertThat(answer)
                                            .startsWith("{")
                                            .contains("ferryman")
                                            .contains("ended in the water"));
        }
    }

    private static byte[] sse(List<JsonEvent> events) {
        StringBuilder text = new StringBuilder();
        for (JsonEvent event : events) {
            if (!event.name().isEmpty()) {
                text.append("event: ").append(event.name()).append('\n');
            }
            text.append("data: ").append(event.data()).append("\n\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
