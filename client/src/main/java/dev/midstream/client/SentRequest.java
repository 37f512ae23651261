package dev.midstream.client;

import dev.midstream.client.http.Breakage;
import dev.midstream.client.spi.Transport;
import dev.midstream.driver.Exchange;
import dev.midstream.driver.Journal;
import dev.midstream.driver.Loop;
import dev.midstream.driver.UpstreamListener;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that was given to the transport: what that tells, on whatever thread, is told on the
 * loop.
 *
 * <p>It lets go of the call when the request is over: a transport may keep what it told last with
 * an idle connection.
 */
final class SentRequest implements Exchange, Transport.Receiver {

    /** Bytes that wait for a loop that is held up, before no more are read. */
    private static final int MOST_WAITING = 1 << 20;

    private final Loop loop;
    private final UpstreamRequest request;
    private @Nullable UpstreamListener listener;
    private final Unfinished unfinished;
    private final Journal journal;
    private final Runnable aborted = this::abort;
    private volatile Transport.@Nullable Exchange exchange;
    private Loop.@Nullable Alarm limit;
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean wanted = true;

    /** Whether reading was stopped because of what waits, until nothing does. */
    private boolean behind;

    private boolean headSeen;
    private boolean silent;
    private boolean over;

    SentRequest(
            Loop loop,
            UpstreamRequest request,
            UpstreamListener listener,
            Unfinished unfinished,
            Journal journal) {
        this.loop = loop;
        this.request = request;
        this.listener = listener;
        this.unfinished = unfinished;
        this.journal = journal;
    }

    /** Whatever a transport throws, this attempt alone fails by it. */
    void begin(Transport transport) {
        try {
            exchange = Objects.requireNonNull(transport.send(request, this));
            unfinished.add(aborted);
        } catch (Throwable e) {
            failed(e);
        }
    }

    // -------------------------------------------------------------------------- the driver's side

    @Override
    public void cancel() {
        silent = true;
        if (!over) {
            abort();
        }
        end();
    }

    @Override
    public void reading(boolean wanted) {
        this.wanted = wanted;
        if (!over) {
            read(wanted);
        }
    }

    /** On any thread. */
    private void read(boolean on) {
        Transport.Exchange running = exchange;
        if (running != null) {
            guarded(() -> running.reading(on));
        }
    }

    @Override
    public void endWithin(Duration time) {
        silent = true;
        if (over) {
            return;
        }
        if (time.isZero()) {
            cancel();
        } else {
            reading(true);
            limit = loop.after(time.toNanos(), this::cancel);
        }
    }

    /** On any thread. */
    private void abort() {
        Transport.Exchange running = exchange;
        if (running != null) {
            guarded(running::cancel);
        }
    }

    private void guarded(Runnable plugged) {
        try {
            plugged.run();
        } catch (Throwable bug) {
            journal.bug("the transport threw", bug);
        }
    }

    private void end() {
        over = true;
        listener = null;
        unfinished.remove(aborted);
        if (limit != null) {
            limit.cancel();
            limit = null;
        }
    }

    // ----------------------------------------------------------------------- the transport's side

    @Override
    public void head(int status, Function<String, @Nullable String> header) {
        Objects.requireNonNull(header);
        tell(
                by -> {
                    headSeen = true;
                    by.head(status, header);
                });
    }

    @Override
    public void bytes(byte[] bytes) {
        Objects.requireNonNull(bytes);
        boolean much = waiting.addAndGet(bytes.length) > MOST_WAITING;
        if (much) {
            read(false);
        }
        loop.execute(() -> taken(bytes, much));
    }

    private void taken(byte[] bytes, boolean much) {
        int left = waiting.addAndGet(-bytes.length);
        behind |= much;
        UpstreamListener told = listener;
        if (!silent && told != null) {
            told.bytes(bytes, 0, bytes.length);
        }
        if (behind && left == 0 && !over) {
            behind = false;
            read(wanted);
        }
    }

    @Override
    public void complete() {
        loop.execute(() -> ended(null, null));
    }

    @Override
    public void failed(Throwable thrown) {
        Objects.requireNonNull(thrown);
        loop.execute(() -> ended(Breakage.of(thrown, headSeen, request.uri()), thrown));
    }

    private void ended(@Nullable Failure failure, @Nullable Throwable thrown) {
        if (over) {
            return;
        }
        UpstreamListener told = listener;
        end();
        if (!silent && told != null) {
            told.ended(failure, thrown);
        }
    }

    private void tell(Consumer<UpstreamListener> what) {
        loop.execute(
                () -> {
                    UpstreamListener told = listener;
                    if (!silent && told != null) {
                        what.accept(told);
                    }
                });
    }
}
