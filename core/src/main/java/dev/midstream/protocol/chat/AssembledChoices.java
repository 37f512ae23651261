package dev.midstream.protocol.chat;

import dev.midstream.json.JsonOut;
import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.protocol.chat.OpenBlocks.Block;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the choices of an answer say, gathered from canonical events. */
final class AssembledChoices {

    private final OpenBlocks blocks = new OpenBlocks();
    private final List<Message> messages = new ArrayList<>();

    private static final class Message {
        final StringBuilder text = new StringBuilder();
        final StringBuilder refusal = new StringBuilder();
        final StringBuilder reasoning = new StringBuilder();
        final List<Call> calls = new ArrayList<>();
        final List<Json> audio = new ArrayList<>();
        boolean legacy;
        @Nullable FinishReason reason;
    }

    private static final class Call {
        final ToolCallHead head;
        final @Nullable Json further;
        final StringBuilder arguments = new StringBuilder();

        Call(ToolCallHead head, @Nullable Json further) {
            this.head = head;
            this.further = further;
        }
    }

    private Message message(int choice) {
        while (messages.size() <= choice) {
            messages.add(new Message());
        }
        return messages.get(choice);
    }

    void start(BlockStarted started) {
        Block block = blocks.start(started);
        Message message = message(started.choice());
        message.legacy |= block.legacy;
        ToolCallHead head = started.tool();
        if (started.kind() == BlockKind.TOOL_CALL && head != null) {
            message.calls.add(new Call(head, started.raw()));
        } else if (started.kind() == BlockKind.OPAQUE && started.raw() != null) {
            opaque(message, started.raw());
        }
    }

    void delta(Delta delta) {
        Block block = blocks.block(delta.block());
        if (block == null) {
            return;
        }
        Message message = message(block.choice);
        StringBuilder text =
                switch (block.kind) {
                    case TEXT -> message.text;
                    case REFUSAL -> message.refusal;
                    case REASONING -> message.reasoning;
                    case TOOL_CALL -> message.calls.get(block.toolIndex).arguments;
                    case OPAQUE -> new StringBuilder();
                };
        if (block.breakBefore) {
            block.breakBefore = false;
            text.append("\n\n");
        }
        text.append(delta.text());
    }

    void attach(StreamEvent.Attached attached) {
        Block block = blocks.block(attached.block());
        if (block != null && block.kind == BlockKind.OPAQUE) {
            opaque(message(block.choice), attached.raw());
        }
    }

    /** Of what is not understood only audio is chat's own. */
    private static void opaque(Message message, Json raw) {
        if (raw.text().startsWith("{\"audio\":")) {
            message.audio.add(raw);
        }
    }

    void end(ChoiceEnded ended) {
        message(ended.choice()).reason = ended.reason();
    }

    void restart(int superseded) {
        Block block = blocks.block(superseded);
        if (block != null) {
            blocks.choice(block.choice).restarted = true;
        }
    }

    void write(JsonOut json, ChatIdentity identity, ChunkExtras extras) {
        message(0);
        json.open('[');
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            json.open('{').member("index", i).name("message").open('{');
            content(json, message, identity);
            extras.writeMessage(json, i);
            json.close('}');
            extras.writeChoice(json, i);
            json.member("finish_reason", finish(message)).close('}');
        }
        json.close(']');
    }

    private static String finish(Message message) {
        FinishReason reason = message.reason == null ? FinishReason.STOP : message.reason;
        return message.legacy && reason == FinishReason.TOOL_CALLS
                ? "function_call"
                : ChatFinish.word(reason);
    }

    private static void content(JsonOut json, Message message, ChatIdentity identity) {
        boolean none = message.text.isEmpty() && saysOtherwise(message);
        json.member("role", "assistant");
        json.nullable("content", none ? null : message.text.toString());
        json.nullable("refusal", message.refusal.isEmpty() ? null : message.refusal.toString());
        if (!message.reasoning.isEmpty()) {
            json.member(FrameLook.REASONING_CONTENT, message.reasoning.toString());
        }
        if (message.legacy) {
            Call call = message.calls.getFirst();
            json.name("function_call").open('{').member("name", call.head.name());
            json.member("arguments", call.arguments.toString()).close('}');
        } else if (!message.calls.isEmpty()) {
            json.name("tool_calls").open('[');
            message.calls.forEach(call -> call(json, call, identity));
            json.close(']');
        }
        Json audio = AudioJoin.of(message.audio);
        if (audio != null) {
            json.member("audio", audio);
        }
    }

    private static boolean saysOtherwise(Message message) {
        return !message.calls.isEmpty() || !message.refusal.isEmpty() || !message.audio.isEmpty();
    }

    private static void call(JsonOut json, Call call, ChatIdentity identity) {
        boolean custom = call.head.custom();
        String kind = custom ? "custom" : "function";
        String id = call.head.id().isEmpty() ? identity.callId() : call.head.id();
        json.open('{').member("id", id).member("type", kind);
        json.name(kind).open('{').member("name", call.head.name());
        json.member(custom ? "input" : "arguments", call.arguments.toString()).close('}');
        Json further = call.further;
        if (further != null && further.text().startsWith("{\"extra_content\":")) {
            String text = further.text();
            json.name("extra_content");
            json.raw(text.substring("{\"extra_content\":".length(), text.length() - 1));
        }
        json.close('}');
    }
}
