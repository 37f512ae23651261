package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.json.JsonStringWriter;
import dev.midstream.model.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One item of the output that the client has been shown. Event-loop confined. */
final class AnswerItem {

    static final String MESSAGE = "message";
    static final String REASONING = "reasoning";
    static final String CALL = "function_call";
    static final String CUSTOM_CALL = "custom_tool_call";
    static final int NOT_TOLD = -1;

    final int index;
    final String type;
    final String id;

    /** The id as it stands in JSON, without quotes. */
    final byte[] idBytes;

    /** The item as it was announced. */
    final byte[] start;

    /** The place that the upstream gave it, {@link #NOT_TOLD} if it did not. */
    final int upstreamIndex;

    final List<AnswerPart> content = new ArrayList<>();
    final List<AnswerPart> summary = new ArrayList<>();

    /** A call's arguments or input as they stand in JSON. */
    final Bytes arguments = new Bytes(64);

    /** The event that brings a piece of a call's arguments. */
    final String delta;

    /** How that event is written, null as long as none has been. */
    @Nullable PieceEvent piece;

    /** Whether a call's arguments have been told whole. */
    boolean told;

    /** Whether it was cut short or superseded. */
    boolean broken;

    @Nullable Seal seal;

    /** Whether nobody but its maker can read it, for there never were words. */
    boolean redacted;

    /** The item as it was closed, null while it is open. */
    private @Nullable String whole;

    /**
     * @param start the item as it was announced, a JSON object
     */
    AnswerItem(int index, String type, String id, byte[] start, int upstreamIndex) {
        this.index = index;
        this.type = type;
        this.id = id;
        this.idBytes = inJson(id);
        this.start = start;
        this.upstreamIndex = upstreamIndex;
        this.delta = argumentEvents() + ".delta";
    }

    private static byte[] inJson(String text) {
        Bytes bytes = new Bytes(64);
        JsonStringWriter.writeBare(bytes, text);
        return bytes.toByteArray();
    }

    boolean open() {
        return whole == null;
    }

    boolean call() {
        return type.equals(CALL) || type.equals(CUSTOM_CALL);
    }

    @Nullable AnswerPart content(int index) {
        return index >= 0 && index < content.size() ? content.get(index) : null;
    }

    @Nullable AnswerPart summary(int index) {
        return index >= 0 && index < summary.size() ? summary.get(index) : null;
    }

    List<AnswerPart> parts() {
        List<AnswerPart> parts = new ArrayList<>(summary);
        parts.addAll(content);
        return parts;
    }

    AnswerPart added(String partType) {
        List<AnswerPart> parts = partType.equals(AnswerPart.SUMMARY) ? summary : content;
        AnswerPart part = new AnswerPart(partType, parts.size());
        parts.add(part);
        return part;
    }

    /** The family of events that tell of a call's arguments. */
    String argumentEvents() {
        return type.equals(CUSTOM_CALL)
                ? "response.custom_tool_call_input"
                : "response.function_call_arguments";
    }

    String argumentsMember() {
        return type.equals(CUSTOM_CALL) ? "input" : "arguments";
    }

    /** Whether all that has to be closed before it has been. */
    boolean toldWhole() {
        return (!call() || told) && parts().stream().allMatch(part -> part.closed);
    }

    void close(String item) {
        whole = item;
    }

    /** The item as it was closed. */
    String whole() {
        String closed = whole;
        return closed == null ? asItStands("incomplete") : closed;
    }

    /** The item with all that was told of it. */
    String asItStands(String status) {
        JsonSplice item = JsonSplice.of(start);
        if (!type.equals(REASONING) || !status.equals("completed") || item.has("status")) {
            item.setString("status", status);
        }
        switch (type) {
            case MESSAGE -> item.set("content", json(content));
            case REASONING -> reasoning(item, status);
            case CALL, CUSTOM_CALL -> item.set(argumentsMember(), "\"" + arguments + "\"");
            default -> {}
        }
        return new String(item.bytes(), StandardCharsets.UTF_8);
    }

    /** Reasoning that was cut short has no proof of origin. */
    private void reasoning(JsonSplice item, String status) {
        item.set("summary", json(summary));
        if (!content.isEmpty()) {
            item.set("content", json(content));
        }
        Seal proof = seal;
        if (proof != null && status.equals("completed")) {
            item.setString("encrypted_content", proof.written(""));
        } else {
            item.remove("encrypted_content");
        }
    }

    private static String json(List<AnswerPart> parts) {
        JsonOut out = new JsonOut(new Bytes(256)).open('[');
        parts.forEach(part -> part.write(out));
        return out.close(']').bytes().toString();
    }
}
