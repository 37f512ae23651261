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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One call's loop: whoever hands something in carries it out, and whatever others hand in
 * meanwhile. No thread is parked for a call that waits.
 *
 * <p>Timers are handed over to {@code carriers}: the clock's one thread carries nothing out.
 *
 * <p><b>Thread-safety</b>: as {@link Loop} says.
 */
final class SerialLoop implements Loop {

    private final Transport transport;
    private final Clock clock;
    private final Carriers carriers;
    private final Unfinished unfinished;
    private final Journal journal;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Thread carrier;

    SerialLoop(
            Transport transport,
            Clock clock,
            Carriers carriers,
            Unfinished unfinished,
            Journal journal) {
        this.transport = transport;
        this.clock = clock;
        this.carriers = carriers;
        this.unfinished = unfinished;
        this.journal = journal;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            carriers.carry(this::carryOut);
        }
    }

    private void carryOut() {
        do {
            Runnable next = tasks.remove();
            carrier = Thread.currentThread();
            carryOut(next);
            carrier = null;
        } while (waiting.decrementAndGet() != 0);
    }

    /** Whatever a task throws: the loop goes on. */
    private void carryOut(Runnable task) {
        try {
            task.run();
        } catch (Throwable bug) {
            journal.bug("a call's task failed", bug);
        }
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread().equals(carrier);
    }

    @Override
    public Alarm after(long nanos, Runnable task) {
        Due due = new Due(task);
        due.timer = clock.after(nanos, () -> carriers.execute(() -> execute(due)));
        unfinished.add(due.calledOff);
        return due;
    }

    @Override
    public Exchange send(UpstreamRequest request, UpstreamListener listener) {
        SentRequest sent = new SentRequest(this, request, listener, unfinished, journal);
        sent.begin(transport);
        return sent;
    }

    /** A task that is due later; called off, it is not run even if its time had come already. */
    private final class Due implements Runnable, Alarm {

        private final Runnable task;
        private final Runnable calledOff = this::stop;
        private volatile Clock.@Nullable Timer timer;
        private boolean over;

        Due(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!over) {
                over = true;
                unfinished.remove(calledOff);
                task.run();
            }
        }

        @Override
        public void cancel() {
            if (!over) {
                over = true;
                unfinished.remove(calledOff);
                stop();
            }
        }

        private void stop() {
            Clock.Timer running = timer;
            if (running != null) {
                running.cancel();
            }
        }
    }
}
