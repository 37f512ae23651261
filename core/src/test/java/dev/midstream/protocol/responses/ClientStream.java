package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.json.Bytes;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client's stream, written by the encoder and judged as the SDKs' helpers do: numbers strictly
 * +1, one opening, contiguous items and parts, ids that stay, closing texts that are the sum of
 * their pieces, a last response whose output is the items as they were closed.
 *
 * <p><b>Source</b>: openai-node 7.55.0 and openai-python 3.22.1, their accumulators (read 2026-11).
 */
final class ClientStream {

    static final JsonMapper MAPPER = new JsonMapper();
    static final ResponseIds IDS =
            new ResponseIds("a key of sixteen or more".getBytes(StandardCharsets.UTF_8));

    final KeptResponses kept = new MemoryKeptResponses(10, 1 << 20, Duration.ofHours(1), () -> 0);
    final ResponsesProtocol protocol = new ResponsesProtocol(IDS, kept);
    final Bytes out = new Bytes(4096);
    final AnswerEncoder encoder;
    private final AtomicInteger mints = new AtomicInteger();

    private ClientStream(String body) throws InvalidRequest {
        encoder =
                protocol.encoder(
                        protocol.parse(body.getBytes(StandardCharsets.UTF_8)),
                        () -> "minted" + mints.getAndIncrement(),
                        1_700_000_000);
    }

    static ClientStream of(String further) {
        return whole("{\"model\":\"asked\",\"stream\":true,\"input\":\"hi\"" + further + "}");
    }

    static ClientStream whole(String body) {
        try {
            return new ClientStream(body);
        } catch (InvalidRequest e) {
            throw new AssertionError(e);
        }
    }

    ClientStream tell(StreamEvent... events) {
        for (StreamEvent event : events) {
            encoder.event(event, out::write);
        }
        return this;
    }

    ClientStream show(List<Frame> frames) {
        frames.forEach(frame -> encoder.frame(frame, out::write));
        return this;
    }

    ClientStream finish(Usage usage) {
        encoder.finish(usage, out::write);
        return this;
    }

    /** The events written so far, in order. */
    List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        for (String event : out.toString().split("\n\n", -1)) {
            if (event.isEmpty() || event.startsWith(":")) {
                continue;
            }
            String[] lines = event.split("\n", -1);
            assertThat(lines).hasSize(2);
            JsonNode data = MAPPER.readTree(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + data.path("type").asString());
            events.add(data);
        }
        return events;
    }

    List<String> types() {
        return events().stream().map(event -> event.path("type").asString()).toList();
    }

    JsonNode last() {
        return events().getLast().path("response");
    }

    /** Judges a stream that has ended. */
    ClientStream judged() {
        new Judge().judge(events());
        return this;
    }

    static final class Judge {
        private final List<JsonNode> open = new ArrayList<>();
        private final List<JsonNode> whole = new ArrayList<>();
        private final Map<String, StringBuilder> texts = new HashMap<>();
        private final Set<String> closed = new HashSet<>();
        private final Set<String> ids = new HashSet<>();
        private String response = "";
        private boolean error;
        private boolean over;

        void judge(List<JsonNode> events) {
            for (int i = 0; i < events.size(); i++) {
                JsonNode event = events.get(i);
                assertThat(event.path("sequence_number").asInt(-1)).as("%s", event).isEqualTo(i);
                assertThat(over).as("after the end: %s", event).isFalse();
                String type = event.path("type").asString();
                assertThat(type.equals("response.created")).as("%s", event).isEqualTo(i == 0);
                judge(type, event);
            }
            assertThat(over).as("ended").isTrue();
        }

        private void judge(String type, JsonNode event) {
            switch (type) {
                case "response.created" -> response = event.path("response").path("id").asString();
                case "response.queued", "response.in_progress" -> {
                    assertThat(open).isEmpty();
                    assertThat(event.path("response").path("id").asString()).isEqualTo(response);
                }
                case "error" -> error = true;
                case "response.output_item.added" -> {
                    assertThat(event.path("output_index").asInt()).isEqualTo(open.size());
                    assertThat(open.size()).as("one open at a time").isEqualTo(whole.size());
                    assertThat(ids.add(event.path("item").path("id").asString())).isTrue();
                    open.add(event.path("item"));
                }
                case "response.output_item.done" -> {
                    assertThat(event.path("output_index").asInt()).isEqualTo(whole.size());
                    JsonNode item = event.path("item");
                    assertThat(item.path("id")).isEqualTo(open.getLast().path("id"));
                    assertThat(item.path("type")).isEqualTo(open.getLast().path("type"));
                    assertThat(texts.keySet()).as("open parts").isEqualTo(closed);
                    texts.clear();
                    closed.clear();
                    whole.add(item);
                }
                case "response.completed", "response.incomplete", "response.failed" -> {
                    JsonNode last = event.path("response");
                    assertThat(last.path("id").asString()).isEqualTo(response);
                    over = true;
                    if (!type.equals("response.failed")) {
                        assertThat(last.path("output").valueStream().toList()).isEqualTo(whole);
                        assertThat(open).hasSameSizeAs(whole);
                        assertThat(last.path("usage").path("total_tokens").isInt()).isTrue();
                    } else {
                        assertThat(error).as("an error before the failure").isTrue();
                    }
                }
                default -> told(type, event);
            }
        }

        private void told(String type, JsonNode event) {
            assertThat(event.path("item_id")).as("%s", event).isEqualTo(open.getLast().path("id"));
            assertThat(event.path("output_index").asInt()).isEqualTo(open.size() - 1);
            String part =
                    event.has("summary_index")
                            ? "s" + event.path("summary_index")
                            : "c" + event.path("content_index").asInt(-1);
            if (type.endsWith("_part.added")) {
                assertThat(part.substring(1)).isEqualTo(Integer.toString(texts.size()));
                texts.put(part, new StringBuilder());
            } else if (type.endsWith("_part.done")) {
                assertThat(closed.add(part)).isTrue();
                JsonNode text = event.path("part").path("text");
                JsonNode said = text.isString() ? text : event.path("part").path("refusal");
                assertThat(said.asString()).hasToString(String.valueOf(texts.get(part)));
            } else if (type.endsWith(".delta")) {
                texts.computeIfAbsent(part, none -> new StringBuilder())
                        .append(event.path("delta").asString());
            } else if (type.endsWith(".done")) {
                String member =
                        List.of("text", "refusal", "arguments", "input").stream()
                                .filter(event::has)
                                .findFirst()
                                .orElseThrow();
                String said = String.valueOf(texts.getOrDefault(part, new StringBuilder()));
                assertThat(event.path(member).asString()).isEqualTo(said);
                if (part.equals("c-1")) {
                    texts.put(part, new StringBuilder());
                    closed.add(part);
                }
            }
        }
    }
}
