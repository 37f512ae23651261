package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Delivery.Framing;
import dev.midstream.testkit.Delivery.Joined;
import dev.midstream.testkit.Delivery.LineEnd;
import dev.midstream.testkit.Delivery.PerEvent;
import dev.midstream.testkit.Delivery.SplitAt;
import dev.midstream.testkit.Delivery.Trickle;
import dev.midstream.testkit.Delivery.Writes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryChangesNothingThatIsReadTest {

    private static final List<Writes> WRITES =
            List.of(
                    new PerEvent(),
                    new Joined(),
                    new Trickle(1, Duration.ZERO),
                    new Trickle(7, Duration.ZERO),
                    new SplitAt(List.of(1, 2, 3, 50, 51, 200)));

    @Test
    void everyFramingLineEndAndSplitReadsTheSame() {
        try (var provider = ScriptedProvider.start(Dialect.chat())) {
            for (Framing framing : Framing.values()) {
                for (LineEnd lineEnd : LineEnd.values()) {
                    for (Writes writes : WRITES) {
                        Delivery delivery = new Delivery(framing, lineEnd, true, writes);
                        assertThat(texts(provider, delivery))
                                .as(delivery.toString())
                                .containsExactly("na\u00efve", " \ud83d\udc69\u200d\ud83d\ude80");
                    }
                }
            }
        }
    }

    @Test
    void splitsTheBodyIntoAChunkForEachPiece() {
        try (var provider = ScriptedProvider.start(Dialect.chat())) {
            provider.enqueue(Answer.text("abc").written(new SplitAt(List.of(3, 5))));
            Gate none = new Gate();
            none.open();
            String body = ChatRequests.textOf(provider, ChatRequests.STREAM);
            assertThat(body).startsWith("data: {");
            assertThat(provider.nextExchange().awaitEnd().bytes()).isEqualTo(body.length());
        }
    }

    /** The deltas of the text, of an answer that travels in this way. */
    private static List<String> texts(ScriptedProvider provider, Delivery delivery) {
        provider.enqueue(
                Answer.text("na\u00efve", " \ud83d\udc69\u200d\ud83d\ude80").delivered(delivery));
        try (var client = ChatRequests.ask(provider, ChatRequests.STREAM)) {
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            List<SseItem> items = new ArrayList<>(client.items());
            assertThat(items.removeLast()).isEqualTo(new SseItem.Event(null, "[DONE]"));
            return IntStream.of(1, 2).mapToObj(items::get).map(item -> content(item)).toList();
        }
    }

    private static String content(SseItem item) {
        String data = ((SseItem.Event) item).data();
        return Json.read(data).path("choices").path(0).path("delta").path("content").asString();
    }
}
