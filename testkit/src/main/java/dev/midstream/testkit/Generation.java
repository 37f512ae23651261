package dev.midstream.testkit;

import dev.midstream.testkit.Step.AwaitRelease;
import dev.midstream.testkit.Step.CleanEnd;
import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.Drop;
import dev.midstream.testkit.Step.Ending;
import dev.midstream.testkit.Step.Event;
import dev.midstream.testkit.Step.Opener;
import dev.midstream.testkit.Step.Pause;
import dev.midstream.testkit.Step.Stall;
import dev.midstream.testkit.Step.Torn;
import dev.midstream.testkit.Step.Wait;
import dev.midstream.testkit.Step.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer in the background: it goes on by itself, whoever listens, and is kept event by event.
 *
 * <p>Its events are for every connection, and so are its waits. What happens to the transport (a
 * drop, an ending, a tear, a comment) happens once, to the oldest connection that is not over.
 *
 * <p>Thread-safe.
 */
final class Generation {

    /** Where an event stands that has no number: after all that have one. */
    private static final int UNNUMBERED = Integer.MAX_VALUE;

    private static final class Entry {
        final int sequence;
        final @Nullable Event event;
        private @Nullable Step once;

        Entry(int sequence, @Nullable Event event, @Nullable Step once) {
            this.sequence = sequence;
            this.event = event;
            this.once = once;
        }

        /** What a connection that gets here is to do; null for nothing. */
        @Nullable Step take(int after, boolean oldest) {
            if (once instanceof Wait) {
                return once;
            }
            Step first = oldest ? once : null;
            once = first == null ? once : null;
            return first == null && sequence > after ? event : first;
        }
    }

    private final ResponsesEncoder encoder;
    private final List<Step> steps;
    private final List<Entry> log = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private CompletableFuture<Void> changed = new CompletableFuture<>();
    private @Nullable Gate waitingAt;
    private int sequence;
    private boolean over;
    private volatile @Nullable RuntimeException unplayable;

    Generation(ResponsesEncoder encoder, List<Step> steps) {
        this.encoder = encoder;
        this.steps = steps;
    }

    void start() {
        Thread.ofVirtual().name("generation").start(this::run);
    }

    /** The response as it is now. */
    synchronized ObjectNode response() {
        return encoder.soFar();
    }

    /** Whether it came to an end of its own, or was cancelled. */
    synchronized boolean isFinished() {
        return encoder.whole() != null;
    }

    /** Ends it where it is, if it is not through. */
    synchronized void cancel() {
        if (encoder.whole() == null) {
            encoder.cancel();
        }
        stop();
    }

    /** Ends it without a word. */
    synchronized void stop() {
        over = true;
        stopped.complete(null);
        change();
    }

    // ------------------------------------------------------------------------------- generating

    private void run() {
        try {
            for (Step step : steps) {
                if (step instanceof Wait wait) {
                    await(wait);
                } else {
                    take(step);
                }
            }
        } catch (RuntimeException e) {
            unplayable = e;
        }
        synchronized (this) {
            over = true;
            change();
        }
    }

    private synchronized void take(Step step) {
        if (over) {
            return;
        }
        switch (step) {
            case Content content -> encode(content, null);
            case Torn(Content of, Step.Tear where) -> encode(of, where);
            case Wire wire -> log.add(new Entry(0, null, wire));
            case Opener opener -> log.add(new Entry(0, null, opener));
            case Drop(Ending how) -> log.add(new Entry(0, null, how));
            case Ending ending -> log.add(new Entry(0, null, ending));
            case Wait ignored -> throw new IllegalArgumentException("waits by itself: " + step);
        }
        change();
    }

    private void encode(Content content, Step.@Nullable Tear tear) {
        List<Wire> wires = encoder.encode(content);
        for (int i = 0; i < wires.size(); i++) {
            Event event = (Event) wires.get(i);
            boolean last = i == wires.size() - 1;
            Torn torn = tear != null && last ? new Torn(event, tear) : null;
            log.add(new Entry(event.name() == null ? UNNUMBERED : sequence++, event, torn));
        }
    }

    private void change() {
        changed.complete(null);
        changed = new CompletableFuture<>();
    }

    private void await(Wait wait) {
        try {
            switch (wait) {
                case Pause(var time) -> stopped.get(time.toNanos(), TimeUnit.NANOSECONDS);
                case AwaitRelease(Gate gate) -> CompletableFuture.anyOf(at(gate), stopped).get();
            }
        } catch (TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The gate is reached when a listener is there, or nobody listens. */
    private synchronized CompletableFuture<Void> at(Gate gate) {
        waitingAt = gate;
        log.add(new Entry(0, null, new AwaitRelease(gate)));
        change();
        arriveIfAlone();
        return gate.opened();
    }

    private void arriveIfAlone() {
        if (waitingAt != null && listeners.isEmpty()) {
            waitingAt.arrive();
        }
    }

    // -------------------------------------------------------------------------------- listening

    /** The events after this number, as they come; what happens on the way is its own. */
    synchronized Script after(int number) {
        Listener listener = new Listener(number);
        listeners.add(listener);
        return listener;
    }

    private synchronized @Nullable Step next(Listener listener) {
        while (listener.position < log.size()) {
            boolean oldest = !listeners.isEmpty() && listeners.getFirst() == listener;
            Step step = log.get(listener.position++).take(listener.after, oldest);
            if (step instanceof Ending) {
                left(listener);
            }
            if (step != null) {
                return step;
            }
        }
        if (!over) {
            return null;
        }
        if (unplayable != null) {
            throw new IllegalStateException("a script that cannot be played", unplayable);
        }
        return isFinished() ? new CleanEnd() : new Stall();
    }

    private synchronized CompletableFuture<?> due(Listener listener) {
        return over || listener.position < log.size()
                ? CompletableFuture.completedFuture(null)
                : changed;
    }

    private synchronized void left(Listener listener) {
        listeners.remove(listener);
        arriveIfAlone();
    }

    private final class Listener implements Script {

        private final int after;
        private int position;

        Listener(int after) {
            this.after = after;
        }

        @Override
        public @Nullable Step next() {
            return Generation.this.next(this);
        }

        @Override
        public CompletableFuture<?> due() {
            return Generation.this.due(this);
        }

        @Override
        public void leave() {
            left(this);
        }
    }
}
