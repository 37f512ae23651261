package dev.midstream.gateway.driver;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of a request. Moving it to a later time costs nothing: it rings at the earlier time
 * for nobody and is set anew then.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class AlarmClock {

    private final EventLoop loop;
    private final LongSupplier ticker;
    private final LongConsumer rings;
    private @Nullable Future<?> armed;
    private long armedFor;
    private long wish;

    /**
     * @param rings told the time when the wished one has come
     */
    AlarmClock(EventLoop loop, LongSupplier ticker, LongConsumer rings) {
        this.loop = loop;
        this.ticker = ticker;
        this.rings = rings;
    }

    void setTo(long nanos) {
        wish = nanos;
        if (armed == null || nanos - armedFor < 0) {
            arm();
        }
    }

    void stop() {
        Future<?> running = armed;
        armed = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void arm() {
        stop();
        armedFor = wish;
        long delay = Math.max(0, wish - ticker.getAsLong());
        armed = loop.schedule(this::fired, delay, TimeUnit.NANOSECONDS);
    }

    private void fired() {
        armed = null;
        long now = ticker.getAsLong();
        if (now - wish < 0) {
            arm();
        } else {
            rings.accept(now);
        }
    }
}
