package dev.midstream.client;

import dev.midstream.driver.Client;
import dev.midstream.driver.Journal;
import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands an answer's items to a subscriber, no more than it has asked for. What it does not ask for
 * is not read from the upstream either, beyond a bound.
 *
 * <p>The call is made when the subscriber first asks for something.
 *
 * <p><b>Thread-safety</b>: {@code request} and {@code cancel} may come on any thread; everything
 * else is confined to the call's loop.
 */
final class Subscription<T> implements Receiver<T>, Flow.Subscription {

    private static final int FULL = 256;

    private final Flow.Subscriber<? super T> subscriber;
    private final SerialLoop loop;
    private final Journal journal;
    private final Function<Receiver<T>, Call> make;
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private Client.@Nullable Writability writability;
    private @Nullable Call call;
    private @Nullable Throwable failure;
    private long wanted;
    private boolean full;
    private boolean begun;
    private boolean ended;
    private boolean over;
    private boolean handing;

    /** Nothing is handed over any more, even where the loop has not come to it yet. */
    private volatile boolean cancelled;

    /**
     * @param make makes the call, not begun; throws {@link MidstreamException} if it cannot be made
     */
    Subscription(
            Flow.Subscriber<? super T> subscriber,
            SerialLoop loop,
            Journal journal,
            Function<Receiver<T>, Call> make) {
        this.subscriber = subscriber;
        this.loop = loop;
        this.journal = journal;
        this.make = make;
    }

    void begin() {
        loop.execute(() -> subscriber.onSubscribe(this));
    }

    // ---------------------------------------------------------------------- the subscriber's side

    @Override
    public void request(long n) {
        loop.execute(() -> want(n));
    }

    private void want(long n) {
        if (!hears()) {
            return;
        }
        if (n <= 0) {
            over = true;
            waiting.clear();
            cancelCall();
            Throwable why =
                    new IllegalArgumentException("requested " + n + " items, expected 1 or more");
            tellEnd(() -> subscriber.onError(why));
            return;
        }
        wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
        if (begun) {
            handOver();
        } else {
            begun = true;
            makeCall();
        }
    }

    private void makeCall() {
        try {
            Call made = make.apply(this);
            call = made;
            made.begin();
        } catch (RuntimeException e) {
            failedBy(e);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        loop.execute(
                () -> {
                    over = true;
                    waiting.clear();
                    cancelCall();
                });
    }

    private void cancelCall() {
        if (call != null) {
            call.cancel();
        }
    }

    // ----------------------------------------------------------------------------- the call's side

    @Override
    public void open(Client.Writability told) {
        writability = told;
    }

    @Override
    public void next(T item) {
        if (!hears()) {
            return;
        }
        waiting.add(item);
        handOver();
        if (!full && waiting.size() >= FULL) {
            full = true;
            tell();
        }
    }

    @Override
    public void complete(Answer answer) {
        ended = true;
        handOver();
    }

    @Override
    public void failed(MidstreamException why) {
        failedBy(why);
    }

    private void failedBy(RuntimeException why) {
        ended = true;
        failure = why;
        handOver();
    }

    /** A subscriber that asks for more from within is heard when the one before is through. */
    private void handOver() {
        if (handing) {
            return;
        }
        handing = true;
        while (hears() && wanted > 0 && !waiting.isEmpty()) {
            wanted -= wanted == Long.MAX_VALUE ? 0 : 1;
            give(waiting.remove());
        }
        handing = false;
        if (hears() && full && waiting.size() <= FULL / 2) {
            full = false;
            tell();
        }
        if (hears() && ended && waiting.isEmpty()) {
            end();
        }
    }

    private boolean hears() {
        return !over && !cancelled;
    }

    /** A subscriber that throws has broken its contract: it hears nothing any more. */
    private void give(T item) {
        try {
            subscriber.onNext(item);
        } catch (Throwable broken) {
            over = true;
            waiting.clear();
            cancelCall();
            journal.bug("a subscriber threw", broken);
        }
    }

    private void end() {
        over = true;
        Throwable why = failure;
        tellEnd(why == null ? subscriber::onComplete : () -> subscriber.onError(why));
    }

    /** The call has ended, whatever the subscriber makes of that. */
    private void tellEnd(Runnable told) {
        try {
            told.run();
        } catch (Throwable broken) {
            journal.bug("a subscriber threw", broken);
        }
    }

    private void tell() {
        Client.Writability told = writability;
        if (told != null) {
            loop.execute(() -> told.writable(!full));
        }
    }
}
