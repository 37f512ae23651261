package dev.midstream.driver;

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

    private final Loop loop;
    private final LongSupplier ticker;
    private final LongConsumer rings;
    private Loop.@Nullable Alarm armed;
    private long armedFor;
    private long wish;

    /**
     * @param rings told the time when the wished one has come
     */
    AlarmClock(Loop loop, LongSupplier ticker, LongConsumer rings) {
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
        Loop.Alarm running = armed;
        armed = null;
        if (running != null) {
            running.cancel();
        }
    }

    private void arm() {
        stop();
        armedFor = wish;
        long delay = Math.max(0, wish - ticker.getAsLong());
        armed = loop.after(delay, this::fired);
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
