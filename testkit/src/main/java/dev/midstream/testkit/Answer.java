package dev.midstream.testkit;

import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.Ending;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.HttpError;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a provider does with one request: a script, the way its bytes travel, and perhaps a place
 * where it breaks.
 *
 * <p><b>Shape.</b> A request that asks for a stream gets the script as events; any other gets the
 * same script as one JSON document, sent when the script is through. Faults count for both: a
 * {@link Step.Cut} resets the connection before the document is sent.
 *
 * <p>Immutable.
 *
 * @param breaking where a stream breaks, whatever step is being played; null for nowhere
 */
public record Answer(List<Step> steps, Delivery delivery, @Nullable Breaking breaking) {

    /**
     * A break at a measured place. A stream shorter than that does not break.
     *
     * @param unit what is counted
     * @param after how much of it is still sent
     */
    public record Breaking(Unit unit, long after, Ending ending) {}

    /** What a {@link Breaking} counts. */
    public enum Unit {
        /** Events and comments, as {@link ExchangeEnd#events()} counts them. */
        EVENTS,
        /** Bytes of the event stream, before framing. */
        BYTES
    }

    public Answer {
        steps = List.copyOf(steps);
        for (Step step : steps.subList(0, Math.max(0, steps.size() - 1))) {
            if (step instanceof Ending) {
                throw new IllegalArgumentException("nothing may follow " + step + " in " + steps);
            }
        }
        Objects.requireNonNull(delivery);
    }

    /** An answer of these steps, delivered as usual. */
    public static Answer of(Step... steps) {
        return of(List.of(steps));
    }

    /** An answer of these steps, delivered as usual. */
    public static Answer of(List<? extends Step> steps) {
        return new Answer(List.copyOf(steps), Delivery.USUAL, null);
    }

    /**
     * A healthy answer of these deltas: text, finish reason {@code stop}, usage, terminal event.
     */
    public static Answer text(String... deltas) {
        List<Step> steps = new ArrayList<>();
        Arrays.stream(deltas).map(Text::new).forEach(steps::add);
        steps.addAll(completion("stop", new Usage(9, deltas.length)));
        return of(steps);
    }

    /** The end of a healthy answer: finish reason, usage, terminal event. */
    public static List<Step> completion(String reason, Usage usage) {
        return List.of(new Finish(reason), usage, new Done());
    }

    /** An HTTP error in the dialect's envelope. */
    public static Answer error(int status, String type, String message) {
        return of(new HttpError(status, type, message));
    }

    /** An HTTP error in the dialect's envelope, with a code and headers such as Retry-After. */
    public static Answer error(
            int status,
            String type,
            String message,
            @Nullable String code,
            Map<String, String> headers) {
        return of(new HttpError(status, type, message, code, headers));
    }

    List<Step.Content> content() {
        return steps.stream()
                .filter(Step.Content.class::isInstance)
                .map(Step.Content.class::cast)
                .toList();
    }

    /** This answer with further steps. */
    public Answer then(Step... more) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(List.of(more));
        return new Answer(all, delivery, breaking);
    }

    /** This answer with its bytes travelling another way. */
    public Answer delivered(Delivery other) {
        return new Answer(steps, other, breaking);
    }

    /** This answer in another framing. */
    public Answer framed(Delivery.Framing framing) {
        return delivered(
                new Delivery(
                        framing, delivery.lineEnd(), delivery.spreadData(), delivery.writes()));
    }

    /** This answer with other line ends. */
    public Answer ended(Delivery.LineEnd lineEnd) {
        return delivered(
                new Delivery(
                        delivery.framing(), lineEnd, delivery.spreadData(), delivery.writes()));
    }

    /** This answer with other splits. */
    public Answer written(Delivery.Writes writes) {
        return delivered(
                new Delivery(
                        delivery.framing(), delivery.lineEnd(), delivery.spreadData(), writes));
    }

    /** This answer with each JSON datum spread over two lines. */
    public Answer spread() {
        return delivered(
                new Delivery(delivery.framing(), delivery.lineEnd(), true, delivery.writes()));
    }

    /** This answer, broken after so many events and comments. */
    public Answer brokenAfterEvents(long events, Ending ending) {
        return new Answer(steps, delivery, new Breaking(Unit.EVENTS, events, ending));
    }

    /** This answer, broken after so many bytes of the event stream. */
    public Answer brokenAfterBytes(long bytes, Ending ending) {
        return new Answer(steps, delivery, new Breaking(Unit.BYTES, bytes, ending));
    }
}
