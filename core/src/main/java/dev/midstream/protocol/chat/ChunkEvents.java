package dev.midstream.protocol.chat;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Json;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.ToolCallHead;
import dev.midstream.protocol.chat.Chunk.CallDelta;
import dev.midstream.protocol.chat.Chunk.ChoiceDelta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns chunks into canonical events: opens, numbers and ends blocks, of which chat itself knows
 * none.
 *
 * <p>Of text, reasoning and the like one block of a choice is open at a time: it ends when a block
 * of another kind or a tool call of the same choice starts, and with the choice. Tool calls stay
 * open until the choice ends, for their pieces may come in turns; only a custom tool's free text
 * ends when the next call starts, for nothing else tells its end. What one chunk says of a choice
 * is taken in the order reasoning, text, refusal, tool calls, audio, finish.
 */
final class ChunkEvents {

    /** A deprecated {@code function_call} is marked by this, for clients that know only that. */
    static final Json LEGACY = new Json("{\"function_call\":true}");

    private static final int MOST_CHOICES = 128;
    private static final int MOST_CALLS = 1024;
    private static final StreamEvent PINGED = new StreamEvent.Pinged();

    private final List<StreamEvent> events = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private final boolean plain;
    private int blocks;
    private boolean opened;
    private boolean verbatim;
    private int[] cuts = MemberCuts.NONE;
    private @Nullable Failure failure;

    /**
     * @param plain whether chunks are whole answers, in which tool calls have no index and the last
     *     word is said
     */
    ChunkEvents(boolean plain) {
        this.plain = plain;
    }

    private static final class Choice {
        final int index;
        final List<Call> calls = new ArrayList<>();
        int open = -1;
        BlockKind kind = BlockKind.TEXT;
        boolean begun;
        boolean ended;

        Choice(int index) {
            this.index = index;
        }
    }

    private static final class Call {
        final int block;
        final int written;
        final String id;
        final boolean asWritten;
        final boolean custom;
        boolean ended;

        Call(int block, CallDelta start, boolean asWritten) {
            this.block = block;
            this.written = start.index;
            this.id = start.id;
            this.asWritten = asWritten;
            this.custom = start.custom;
        }
    }

    /** Whether the answer's identity is known, so that it need not be read any more. */
    boolean opened() {
        return opened;
    }

    /** Whether at least one choice came and all that came have ended. */
    boolean complete() {
        for (Choice choice : choices) {
            if (!choice.ended) {
                return false;
            }
        }
        return !choices.isEmpty();
    }

    /** Takes a chunk; what it meant is then told by the accessors, until the next one. */
    void take(Chunk chunk) {
        events.clear();
        verbatim = sound(chunk);
        cuts = MemberCuts.NONE;
        failure = null;
        open(chunk);
        for (int i = 0; i < chunk.choices() && failure == null; i++) {
            choice(chunk, chunk.choice(i));
        }
        if (chunk.usage != null) {
            events.add(new StreamEvent.UsageReported(chunk.usage));
        }
        if (events.isEmpty() && failure == null) {
            events.add(PINGED);
        }
    }

    List<StreamEvent> events() {
        return events;
    }

    /** Whether the chunk may go to a client as it came. */
    boolean verbatim() {
        return verbatim;
    }

    /** What is left out of a chunk that goes as it came: pairs of positions, ascending. */
    int[] cuts() {
        return cuts;
    }

    @Nullable Failure failure() {
        return failure;
    }

    /**
     * Whether the Java SDK, the strictest, can read it: it throws where one of these is missing.
     */
    private boolean sound(Chunk chunk) {
        boolean sound = chunk.hasChoices;
        for (int i = 0; i < chunk.choices(); i++) {
            ChoiceDelta choice = chunk.choice(i);
            sound &= plain || choice.bodied && choice.indexed;
        }
        return sound;
    }

    private static boolean says(Chunk chunk) {
        boolean says = false;
        for (int i = 0; i < chunk.choices(); i++) {
            says |= says(chunk.choice(i));
        }
        return says;
    }

    /**
     * Azure's opening chunk has neither an id nor a choice, others have no delta: they open
     * nothing, and no client is to see them.
     */
    private void open(Chunk chunk) {
        if (opened) {
            return;
        }
        boolean bare = chunk.choices() == 0 && chunk.id.isEmpty();
        if (bare || !verbatim && !says(chunk)) {
            verbatim = false;
            return;
        }
        opened = true;
        events.add(new StreamEvent.Opened(chunk.id, chunk.model, chunk.created));
    }

    private void choice(Chunk chunk, ChoiceDelta delta) {
        Choice choice = find(delta.index);
        if (choice == null) {
            failure = new Failure.Garbled("The upstream sent choice " + delta.index);
            return;
        }
        if (delta.messaged && !delta.bodied && choice.begun) {
            delta.forget();
        }
        cut(choice, delta);
        if (choice.ended) {
            verbatim &= !says(delta) && chunk.extras && chunk.usage == null;
            return;
        }
        choice.begun |= delta.role != null || says(delta);
        verbatim &= !delta.parts;
        text(choice, BlockKind.REASONING, delta.reasoning);
        text(choice, BlockKind.TEXT, delta.content);
        text(choice, BlockKind.REFUSAL, delta.refusal);
        for (int i = 0; i < delta.calls.size() && failure == null; i++) {
            call(choice, delta.calls.get(i));
        }
        audio(choice, delta.audio);
        finish(choice, delta.finish);
    }

    /**
     * A role is told once (OpenRouter tells it in every chunk, and Python's helper would join
     * them), and a finish reason that says nothing not at all.
     */
    private void cut(Choice choice, ChoiceDelta delta) {
        if (choice.begun && delta.role != null) {
            cut(delta.role);
        }
        if (delta.emptyFinish != null) {
            cut(plain ? MemberCuts.NONE : delta.emptyFinish);
        }
    }

    private void cut(int[] place) {
        verbatim &= place.length > 0;
        cuts = MemberCuts.joined(cuts, place);
    }

    private static boolean says(ChoiceDelta delta) {
        return delta.finish != null
                || delta.content != null && !delta.content.isEmpty()
                || delta.reasoning != null
                || !delta.calls.isEmpty();
    }

    private @Nullable Choice find(int index) {
        for (int i = 0; i < choices.size(); i++) {
            if (choices.get(i).index == index) {
                return choices.get(i);
            }
        }
        if (index < 0 || index >= MOST_CHOICES) {
            return null;
        }
        Choice fresh = new Choice(index);
        choices.add(fresh);
        return fresh;
    }

    private void text(Choice choice, BlockKind kind, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return;
        }
        if (choice.open < 0 || choice.kind != kind) {
            start(choice, kind, null);
        }
        events.add(new Delta(choice.open, text));
    }

    private void start(Choice choice, BlockKind kind, @Nullable Json raw) {
        endOpen(choice);
        choice.open = blocks++;
        choice.kind = kind;
        events.add(new BlockStarted(choice.open, choice.index, kind, null, raw));
    }

    private void endCalls(Choice choice, boolean customOnly) {
        for (Call call : choice.calls) {
            if (!call.ended && (call.custom || !customOnly)) {
                call.ended = true;
                events.add(new BlockEnded(call.block));
            }
        }
    }

    private void endOpen(Choice choice) {
        if (choice.open >= 0) {
            events.add(new BlockEnded(choice.open));
            choice.open = -1;
        }
    }

    private void call(Choice choice, CallDelta delta) {
        Call call = known(choice, delta);
        if (call == null) {
            startCall(choice, delta);
            return;
        }
        verbatim &= call.asWritten && delta.id.isEmpty() && delta.name.isEmpty();
        if (delta.arguments.isEmpty()) {
            return;
        }
        verbatim &= !delta.structured;
        if (call.ended) {
            failure = new Failure.Garbled("A piece came for a tool call that had ended");
        } else {
            events.add(new Delta(call.block, delta.arguments));
        }
    }

    /** The call that a piece belongs to; null if it starts one. */
    private @Nullable Call known(Choice choice, CallDelta delta) {
        for (int i = choice.calls.size() - 1; i >= 0; i--) {
            Call call = choice.calls.get(i);
            boolean same = delta.index < 0 ? !plain : call.written == delta.index;
            if (same) {
                return anotherId(call, delta) ? null : call;
            }
        }
        return null;
    }

    /** Ollama gives every call the index 0 and an id of its own. */
    private static boolean anotherId(Call call, CallDelta delta) {
        return !delta.id.isEmpty() && !delta.name.isEmpty() && !delta.id.equals(call.id);
    }

    private void startCall(Choice choice, CallDelta delta) {
        int ordinal = choice.calls.size();
        if (ordinal >= MOST_CALLS) {
            failure = new Failure.Garbled("The upstream made more than 1024 tool calls");
            return;
        }
        boolean complete = !delta.id.isEmpty() && delta.typed && !delta.structured;
        boolean asWritten =
                delta.legacy || complete && (delta.index == ordinal || plain && delta.index < 0);
        verbatim &= asWritten;
        endOpen(choice);
        endCalls(choice, true);
        Call call = new Call(blocks++, delta, asWritten);
        choice.calls.add(call);
        events.add(
                new BlockStarted(
                        call.block,
                        choice.index,
                        BlockKind.TOOL_CALL,
                        new ToolCallHead(delta.id, delta.name, delta.custom),
                        delta.legacy ? LEGACY : delta.extra));
        if (!delta.arguments.isEmpty()) {
            events.add(new Delta(call.block, delta.arguments));
        }
    }

    private void audio(Choice choice, @Nullable Json audio) {
        if (audio == null) {
            return;
        }
        Json raw = new Json("{\"audio\":" + audio.text() + "}");
        if (choice.open < 0 || choice.kind != BlockKind.OPAQUE) {
            start(choice, BlockKind.OPAQUE, raw);
        } else {
            events.add(new StreamEvent.Attached(choice.open, raw));
        }
    }

    private void finish(Choice choice, @Nullable String given) {
        String word = given == null && plain ? "stop" : given;
        if (word == null || failure != null) {
            return;
        }
        failure = ChatFinish.failure(word);
        verbatim &= failure == null && ChatFinish.official(word);
        if (failure == null) {
            endCalls(choice, false);
            endOpen(choice);
            choice.ended = true;
            events.add(new ChoiceEnded(choice.index, reason(choice, word), null));
        }
    }

    /** Where a call was forced, OpenAI says {@code stop} of an answer that is calls only. */
    private static FinishReason reason(Choice choice, String word) {
        FinishReason reason = ChatFinish.reason(word);
        return reason == FinishReason.STOP && !choice.calls.isEmpty()
                ? FinishReason.TOOL_CALLS
                : reason;
    }
}
