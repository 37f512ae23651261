package dev.midstream.client;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Seal;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Puts an answer together from the events that were delivered. Not thread-safe. */
final class AnswerAssembly {

    private static final class Piece {
        final StreamEvent.BlockStarted start;
        final StringBuilder text = new StringBuilder();
        final List<Seal> seals = new ArrayList<>();
        boolean complete;

        Piece(StreamEvent.BlockStarted start) {
            this.start = start;
        }

        Block block() {
            return new Block(
                    start.kind(),
                    start.choice(),
                    text.toString(),
                    start.tool(),
                    start.raw(),
                    seals,
                    complete);
        }
    }

    private final Map<Integer, Piece> pieces = new TreeMap<>();
    private final Map<Integer, FinishReason> reasons = new HashMap<>();
    private StreamEvent.Opened opened = new StreamEvent.Opened("", "", 0);
    private Usage usage = Usage.NONE;

    void add(StreamEvent event) {
        switch (event) {
            case StreamEvent.Opened first -> opened = first;
            case StreamEvent.BlockStarted start -> pieces.put(start.block(), new Piece(start));
            case StreamEvent.Delta delta -> piece(delta.block()).text.append(delta.text());
            case StreamEvent.Signed signed -> piece(signed.block()).seals.add(signed.seal());
            case StreamEvent.BlockEnded end -> piece(end.block()).complete = !end.broken();
            case StreamEvent.ChoiceEnded end -> reasons.put(end.choice(), end.reason());
            case StreamEvent.UsageReported told -> usage = told.usage();
            case StreamEvent.Restarted restarted ->
                    pieces.values().removeIf(piece -> piece.start.kind() == BlockKind.TEXT);
            case StreamEvent.Attached attached -> {}
            case StreamEvent.Terminated terminated -> {}
            case StreamEvent.Pinged pinged -> {}
            case StreamEvent.Malformed malformed -> {}
            case StreamEvent.Failed failed -> {}
        }
    }

    private Piece piece(int block) {
        return Objects.requireNonNull(pieces.get(block));
    }

    /** Forgets everything: nobody has seen it. */
    void reset() {
        pieces.clear();
        reasons.clear();
    }

    Answer answer(CallReport report) {
        return new Answer(
                opened.id(),
                opened.model(),
                opened.created(),
                pieces.values().stream().map(Piece::block).toList(),
                reasons,
                usage,
                report);
    }
}
