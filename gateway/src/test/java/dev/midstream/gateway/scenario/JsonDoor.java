package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.client.AnswerStream;
import dev.midstream.client.CallOptions;
import dev.midstream.client.JsonEvent;
import dev.midstream.client.JsonRouter;
import dev.midstream.client.Router;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.GrammarViolation.Violation;
import dev.midstream.testkit.MessagesStreamGrammar;
import dev.midstream.testkit.ResponsesStreamGrammar;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A request in the JSON of a protocol. */
record JsonDoor(Wire wire, Router asked, String body, CallOptions options)
        implements Door<JsonEvent, String> {

    private JsonRouter router() {
        return switch (wire) {
            case CHAT -> asked.chat();
            case MESSAGES -> asked.messages();
            case RESPONSES -> asked.responses();
        };
    }

    @Override
    public AnswerStream<JsonEvent> stream() {
        return router().stream(body, options);
    }

    @Override
    public Flow.Publisher<JsonEvent> publisher() {
        return router().streamAsync(body, options);
    }

    @Override
    public String complete() {
        return router().complete(body, options);
    }

    @Override
    public CompletableFuture<String> future() {
        return router().completeAsync(body, options);
    }

    // ------------------------------------------------------------------------------------ answers

    @Override
    public Seen streamed(List<JsonEvent> items) {
        return Talk.in(wire).stream(sse(items).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Seen whole(String answer) {
        return Talk.in(wire).document(answer);
    }

    /** What came is as valid as it can be without its end. */
    @Override
    public String begun(List<JsonEvent> items) {
        assertThat(violations(sse(items))).as("of the beginning").allMatch(v -> v.item() == 0);
        return items.stream()
                .filter(event -> !event.data().equals("[DONE]"))
                .map(event -> text(World.JSON.readTree(event.data())))
                .collect(Collectors.joining());
    }

    private List<Violation> violations(String stream) {
        return switch (wire) {
            case CHAT -> ChatStreamGrammar.violations(stream);
            case MESSAGES -> MessagesStreamGrammar.violations(stream);
            case RESPONSES -> ResponsesStreamGrammar.violations(stream);
        };
    }

    private String text(JsonNode event) {
        return switch (wire) {
            case CHAT ->
                    event.at("/choices/0/index").asInt(0) == 0
                            ? event.at("/choices/0/delta/content").asString("")
                            : "";
            case MESSAGES -> event.at("/delta/text").asString("");
            case RESPONSES ->
                    event.path("type").asString().equals("response.output_text.delta")
                            ? event.path("delta").asString()
                            : "";
        };
    }

    /** As a server would write them. */
    private static String sse(List<JsonEvent> items) {
        StringBuilder text = new StringBuilder();
        for (JsonEvent event : items) {
            if (!event.name().isEmpty()) {
                text.append("event: ").append(event.name()).append('\n');
            }
            text.append("data: ").append(event.data()).append("\n\n");
        }
        return text.toString();
    }
}
