package dev.midstream.client;

import dev.midstream.client.http.Breakage;
import dev.midstream.client.spi.Provider;
import dev.midstream.driver.Attempt;
import dev.midstream.driver.Journal;
import dev.midstream.driver.Loop;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import dev.midstream.relay.Step;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a provider that was plugged in: what it says is checked as what comes over the wire
 * is. Confined to the call's loop.
 */
final class ProvidedAttempt implements Attempt, Provider.Answering {

    /** Events that wait for a loop that is held up, before no more are wanted. */
    private static final int MOST_WAITING = 1_024;

    private final Provider provider;
    private final Step.Start start;
    private final Loop loop;
    private final Journal journal;
    private final Listener listener;
    private final ProvidedOrder order;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Provider.Exchange exchange = () -> {};

    /** Whether the provider was stopped because of what waits, until nothing does. */
    private boolean behind;

    private boolean wanted = true;
    private boolean answering;
    private boolean over;

    ProvidedAttempt(
            Provider provider, Step.Start start, Loop loop, Journal journal, Listener listener) {
        this.provider = provider;
        this.start = start;
        this.loop = loop;
        this.journal = journal;
        this.listener = listener;
        this.order = new ProvidedOrder(start.draft().request().choices());
    }

    // -------------------------------------------------------------------------- the driver's side

    @Override
    public int number() {
        return start.attempt();
    }

    @Override
    public void begin() {
        try {
            exchange =
                    Objects.requireNonNull(
                            provider.answer(start.draft(), start.face().target(), this));
            if (!wanted) {
                exchange.reading(false);
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            stop();
        }
    }

    private void stop() {
        guarded(exchange::cancel);
    }

    /** There is no connection to be used again. */
    @Override
    public void letEnd() {
        cancel();
    }

    @Override
    public void reading(boolean now) {
        wanted = now;
        if (!over) {
            read(now);
        }
    }

    /** On any thread. */
    private void read(boolean now) {
        Provider.Exchange running = exchange;
        guarded(() -> running.reading(now));
    }

    private void guarded(Runnable word) {
        try {
            word.run();
        } catch (Throwable bug) {
            journal.bug("the provider of " + start.deployment().id() + " threw", bug);
        }
    }

    // ------------------------------------------------------------------------ the provider's side

    @Override
    public void event(StreamEvent event) {
        boolean many = waiting.incrementAndGet() > MOST_WAITING;
        if (many) {
            read(false);
        }
        loop.execute(() -> taken(event, many));
    }

    private void taken(@Nullable StreamEvent event, boolean many) {
        int left = waiting.decrementAndGet();
        behind |= many;
        told(event);
        if (behind && left == 0 && !over) {
            behind = false;
            read(wanted);
        }
    }

    private void told(@Nullable StreamEvent event) {
        if (over) {
            return;
        }
        String objection = order.objection(event);
        if (event == null || objection != null) {
            stop();
            ended(new Failure.Garbled("The provider told no valid answer: " + objection), null);
            return;
        }
        if (!answering) {
            answering = true;
            listener.answering(number(), null);
        }
        listener.frame(number(), Frame.synthetic(List.of(event)));
    }

    @Override
    public void complete() {
        loop.execute(() -> ended(null, null));
    }

    @Override
    public void failed(Failure failure) {
        Objects.requireNonNull(failure);
        loop.execute(() -> ended(failure, null));
    }

    @Override
    public void failed(Throwable thrown) {
        Objects.requireNonNull(thrown);
        loop.execute(
                () ->
                        ended(
                                Breakage.of(thrown, answering, start.face().endpoint().plain()),
                                thrown));
    }

    private void ended(@Nullable Failure failure, @Nullable Throwable thrown) {
        if (!over) {
            over = true;
            listener.ended(number(), failure, thrown);
        }
    }
}
