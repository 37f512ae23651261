package dev.midstream.testkit;

import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.EmptyDelta;
import dev.midstream.testkit.Step.EndBlock;
import dev.midstream.testkit.Step.Event;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.InBandError;
import dev.midstream.testkit.Step.Malformed;
import dev.midstream.testkit.Step.Opening;
import dev.midstream.testkit.Step.Ping;
import dev.midstream.testkit.Step.Reasoning;
import dev.midstream.testkit.Step.Refusal;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.Step.Usage;
import dev.midstream.testkit.Step.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of one Messages stream.
 *
 * <p><b>Source.</b> Anthropic's page "Streaming messages" and the SDKs' types, read in 2026: named
 * events; one {@code message_start} whose {@code output_tokens} is a placeholder; blocks with
 * contiguous indexes, each started and stopped; thinking signed just before its stop; a first
 * {@code input_json_delta} that is empty; a ping after the first block has started; one {@code
 * message_delta} with the stop reason and cumulative usage; {@code message_stop}.
 */
final class MessagesEncoder implements Dialect.Encoder {

    /** The kinds of blocks that the encoder opens, and what their deltas are called. */
    private enum Kind {
        TEXT("text_delta", "text"),
        THINKING("thinking_delta", "thinking"),
        TOOL_USE("input_json_delta", "partial_json");

        private final String deltaType;
        private final String member;

        Kind(String deltaType, String member) {
            this.deltaType = deltaType;
            this.member = member;
        }
    }

    private final MessagesDialect dialect;
    private final String model;
    private final Dialect.Ids ids;
    private final Optional<Usage> usage;
    private final List<Wire> out = new ArrayList<>();
    private boolean begun;
    private int blocks;
    private @Nullable Kind openBlock;
    private int deltas;

    MessagesEncoder(MessagesDialect dialect, String model, Dialect.Ids ids, List<Content> script) {
        this.dialect = dialect;
        this.model = model;
        this.ids = ids;
        this.usage =
                script.stream().filter(Usage.class::isInstance).map(Usage.class::cast).findFirst();
    }

    @Override
    public List<Wire> encode(Content step) {
        switch (step) {
            case Opening(int input) -> begin(input);
            case Text(int choice, String text) -> delta(choice, Kind.TEXT, text);
            case Refusal(int choice, String text) -> delta(choice, Kind.TEXT, text);
            case Reasoning(int choice, String text) -> think(choice, text);
            case ToolCall call -> toolCall(call);
            case EndBlock ignored -> endBlock();
            case EmptyDelta ignored -> delta(0, openBlock == null ? Kind.TEXT : openBlock, "");
            case Finish finish -> finish(finish);
            case Usage ignored -> {}
            case Done ignored -> done();
            case Ping ignored -> emit("ping", Json.object());
            case Malformed ignored -> malformed();
            case InBandError(int status, String type, String message, var code) ->
                    out.add(event("error", dialect.error(type, message, ids)));
        }
        List<Wire> encoded = List.copyOf(out);
        out.clear();
        return encoded;
    }

    private void begin(int input) {
        if (begun) {
            return;
        }
        begun = true;
        ObjectNode message =
                Json.object()
                        .put("id", ids.with("msg_"))
                        .put("type", "message")
                        .put("role", "assistant")
                        .put("model", model);
        message.putArray("content");
        message.putNull("stop_reason");
        message.putNull("stop_sequence");
        Usage known = usage.orElse(new Usage(input, 0));
        message.set("usage", MessagesDialect.usage(known, 1).put("service_tier", "standard"));
        ObjectNode start = Json.object();
        start.set("message", message);
        emit("message_start", start);
    }

    private void think(int choice, String text) {
        if (dialect.has(MessagesQuirk.THINKING_OMITTED)) {
            open(choice, Kind.THINKING);
        } else {
            delta(choice, Kind.THINKING, text);
        }
    }

    private void toolCall(ToolCall call) {
        endBlock();
        ObjectNode block =
                Json.object().put("type", "tool_use").put("id", call.id()).put("name", call.name());
        block.putObject("input");
        start(call.choice(), Kind.TOOL_USE, block);
        boolean unsaid = dialect.has(MessagesQuirk.TOOL_INPUT_UNSAID) && call.fragments().isEmpty();
        if (!unsaid) {
            delta(call.choice(), Kind.TOOL_USE, "");
        }
        call.fragments().forEach(fragment -> delta(call.choice(), Kind.TOOL_USE, fragment));
    }

    private void delta(int choice, Kind kind, String text) {
        open(choice, kind);
        deltas++;
        blockDelta(Json.object().put("type", kind.deltaType).put(kind.member, text));
    }

    private void blockDelta(ObjectNode delta) {
        ObjectNode data = Json.object().put("index", blocks - 1);
        data.set("delta", delta);
        emit("content_block_delta", data);
    }

    private void open(int choice, Kind kind) {
        if (openBlock == kind) {
            return;
        }
        endBlock();
        ObjectNode block = Json.object();
        if (kind == Kind.TEXT) {
            block.put("type", "text").put("text", "");
        } else {
            block.put("type", "thinking").put("thinking", "").put("signature", "");
        }
        start(choice, kind, block);
    }

    private void start(int choice, Kind kind, ObjectNode block) {
        if (choice != 0) {
            throw new IllegalArgumentException("Messages have one choice, not choice " + choice);
        }
        begin(0);
        ObjectNode data = Json.object().put("index", blocks++);
        data.set("content_block", block);
        emit("content_block_start", data);
        openBlock = kind;
        if (blocks == 1 && !dialect.has(MessagesQuirk.NO_PING)) {
            emit("ping", Json.object());
        }
    }

    private void endBlock() {
        if (openBlock == Kind.THINKING) {
            String signature = ids.with("sig_") + "-" + (blocks - 1);
            blockDelta(Json.object().put("type", "signature_delta").put("signature", signature));
        }
        if (openBlock != null) {
            emit("content_block_stop", Json.object().put("index", blocks - 1));
        }
        openBlock = null;
    }

    private void finish(Finish finish) {
        begin(0);
        endBlock();
        if (dialect.has(MessagesQuirk.MESSAGE_DELTA_TWICE)) {
            messageDelta(null, null, 1);
        }
        messageDelta(
                MessagesDialect.stopReason(finish),
                finish.stopSequence(),
                usage.map(Usage::output).orElse(deltas));
    }

    private void messageDelta(
            @Nullable String stopReason, @Nullable String stopSequence, int output) {
        ObjectNode data = Json.object();
        data.putObject("delta").put("stop_reason", stopReason).put("stop_sequence", stopSequence);
        data.set(
                "usage",
                usage.isPresent()
                        ? MessagesDialect.usage(usage.get(), output)
                        : Json.object().put("output_tokens", output));
        emit("message_delta", data);
    }

    private void done() {
        if (!dialect.has(MessagesQuirk.NO_MESSAGE_STOP)) {
            emit("message_stop", Json.object());
        }
    }

    private void malformed() {
        open(0, Kind.TEXT);
        String start = "{\"type\":\"content_block_delta\",\"index\":" + (blocks - 1) + ",\"del";
        out.add(new Event("content_block_delta", start));
    }

    private void emit(String name, ObjectNode members) {
        ObjectNode data = Json.object().put("type", name);
        data.setAll(members);
        out.add(event(name, data));
    }

    private Event event(String name, ObjectNode data) {
        String padding = dialect.has(MessagesQuirk.PADDED) ? " ".repeat(1 + deltas % 9) : "";
        return new Event(name, Json.write(data) + padding);
    }
}
