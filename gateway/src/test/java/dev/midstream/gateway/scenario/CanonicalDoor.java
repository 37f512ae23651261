package dev.midstream.gateway.scenario;

import dev.midstream.client.Answer;
import dev.midstream.client.AnswerStream;
import dev.midstream.client.Block;
import dev.midstream.client.CallOptions;
import dev.midstream.client.Router;
import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import dev.midstream.testkit.assertion.Events;
import dev.midstream.testkit.scenario.Said;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Seen.Call;
import dev.midstream.testkit.scenario.Seen.Tokens;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request in the canonical model. */
record CanonicalDoor(Router router, Request request, CallOptions options)
        implements Door<StreamEvent, Answer> {

    @Override
    public AnswerStream<StreamEvent> stream() {
        return router.stream(request, options);
    }

    @Override
    public Flow.Publisher<StreamEvent> publisher() {
        return router.streamAsync(request, options);
    }

    @Override
    public Answer complete() {
        return router.complete(request, options);
    }

    @Override
    public CompletableFuture<Answer> future() {
        return router.completeAsync(request, options);
    }

    // ------------------------------------------------------------------------------------ answers

    @Override
    public Seen streamed(List<StreamEvent> items) {
        Events.of(items).areOneWholeAnswer();
        Told told = Told.by(items);
        return seen(told.text(), told.blocks(), told.reason(), told.usage());
    }

    @Override
    public Seen whole(Answer answer) {
        return seen(answer.text(), answer.blocks(), answer.finishReason(), answer.usage());
    }

    @Override
    public String begun(List<StreamEvent> items) {
        Events.of(items).areBrokenOff();
        return Told.by(items).text();
    }

    private static Seen seen(
            String text, List<Block> blocks, @Nullable FinishReason reason, Usage usage) {
        List<Call> calls =
                blocks.stream()
                        .filter(block -> block.choice() == 0 && block.tool() != null)
                        .map(b -> new Call(Objects.requireNonNull(b.tool()).name(), b.text()))
                        .toList();
        return new Seen(
                200,
                text,
                reasoning(blocks),
                calls,
                reason == null ? null : word(reason),
                usage.told() ? tokens(usage) : null,
                null);
    }

    /** Blocks stand apart, as paragraphs do. */
    private static String reasoning(List<Block> blocks) {
        return blocks.stream()
                .filter(block -> block.choice() == 0 && block.kind() == BlockKind.REASONING)
                .map(Block::text)
                .collect(Collectors.joining(Said.APART));
    }

    private static Tokens tokens(Usage usage) {
        return new Tokens(usage.input(), usage.output(), (long) usage.input() + usage.output());
    }

    /** In chat's words. */
    private static String word(FinishReason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE -> "stop";
            case LENGTH, CONTEXT_WINDOW -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER, REFUSAL -> "content_filter";
            case PAUSE -> "pause";
        };
    }
}
