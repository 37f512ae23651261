package dev.midstream.protocol.responses;

import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Target;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A streamed response, put together event by event as OpenAI writes it, and what a decoder says of
 * it.
 *
 * <p>Written from OpenAI's API reference on streaming responses (read 2026-11): named events with
 * the type repeated inside, numbered from 0, lists of log probabilities in every text delta,
 * obfuscation beside them.
 */
final class UpstreamStream {

    static final Target TARGET =
            new Target(
                    "d1",
                    "gpt",
                    "openai",
                    "gpt-5",
                    ResponsesProtocol.NAME,
                    "openai:key-1",
                    Map.of(),
                    false,
                    List.of(),
                    List.of());

    private final StringBuilder wire = new StringBuilder();
    private int sequence;

    static UpstreamStream opened() {
        return new UpstreamStream()
                .event("response.created", "\"response\":" + response("in_progress", "[]", ""))
                .event("response.in_progress", "\"response\":" + response("in_progress", "[]", ""));
    }

    static String response(String status, String output, String more) {
        return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1700000000,\"status\":\""
                + status
                + "\",\"error\":null,\"model\":\"gpt-5\",\"store\":true,\"output\":"
                + output
                + more
                + "}";
    }

    /**
     * @param members the event's own members, as they stand in its JSON
     */
    UpstreamStream event(String type, String members) {
        wire.append("event: ").append(type).append('\n');
        wire.append("data: {\"type\":\"").append(type).append("\",\"sequence_number\":");
        wire.append(sequence++).append(',').append(members).append("}\n\n");
        return this;
    }

    UpstreamStream raw(String text) {
        wire.append(text);
        return this;
    }

    /** An event that never reaches us, but is counted. */
    UpstreamStream lost() {
        sequence++;
        return this;
    }

    UpstreamStream item(int index, String item) {
        return event(
                "response.output_item.added", "\"output_index\":" + index + ",\"item\":" + item);
    }

    UpstreamStream itemDone(int index, String item) {
        return event(
                "response.output_item.done", "\"output_index\":" + index + ",\"item\":" + item);
    }

    UpstreamStream message(int index) {
        return item(
                index,
                "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\","
                        + "\"role\":\"assistant\",\"content\":[]}");
    }

    UpstreamStream part(int index, int part, String type) {
        return event(
                "response.content_part.added",
                at(index, part)
                        + ",\"part\":{\"type\":\""
                        + type
                        + "\",\"annotations\":[],\"text\":\"\"}");
    }

    UpstreamStream text(int index, int part, String text) {
        return event(
                "response.output_text.delta",
                at(index, part)
                        + ",\"delta\":\""
                        + text
                        + "\",\"logprobs\":[],\"obfuscation\":\"xK2\"");
    }

    UpstreamStream textDone(int index, int part, String text) {
        event("response.output_text.done", at(index, part) + ",\"text\":\"" + text + "\"");
        return event(
                "response.content_part.done",
                at(index, part)
                        + ",\"part\":{\"type\":\"output_text\",\"annotations\":[],\"text\":\""
                        + text
                        + "\"}");
    }

    UpstreamStream messageDone(int index, String text) {
        return itemDone(index, messageOf(text));
    }

    static String messageOf(String text) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
                + "\"content\":[{\"type\":\"output_text\",\"annotations\":[],\"text\":\""
                + text
                + "\"}]}";
    }

    /** A whole message in one delta. */
    UpstreamStream said(int index, String text) {
        return message(index)
                .part(index, 0, "output_text")
                .text(index, 0, text)
                .textDone(index, 0, text)
                .messageDone(index, text);
    }

    UpstreamStream completed(String output) {
        return event(
                "response.completed",
                "\"response\":"
                        + response(
                                "completed",
                                output,
                                ",\"usage\":{\"input_tokens\":10,\"input_tokens_details\":"
                                        + "{\"cached_tokens\":4},\"output_tokens\":7,"
                                        + "\"output_tokens_details\":{\"reasoning_tokens\":3},"
                                        + "\"total_tokens\":17}"));
    }

    static String at(int index, int part) {
        return "\"item_id\":\"msg_1\",\"output_index\":" + index + ",\"content_index\":" + part;
    }

    byte[] bytes() {
        return wire.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What is said, pings left out. */
    List<String> says() {
        return words(events(bytes(), Integer.MAX_VALUE));
    }

    List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        byte[] bytes = bytes();
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(TARGET);
        decoder.feed(bytes, 0, bytes.length, frame -> frames.add(frame.copy()));
        decoder.end(frame -> frames.add(frame.copy()));
        return frames;
    }

    /** What is said of bytes that come in pieces of {@code size}, in an array that is reused. */
    static List<StreamEvent> events(byte[] wire, int size) {
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(TARGET);
        List<StreamEvent> events = new ArrayList<>();
        byte[] buffer = new byte[Math.min(size, wire.length)];
        for (int at = 0; at < wire.length; at += buffer.length) {
            int count = Math.min(buffer.length, wire.length - at);
            System.arraycopy(wire, at, buffer, 0, count);
            decoder.feed(buffer, 0, count, frame -> note(frame, events));
            Arrays.fill(buffer, (byte) 'x');
        }
        decoder.end(frame -> note(frame, events));
        return events;
    }

    /** What is said of bytes that come in two pieces. */
    static List<StreamEvent> split(byte[] wire, int at) {
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(TARGET);
        List<StreamEvent> events = new ArrayList<>();
        byte[] head = Arrays.copyOf(wire, at);
        decoder.feed(head, 0, at, frame -> note(frame, events));
        Arrays.fill(head, (byte) 'x');
        decoder.feed(wire, at, wire.length - at, frame -> note(frame, events));
        decoder.end(frame -> note(frame, events));
        return events;
    }

    static List<StreamEvent> plain(String body) {
        StreamDecoder decoder = new ResponsesProtocol().plainDecoder(TARGET);
        List<StreamEvent> events = new ArrayList<>();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            decoder.feed(bytes, i, 1, frame -> note(frame, events));
        }
        decoder.end(frame -> note(frame, events));
        return events;
    }

    static void note(Frame frame, List<StreamEvent> events) {
        for (int i = 0; i < frame.size(); i++) {
            events.add(frame.event(i));
        }
    }

    /** One short line an event, signs of life left out. */
    static List<String> words(List<StreamEvent> events) {
        return events.stream()
                .filter(event -> !(event instanceof StreamEvent.Pinged))
                .map(UpstreamStream::word)
                .toList();
    }

    private static String word(StreamEvent event) {
        return switch (event) {
            case StreamEvent.BlockStarted start ->
                    "start "
                            + start.block()
                            + " "
                            + start.kind()
                            + (start.tool() == null
                                    ? ""
                                    : " " + start.tool().id() + " " + start.tool().name());
            case StreamEvent.Delta delta -> "delta " + delta.block() + " " + delta.text();
            case StreamEvent.BlockEnded ended -> "end " + ended.block();
            case StreamEvent.ChoiceEnded ended -> "finish " + ended.reason();
            case StreamEvent.Signed signed ->
                    "signed " + signed.seal().origin() + " " + signed.seal().data();
            case StreamEvent.Opened opened -> "opened " + opened.id() + " " + opened.model();
            case StreamEvent.Attached attached -> "attached " + attached.block();
            case StreamEvent.Failed failed -> "failed " + failed.failure().cause();
            case StreamEvent.Terminated terminated -> "terminated";
            default -> event.toString();
        };
    }
}
