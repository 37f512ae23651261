package dev.midstream.client;

import dev.midstream.kept.IdKey;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.protocol.embeddings.EmbeddingsProtocol;
import dev.midstream.protocol.messages.MessagesProtocol;
import dev.midstream.protocol.responses.MemoryKeptResponses;
import dev.midstream.protocol.responses.ResponseIds;
import dev.midstream.protocol.responses.ResponsesProtocol;
import dev.midstream.routing.RouterConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The protocols that the library speaks. Immutable. */
final class Protocols {

    private static final int MOST_KEPT = 1_000;
    private static final long MOST_KEPT_BYTES = 64L << 20;
    private static final Duration KEPT_FOR = Duration.ofHours(24);

    final ChatProtocol chat = new ChatProtocol();
    final MessagesProtocol messages = new MessagesProtocol();
    final ResponsesProtocol responses;
    final EmbeddingsProtocol embeddings = new EmbeddingsProtocol();

    Protocols(RouterConfig config) {
        responses =
                new ResponsesProtocol(
                        new ResponseIds(IdKey.of(null, config)),
                        new MemoryKeptResponses(
                                MOST_KEPT, MOST_KEPT_BYTES, KEPT_FOR, System::nanoTime));
    }

    /** What is spoken to providers, by name. */
    Map<String, UpstreamProtocol> upstream() {
        return List.<UpstreamProtocol>of(chat, messages, responses, embeddings).stream()
                .collect(Collectors.toMap(UpstreamProtocol::name, Function.identity()));
    }
}
