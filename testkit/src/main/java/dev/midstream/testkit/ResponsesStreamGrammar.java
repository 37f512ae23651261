package dev.midstream.testkit;

import dev.midstream.testkit.GrammarViolation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The judge of Responses streams: whether a client may receive this.
 *
 * <p>As strict as the strictest of the official SDKs: the Node helper throws on an unknown event,
 * on an item announced out of order or twice, on an event that calls its item by another id; the
 * Python helper gives a final response for {@code response.completed} only, and takes it as it
 * comes. So: sequence numbers from 0 without a gap; one {@code response.created}, and first; each
 * item announced, told and closed, and told the same whenever it is told whole; one terminal event,
 * and last. A stream fails by an {@code error} event on which every SDK raises (the error nested as
 * well as flat), followed by {@code response.failed} and nothing else.
 *
 * <p><b>Source.</b> The stream accumulators of openai-node 7.55, openai-python 3.22 and openai-java
 * 4.98, read and measured in 2026.
 *
 * <p>Not thread-safe; one stream an instance.
 */
public final class ResponsesStreamGrammar {

    private final Findings findings;
    private final ResponsesLifecycleGrammar lifecycle;
    private final List<ResponsesItemGrammar> items = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private @Nullable StreamError error;
    private int sequence = -1;
    private int keepalives;

    private ResponsesStreamGrammar(byte[] stream) {
        findings = new Findings(stream);
        lifecycle = new ResponsesLifecycleGrammar(findings);
    }

    /**
     * Judges a whole stream, which is the body of a response without its transport framing.
     *
     * @throws GrammarViolation if it breaks any rule
     */
    public static ResponsesTranscript check(byte[] stream) {
        ResponsesStreamGrammar grammar = new ResponsesStreamGrammar(stream);
        ResponsesTranscript transcript = grammar.read();
        grammar.findings.throwIfAny();
        return transcript;
    }

    /** As {@link #check(byte[])}. */
    public static ResponsesTranscript check(String stream) {
        return check(stream.getBytes(StandardCharsets.UTF_8));
    }

    /** The broken rules of a stream; none for a valid one. */
    public static List<Violation> violations(String stream) {
        ResponsesStreamGrammar grammar =
                new ResponsesStreamGrammar(stream.getBytes(StandardCharsets.UTF_8));
        grammar.read();
        return List.copyOf(grammar.findings.violations());
    }

    private ResponsesTranscript read() {
        for (SseItem item : findings.items()) {
            findings.next(item);
            findings.require(!lifecycle.isOver(), "comes after the terminal event");
            switch (item) {
                case SseItem.Comment(String text) -> comments.add(text);
                case SseItem.Field ignored -> {}
                case SseItem.Event event -> event(event);
            }
        }
        findings.atEnd();
        findings.require(lifecycle.isOver(), "ends without a terminal event");
        return lifecycle.transcript(
                items.stream().map(ResponsesItemGrammar::item).toList(),
                error,
                sequence,
                keepalives,
                comments);
    }

    private void event(SseItem.Event event) {
        JsonNode data = findings.object(event.data());
        if (data == null) {
            return;
        }
        String name = event.name() == null ? "" : event.name();
        findings.require(
                name.equals(data.path("type").asString("")),
                "is called '" + name + "' and has the type " + data.path("type"));
        sequenceNumber(data.path("sequence_number"));
        findings.require(
                lifecycle.hasBegun() || name.equals("response.created"),
                name + " comes before response.created");
        findings.require(
                error == null || name.equals("response.failed"), name + " comes after the error");
        if (ResponsesVocabulary.LIFECYCLE.contains(name)) {
            lifecycle(name, data.path("response"));
        } else {
            told(name, data);
        }
    }

    private void sequenceNumber(JsonNode number) {
        findings.require(
                number.isIntegralNumber() && number.asInt() == sequence + 1,
                "has the sequence_number " + number + " where " + (sequence + 1) + " is next");
        sequence++;
    }

    private void lifecycle(String name, JsonNode response) {
        if (name.equals("response.failed")) {
            findings.require(error != null, "fails without an error event, so that nobody raises");
        }
        lifecycle.event(name, response, items);
    }

    private void told(String name, JsonNode data) {
        String owner = ResponsesVocabulary.owner(name);
        switch (name) {
            case "response.output_item.added" -> add(data);
            case "response.output_item.done" -> {
                ResponsesItemGrammar item = openItem(name, data);
                if (item != null) {
                    item.done(data.path("item"));
                }
            }
            case "response.content_part.added", "response.content_part.done" ->
                    aboutItem(name, data, null);
            case "keepalive" -> keepalives++;
            case "error" -> error(data);
            default -> {
                if (owner != null) {
                    aboutItem(name, data, owner);
                } else {
                    findings.require(
                            ResponsesVocabulary.ITEMLESS.contains(name),
                            "has the unknown event name '" + name + "'");
                }
            }
        }
    }

    // ------------------------------------------------------------------------------------ items

    private void add(JsonNode data) {
        JsonNode place = data.path("output_index");
        findings.require(
                place.isIntegralNumber() && place.asInt() == items.size(),
                "item " + place + " starts where item " + items.size() + " is next");
        ResponsesItemGrammar item =
                new ResponsesItemGrammar(items.size(), data.path("item"), findings);
        for (ResponsesItemGrammar other : items) {
            findings.require(
                    !item.id().equals(other.id()), "item " + place + " has the id of another one");
            findings.require(
                    item.callId().isEmpty() || !item.callId().equals(other.callId()),
                    "item " + place + " has the call_id of another one: " + item.callId());
        }
        items.add(item);
    }

    private void aboutItem(String name, JsonNode data, @Nullable String owner) {
        ResponsesItemGrammar item = openItem(name, data);
        if (item == null) {
            return;
        }
        boolean named = !name.startsWith("response.shell_call");
        findings.require(
                !named || data.path("item_id").asString("").equals(item.id()),
                name + " has the item_id " + data.path("item_id") + ", expected " + item.id());
        if (findings.require(
                owner == null || owner.equals(item.type()),
                name + " is about an item that is " + item.type())) {
            item.event(name, data);
        }
    }

    private @Nullable ResponsesItemGrammar openItem(String name, JsonNode data) {
        int index = data.path("output_index").asInt(-1);
        boolean open = index >= 0 && index < items.size() && items.get(index).isOpen();
        findings.require(
                open, name + " is for item " + data.path("output_index") + ", which is not open");
        return open ? items.get(index) : null;
    }

    // ------------------------------------------------------------------------------------ error

    private void error(JsonNode data) {
        JsonNode nested = data.path("error");
        findings.require(nested.isObject(), "its error is not nested: " + data);
        findings.require(
                ChatStreamGrammar.isText(nested.path("message")), "its error has no message");
        findings.require(ChatStreamGrammar.isText(nested.path("type")), "its error has no type");
        for (String member : List.of("code", "message", "param")) {
            findings.require(data.has(member), "its error has no flat " + member);
            findings.require(
                    data.path(member).equals(nested.path(member)),
                    "its "
                            + member
                            + " is "
                            + data.path(member)
                            + " flat and "
                            + nested.path(member)
                            + " nested");
        }
        error = StreamError.from(nested);
    }
}
