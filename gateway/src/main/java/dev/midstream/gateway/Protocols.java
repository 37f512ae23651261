package dev.midstream.gateway;

import dev.midstream.gateway.beside.KeptAnswers;
import dev.midstream.gateway.beside.TokenCounting;
import dev.midstream.gateway.edge.Routes;
import dev.midstream.gateway.edge.SideService;
import dev.midstream.gateway.models.GroupInfo;
import dev.midstream.gateway.models.Health;
import dev.midstream.gateway.models.ModelInfo;
import dev.midstream.gateway.models.Models;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.protocol.embeddings.EmbeddingsProtocol;
import dev.midstream.protocol.messages.MessagesProtocol;
import dev.midstream.protocol.responses.KeptResponses;
import dev.midstream.protocol.responses.MemoryKeptResponses;
import dev.midstream.protocol.responses.ResponseIds;
import dev.midstream.protocol.responses.ResponsesProtocol;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The protocols that the gateway speaks, and where: another one is a line or two here. */
final class Protocols {

    private static final int MOST_KEPT = 10_000;
    private static final long MOST_KEPT_BYTES = 64L << 20;
    private static final Duration KEPT_FOR = Duration.ofHours(24);

    private final ChatProtocol chat = new ChatProtocol();
    private final MessagesProtocol messages = new MessagesProtocol();
    private final EmbeddingsProtocol embeddings = new EmbeddingsProtocol();
    private final ResponsesProtocol responses;
    private final KeptAnswers answers;

    /**
     * @param idKey makes the ids of answers unguessable; replicas that have the same read each
     *     other's
     */
    Protocols(byte[] idKey) {
        ResponseIds ids = new ResponseIds(idKey);
        KeptResponses kept =
                new MemoryKeptResponses(MOST_KEPT, MOST_KEPT_BYTES, KEPT_FOR, System::nanoTime);
        responses = new ResponsesProtocol(ids, kept);
        answers = new KeptAnswers(responses, ids, kept);
    }

    Routes routes() {
        Map<String, ClientProtocol> asked = new HashMap<>();
        asked.put("/v1/chat/completions", chat);
        asked.put("/chat/completions", chat);
        asked.put("/openai/deployments/{}/chat/completions", chat);
        asked.put("/engines/{}/chat/completions", chat);
        asked.put("/v1/messages", messages);
        asked.put("/messages", messages);
        asked.put("/anthropic/v1/messages", messages);
        asked.put("/v1/responses", responses);
        asked.put("/responses", responses);
        asked.put("/v1/embeddings", embeddings);
        asked.put("/embeddings", embeddings);
        asked.put("/openai/deployments/{}/embeddings", embeddings);
        asked.put("/engines/{}/embeddings", embeddings);
        Map<String, SideService> beside = new HashMap<>(answers.routes());
        beside.putAll(new TokenCounting(messages).routes());
        beside.putAll(new Models(chat, messages).routes());
        beside.putAll(new ModelInfo(chat).routes());
        beside.putAll(new GroupInfo(chat).routes());
        beside.putAll(new Health(chat).routes());
        return Routes.of(asked, beside);
    }

    /** What is spoken to providers, by name. */
    Map<String, UpstreamProtocol> upstream() {
        return List.<UpstreamProtocol>of(chat, messages, responses, embeddings).stream()
                .collect(Collectors.toMap(UpstreamProtocol::name, Function.identity()));
    }

    /** Whose form of an error a client gets that asked nothing in particular. */
    ClientProtocol plain() {
        return chat;
    }
}
