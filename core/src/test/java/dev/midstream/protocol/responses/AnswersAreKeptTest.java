package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midstream.model.FinishReason;
import dev.midstream.model.Held;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.Usage;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Ids tell where an answer is kept, and what no provider keeps can be gone on from all the same.
 */
class AnswersAreKeptTest {

    private static final Held HELD = new Held("azure/one", "resp_68af\u00e9");

    private static StreamEvent[] saying(String text, Opened opened) {
        return new StreamEvent[] {
            opened,
            BlockStarted.text(0, 0),
            new Delta(0, text),
            new BlockEnded(0),
            new ChoiceEnded(0, FinishReason.STOP, null)
        };
    }

    private static ClientStream answered(String further, Opened opened) {
        return ClientStream.of(further).tell(saying("Blue", opened)).finish(Usage.of(1, 2));
    }

    private static Request next(ClientStream first, String id) throws InvalidRequest {
        return first.protocol.parse(
                ("{\"model\":\"m\",\"input\":\"Why?\",\"previous_response_id\":\"" + id + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anIdIsReadByWhoeverHasTheKeyAndByNobodyElse() {
        ResponseIds ids = ClientStream.IDS;
        String id = ids.of(HELD);
        assertThat(id).startsWith("resp_").doesNotContain("azure").matches("[A-Za-z0-9_-]+");
        assertThat(ids.read(id)).isEqualTo(HELD);
        assertThat(new ResponseIds(new byte[32]).read(id)).isNull();
        assertThat(ids.of(new Held("azure/one", "other"))).isNotEqualTo(id);
    }

    @Test
    void whatWasAlteredAnywhereIsNoId() {
        String id = ClientStream.IDS.of(HELD);
        for (int i = 0; i < id.length() - 1; i++) {
            char other = id.charAt(i) == 'A' ? 'B' : 'A';
            String altered = id.substring(0, i) + other + id.substring(i + 1);
            assertThat(ClientStream.IDS.read(altered)).as(altered).isNull();
            assertThat(ClientStream.IDS.read(id.substring(0, i))).isNull();
        }
    }

    @Test
    void theNextTurnHoldsTheWholeConversation() throws InvalidRequest {
        ClientStream first = answered(",\"instructions\":\"Be\"", new Opened("x", "claude", 7));
        String id = first.last().path("id").asString();
        Request second = next(first, id);
        assertThat(second.messages())
                .containsExactly(
                        Message.of(Role.USER, "hi"),
                        Message.of(Role.ASSISTANT, "Blue"),
                        Message.of(Role.USER, "Why?"));
        assertThat(second.previous()).isNull();
        String body = new String(second.body(), StandardCharsets.UTF_8);
        assertThat(body).doesNotContain("\"previous_response_id\"");
        JsonNode shown =
                ClientStream.MAPPER.readTree(
                        plain(first.protocol, second, new Opened("y", "claude", 8)));
        assertThat(shown.path("previous_response_id").asString()).isEqualTo(id);
        assertThat(next(first, shown.path("id").asString()).messages())
                .as("a chain of three")
                .hasSize(5);
    }

    private static byte[] plain(ResponsesProtocol protocol, Request request, Opened opened) {
        var out = new dev.midstream.json.Bytes(256);
        var encoder = protocol.encoder(request, () -> "second", 1);
        for (StreamEvent event : saying("So", opened)) {
            encoder.event(event, out::write);
        }
        encoder.finish(Usage.of(1, 2), out::write);
        return out.toByteArray();
    }

    @Test
    void anAnswerOfAProviderThatKeepsItGoesOnThere() throws InvalidRequest {
        ClientStream stream = ClientStream.of("");
        Request next = next(stream, ClientStream.IDS.of(HELD));
        assertThat(next.previous()).isEqualTo(HELD);
        Request expanded =
                ResponsesProtocol.withHistory(
                        next,
                        "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]");
        assertThat(expanded.previous()).isNull();
        assertThat(expanded.messages())
                .containsExactly(
                        Message.of(Role.USER, "a"),
                        Message.of(Role.ASSISTANT, "b"),
                        Message.of(Role.USER, "Why?"));
    }

    @Test
    void nothingIsKeptThatTheClientForbids() throws InvalidRequest {
        ClientStream stream = answered(",\"store\":false", new Opened("x", "claude", 7));
        String id = stream.last().path("id").asString();
        assertThat(stream.kept.find(id)).isNull();
        InvalidRequest refused = catchThrowableOfType(InvalidRequest.class, () -> next(stream, id));
        assertThat(refused.code()).isEqualTo("previous_response_not_found");
    }

    @Test
    void anItemOfAKeptAnswerCanBeReferredTo() throws InvalidRequest {
        ClientStream stream = answered("", new Opened("x", "claude", 7));
        String item = stream.last().path("output").path(0).path("id").asString();
        assertThat(
                        stream.protocol
                                .parse(
                                        ("{\"model\":\"m\",\"input\":[{\"type\":\"item_reference\",\"id\":\""
                                                        + item
                                                        + "\"},{\"role\":\"user\",\"content\":\"x\"}]}")
                                                .getBytes(StandardCharsets.UTF_8))
                                .messages())
                .containsExactly(Message.of(Role.ASSISTANT, "Blue"), Message.of(Role.USER, "x"));
    }

    private static KeptResponse response(String id, int characters) {
        return new KeptResponse(
                id,
                new Json("{\"id\":\"" + "x".repeat(characters) + "\"}"),
                List.of(),
                List.of(new Json("{\"id\":\"item-" + id + "\"}")),
                null);
    }

    @Test
    void whatIsOldLargeOrManyIsForgotten() {
        AtomicLong now = new AtomicLong();
        KeptResponses kept = new MemoryKeptResponses(2, 3_000, Duration.ofNanos(10), now::get);
        kept.put(response("a", 1));
        kept.put(response("b", 1));
        assertThat(kept.find("a")).isNotNull();
        kept.put(response("c", 1));
        assertThat(kept.find("b")).as("not asked for the longest time").isNull();
        assertThat(kept.item("item-b")).isNull();
        assertThat(kept.item("item-a")).isNotNull();
        kept.put(response("d", 1_200));
        assertThat(kept.find("c")).as("no room for it").isNull();
        assertThat(kept.find("d")).isNotNull();
        kept.put(response("e", 100_000));
        assertThat(kept.find("e")).as("larger than all room").isNull();
        now.set(10);
        assertThat(kept.find("d")).as("too old").isNull();
        assertThat(kept.delete("d")).isFalse();
    }

    @Test
    void inputItemsComeInPages() {
        KeptResponse kept =
                new KeptResponse(
                        "resp_1",
                        new Json("{}"),
                        List.of(
                                new Json("{\"role\":\"user\",\"content\":\"a\"}"),
                                new Json("{\"type\":\"function_call\",\"id\":\"fc_1\"}"),
                                new Json(
                                        "{\"type\":\"message\",\"role\":\"user\",\"content\":\"c\"}")),
                        List.of(),
                        null);
        JsonNode first = ClientStream.MAPPER.readTree(kept.inputItems(2, true, null));
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(first.path("data").path(0).path("id").asString()).startsWith("msg_");
        assertThat(first.path("last_id").asString()).isEqualTo("fc_1");
        JsonNode second = ClientStream.MAPPER.readTree(kept.inputItems(2, true, "fc_1"));
        assertThat(second.path("data").size()).isEqualTo(1);
        assertThat(second.path("has_more").asBoolean()).isFalse();
        JsonNode newest = ClientStream.MAPPER.readTree(kept.inputItems(1, false, null));
        assertThat(newest.path("data").path(0).path("content").asString()).isEqualTo("c");
    }
}
