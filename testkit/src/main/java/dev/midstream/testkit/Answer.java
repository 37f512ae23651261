package dev.midstream.testkit;

import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.Ending;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.HttpError;
import dev.midstream.testkit.Step.Opener;
import dev.midstream.testkit.Step.Rejected;
import dev.midstream.testkit.Step.Sent;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.Usage;
import java.time.Duration;
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
public record Answer(List<Step> steps, Delivery delivery, @Nullable Breaking breaking)
        implements Responder, Breakable<Answer> {

    /**
     * A break at a measured place. A stream shorter than that does not break.
     *
     * @param unit what is counted
     * @param after how much of it is still sent
     */
    public record Breaking(Unit unit, long after, Ending ending) {
        public Breaking {
            if (ending instanceof Rejected) {
                throw new IllegalArgumentException("not inside an event: " + ending);
            }
        }
    }

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

    /** A healthy answer of this text, a word a token. */
    public static Answer saying(String text) {
        return text(Tokeniser.words().tokens(text).toArray(String[]::new));
    }

    /** The end of a healthy answer: finish reason, usage, terminal event. */
    public static List<Step> completion(String reason, Usage usage) {
        return List.of(new Finish(reason), usage, new Done());
    }

    /** An HTTP error of this name, in the status and words of the dialect. */
    public static Answer rejected(Rejection error) {
        return of(new Rejected(error));
    }

    /** Status 503, in Messages 529: the provider has too much to do. */
    public static Answer overloaded() {
        return rejected(Rejection.OVERLOADED);
    }

    /**
     * Status 429.
     *
     * @param retryAfter what {@code Retry-After} says, in whole seconds
     */
    public static Answer rateLimited(Duration retryAfter) {
        String seconds = Long.toString(retryAfter.toSeconds());
        return of(new Rejected(Rejection.RATE_LIMITED, Map.of("retry-after", seconds)));
    }

    /** A connection that is reset before the response begins. */
    public static Answer reset() {
        return of(new Step.Cut());
    }

    /** No response at all: the connection stays open until the client leaves. */
    public static Answer silence() {
        return of(new Step.Stall());
    }

    /** A web page with status 200, as proxies on the way send it. */
    public static Answer webPage() {
        String page = "<!doctype html><title>Sign in</title><p>Sign in to this network.";
        return of(new Step.Status(200, Map.of("content-type", "text/html"), page));
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

    @Override
    public Answer answer(RecordedRequest request) {
        return this;
    }

    /** This answer with every error as that dialect has it. */
    Answer in(Dialect dialect) {
        if (steps.isEmpty() || !(steps.getLast() instanceof Rejected(var error, var headers))) {
            return this;
        }
        boolean begun = steps.stream().anyMatch(s -> s instanceof Sent || s instanceof Opener);
        List<Step> told = new ArrayList<>(steps.subList(0, steps.size() - 1));
        told.add(begun ? error.inBand(dialect) : error.asStatus(dialect, headers));
        return new Answer(told, delivery, breaking);
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

    // ------------------------------------------------------------------------------- tokens

    @Override
    public Answer breakingAfter(int tokens, Step... fault) {
        List<Step> kept = tokens == 0 ? new ArrayList<>() : beginning(tokens);
        kept.addAll(List.of(fault));
        return new Answer(kept, delivery, breaking);
    }

    /** The steps before that token, or before the end. */
    private List<Step> beginning(int tokens) {
        List<Step> kept = new ArrayList<>();
        int left = tokens;
        for (Step step : steps) {
            int size = tokens(step);
            if (step instanceof Finish || step instanceof Done || step instanceof Ending) {
                return kept;
            }
            if (size > left) {
                if (left > 0 && step instanceof Step.ToolCall call) {
                    kept.add(call.beginning(left - 1));
                }
                return kept;
            }
            left -= size;
            kept.add(step);
        }
        return kept;
    }

    private static int tokens(Step step) {
        return switch (step) {
            case Step.ToolCall call -> 1 + call.fragments().size();
            case Text ignored -> 1;
            case Step.Reasoning ignored -> 1;
            case Step.Refusal ignored -> 1;
            case Step ignored -> 0;
        };
    }

    @Override
    public Answer slowedBy(Duration perToken) {
        List<Step> slow = new ArrayList<>();
        for (Step step : steps) {
            if (tokens(step) > 0) {
                slow.add(new Step.Pause(perToken));
            }
            slow.add(step);
        }
        return new Answer(slow, delivery, breaking);
    }
}
