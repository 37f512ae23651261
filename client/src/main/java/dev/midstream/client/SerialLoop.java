package dev.midstream.client;

import dev.midstream.client.spi.Clock;
import dev.midstream.client.spi.Transport;
import dev.midstream.driver.Exchange;
import dev.midstream.driver.Journal;
import dev.midstream.driver.Loop;
import dev.midstream.driver.UpstreamListener;
import dev.midstream.driver.UpstreamRequest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One call's loop: whoever hands something in carries it out, and whatever others hand in
 * meanwhile. No thread is parked for a call that waits.
 *
 * <p>Timers are handed over to {@code executor}: the clock's one thread carries nothing out.
 *
 * <p><b>Thread-safety</b>: as {@link Loop} says.
 */
final class SerialLoop implements Loop {

    private final Transport transport;
    private final Clock clock;
    private final Executor executor;
    private final Journal journal;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Thread carrier;

    SerialLoop(Transport transport, Clock clock, Executor executor, Journal journal) {
        this.transport = transport;
        this.clock = clock;
        this.executor = executor;
        this.journal = journal;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            carryOut();
        }
    }

    private void carryOut() {
        do {
            Runnable next = tasks.remove();
            carrier = Thread.currentThread();
            try {
                next.run();
            } catch (RuntimeException | Error bug) {
                journal.bug("a call's task failed", bug);
            }
            carrier = null;
        } while (waiting.decrementAndGet() != 0);
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread().equals(carrier);
    }

    @Override
    public Alarm after(long nanos, Runnable task) {
        Clock.Timer timer = clock.after(nanos, () -> executor.execute(() -> execute(task)));
        return timer::cancel;
    }

    @Override
    public Exchange send(UpstreamRequest request, UpstreamListener listener) {
        SentRequest sent = new SentRequest(this, request, listener);
        sent.begin(transport);
        return sent;
    }
}
