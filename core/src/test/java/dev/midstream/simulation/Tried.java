package dev.midstream.simulation;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.StreamEvent;
import dev.midstream.relay.Step;
import dev.midstream.simulation.Utterance.Joins;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One attempt as the judge sees it: what was asked, and what the engine has been given of the
 * answer.
 */
final class Tried {

    /** Whether the arguments of a tool call have to be held, or have to go out as they come. */
    enum Holding {
        DUE,
        FORBIDDEN,
        OPEN
    }

    final Step.Start start;
    final SimDeployment deployment;
    final Mishap mishap;
    final Utterance said;
    final long startedAt;

    /** The client's text when it was asked. */
    final String delivered;

    /** The latest sign of life that may count, and the latest that must. */
    long heardAt;

    long progressAt;
    long firstTextAt = Long.MIN_VALUE;
    boolean content;
    boolean textReleased;
    boolean cancelled;
    boolean ended;
    boolean terminated;
    boolean usageGiven;
    @Nullable Failure failure;
    Holding holding = Holding.OPEN;
    int charactersGiven;
    int choicesEnded;
    int callTextGiven;

    private final StringBuilder givenNow = new StringBuilder();
    private final Map<Integer, StringBuilder> calls = new TreeMap<>();
    private final Map<Integer, BlockKind> kinds = new TreeMap<>();
    private @Nullable BlockKind lastKind;
    private int callTextNow;
    private boolean callStarted;
    private boolean reasoningEnded;

    Tried(
            Step.Start start,
            SimDeployment deployment,
            Mishap mishap,
            Utterance said,
            String delivered,
            long now) {
        this.start = start;
        this.deployment = deployment;
        this.mishap = mishap;
        this.said = said;
        this.delivered = delivered;
        this.startedAt = now;
        this.heardAt = now;
        this.progressAt = now;
    }

    boolean at(SimDeployment other) {
        return deployment.id().equals(other.id());
    }

    Method method() {
        return start.draft().method();
    }

    /** Whether its request is still out. */
    boolean runs() {
        return !cancelled && !ended && !terminated;
    }

    /** Whether its upstream has said anything of the answer, be it that it is over. */
    boolean heard() {
        return content || choicesEnded > 0 || !kinds.isEmpty();
    }

    boolean joinsSurely() {
        return said.joins() == Joins.SURELY;
    }

    boolean asksAnew() {
        return method() == Method.ORIGINAL;
    }

    /** Whether what it says goes straight to the client. */
    boolean direct() {
        return asksAnew() || textReleased;
    }

    void newInput() {
        givenNow.setLength(0);
        callTextNow = 0;
        callStarted = false;
    }

    void given(List<StreamEvent> events, long now) {
        for (StreamEvent event : events) {
            boolean alive =
                    !(event instanceof StreamEvent.Pinged
                            || event instanceof StreamEvent.Malformed);
            heardAt = alive ? now : heardAt;
            given(event, now);
        }
    }

    private void given(StreamEvent event, long now) {
        switch (event) {
            case StreamEvent.BlockStarted start -> start(start);
            case StreamEvent.Delta delta -> text(delta, now);
            case StreamEvent.ChoiceEnded end -> choicesEnded++;
            case StreamEvent.UsageReported usage -> usageGiven = true;
            case StreamEvent.Terminated terminal -> terminated = true;
            case StreamEvent.Failed failed -> failure = failed.failure();
            case StreamEvent.Opened o -> {}
            case StreamEvent.Signed s -> {}
            case StreamEvent.Attached a -> {}
            case StreamEvent.BlockEnded e -> reasoningEnded |= inReasoning();
            case StreamEvent.Restarted r -> {}
            case StreamEvent.Pinged p -> {}
            case StreamEvent.Malformed m -> {}
        }
    }

    private void start(StreamEvent.BlockStarted start) {
        kinds.put(start.block(), start.kind());
        lastKind = start.kind();
        reasoningEnded = false;
        content |= start.kind() == BlockKind.OPAQUE;
        if (start.kind() == BlockKind.TOOL_CALL) {
            calls.put(start.block(), new StringBuilder());
            content = true;
            callStarted = true;
        }
    }

    private void text(StreamEvent.Delta delta, long now) {
        content = true;
        progressAt = now;
        BlockKind kind = kinds.get(delta.block());
        if (kind == BlockKind.TOOL_CALL) {
            calls.get(delta.block()).append(delta.text());
            callTextGiven += delta.text().length();
            callTextNow += delta.text().length();
            return;
        }
        charactersGiven += delta.text().length();
        if (kind == BlockKind.TEXT && firstTextAt == Long.MIN_VALUE) {
            firstTextAt = now;
        }
        if (kind == BlockKind.TEXT || asksAnew()) {
            givenNow.append(delta.text());
        }
    }

    /** Whether the last block is reasoning or run by the provider, open or not. */
    boolean inReasoning() {
        return lastKind == BlockKind.REASONING || lastKind == BlockKind.OPAQUE;
    }

    boolean surelyInReasoning() {
        return inReasoning() && !reasoningEnded;
    }

    boolean callStarted() {
        return callStarted;
    }

    CharSequence givenNow() {
        return givenNow;
    }

    int callTextNow() {
        return callTextNow;
    }

    /** How many tool calls it has made whole, those behind one that is not left out. */
    long wholeCalls() {
        return calls.values().stream()
                .takeWhile(
                        given ->
                                said.pieces().stream()
                                        .anyMatch(
                                                p ->
                                                        p.kind() == BlockKind.TOOL_CALL
                                                                && p.text().contentEquals(given)))
                .count();
    }

    boolean complete(int choices) {
        return choicesEnded >= choices;
    }

    @Override
    public String toString() {
        return "attempt %d of %s by %s (%s, %s): %s"
                .formatted(
                        start.attempt(),
                        deployment.id(),
                        method(),
                        deployment.manner(),
                        mishap,
                        failure == null ? "no failure" : failure);
    }
}
