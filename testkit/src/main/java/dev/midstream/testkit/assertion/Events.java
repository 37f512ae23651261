package dev.midstream.testkit.assertion;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What Midstream's library handed out: the canonical events of one answer, in their order.
 *
 * <p>Each method fails with the events if it does not hold, and returns these. Immutable.
 */
public final class Events {

    private static final int MOST_SHOWN = 200;

    private final List<StreamEvent> events;
    private final EventGrammar grammar;
    private final Expecting expecting;

    private Events(List<StreamEvent> events) {
        this.events = events;
        this.grammar = EventGrammar.read(events);
        Supplier<String> shown = () -> shown(events);
        this.expecting = new Expecting(shown);
    }

    /** These events. */
    public static Events of(Iterable<? extends StreamEvent> events) {
        List<StreamEvent> all = new ArrayList<>();
        events.forEach(all::add);
        return new Events(List.copyOf(all));
    }

    private static String shown(List<StreamEvent> events) {
        String list =
                events.stream()
                        .limit(MOST_SHOWN)
                        .map(event -> "\n  " + event)
                        .collect(Collectors.joining());
        return events.size() + " events" + list + (events.size() > MOST_SHOWN ? "\n  …" : "");
    }

    /**
     * They follow each other as an answer's do, whole or not: it is opened once and first; blocks
     * are numbered from 0 in the order of their start and touched only while they are open; a
     * choice ends once, with all its blocks closed; usage is told once at most, after the choices;
     * nothing follows the end.
     */
    public Events areInOrder() {
        expecting.that(
                grammar.breaches().isEmpty(),
                "events of one answer: " + String.join("; ", grammar.breaches()));
        return this;
    }

    /**
     * They are one answer from its beginning to its end: {@link #areInOrder()}, every block closed,
     * every choice ended, terminated, without a failure.
     */
    public Events areOneWholeAnswer() {
        areInOrder();
        expecting.that(
                grammar.missing().isEmpty(),
                "one whole answer: " + String.join("; ", grammar.missing()));
        return this;
    }

    /** They are the beginning of an answer: in order, and not terminated. */
    public Events areBrokenOff() {
        areInOrder();
        expecting.that(!grammar.terminated(), "an answer that is broken off");
        return this;
    }

    /** The text of the first choice, over all its blocks, is exactly this. */
    public Events haveText(String expected) {
        expecting.equal("text", expected, text());
        return this;
    }

    /** The reasoning of the first choice, over all its blocks, is exactly this. */
    public Events haveReasoning(String expected) {
        expecting.equal("reasoning", expected, grammar.text(0, BlockKind.REASONING));
        return this;
    }

    /** The tools that are called, in this order, and no others. */
    public Events callTools(String... names) {
        expecting.equal("tool calls", List.of(names), grammar.tools());
        return this;
    }

    /** Every choice ended for this reason. */
    public Events finishWith(FinishReason reason) {
        List<FinishReason> reasons =
                events.stream()
                        .filter(StreamEvent.ChoiceEnded.class::isInstance)
                        .map(event -> ((StreamEvent.ChoiceEnded) event).reason())
                        .distinct()
                        .toList();
        expecting.equal("finish reasons", List.of(reason), reasons);
        return this;
    }

    /** The tokens used are told. */
    public Events tellUsage() {
        expecting.that(
                events.stream().anyMatch(StreamEvent.UsageReported.class::isInstance),
                "events that tell the usage");
        return this;
    }

    /** A failure of this kind is among them. */
    public Events tellFailure(Class<? extends Failure> kind) {
        expecting.that(
                events.stream()
                        .anyMatch(
                                event ->
                                        event instanceof StreamEvent.Failed failed
                                                && kind.isInstance(failed.failure())),
                "events that tell a failure " + kind.getSimpleName());
        return this;
    }

    /** The text of the first choice, over all its blocks. */
    public String text() {
        return grammar.text(0, BlockKind.TEXT);
    }
}
