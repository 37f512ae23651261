package dev.midstream.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;

/**
 * Reads one request body within its limits.
 *
 * <p><b>Shape</b>: exactly one of the reader's methods is told, once, on the loop; none if the
 * client leaves, of which the response hears. What is too large is read on for a moment before that
 * is told, since a client that is still sending may not see an answer.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class BodyReader extends BaseSubscriber<ByteBuf> {

    /** Told what came. */
    interface Reader {
        void body(byte[] bytes);

        void tooLarge();

        void tooSlow();
    }

    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final byte[] NOTHING = {};

    private final EventLoop loop;
    private final Limits limits;
    private final Reader reader;
    private byte[] bytes = NOTHING;
    private int size;
    private @Nullable Future<?> stall;
    private @Nullable Future<?> total;
    private boolean progress;
    private boolean draining;
    private boolean over;

    BodyReader(EventLoop loop, Limits limits, Reader reader) {
        this.loop = loop;
        this.limits = limits;
        this.reader = reader;
        this.total = after(limits.bodyTotal(), this::slow);
        this.stall = after(limits.bodyStall(), this::lookForProgress);
    }

    /** Keeps nothing more: the body is too large, told at its end or after a moment. */
    void drain() {
        draining = true;
        forget();
        clearTimers();
        total = after(DRAIN, this::large);
    }

    @Override
    protected void hookOnNext(ByteBuf piece) {
        progress = true;
        int length = piece.readableBytes();
        if (over || draining || length == 0) {
            return;
        }
        if (size + (long) length > limits.maxBodyBytes()) {
            drain();
            return;
        }
        makeRoom(length);
        piece.getBytes(piece.readerIndex(), bytes, size, length);
        size += length;
    }

    /** Most bodies come in one piece, which is then the whole of it. */
    private void makeRoom(int length) {
        long needed = size + (long) length;
        if (needed > bytes.length) {
            long larger = size == 0 ? needed : Math.max(needed, 2L * size);
            bytes = Arrays.copyOf(bytes, (int) Math.min(larger, limits.maxBodyBytes()));
        }
    }

    private void forget() {
        bytes = NOTHING;
        size = 0;
    }

    @Override
    protected void hookOnComplete() {
        if (draining) {
            large();
        } else if (finished()) {
            byte[] body = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
            forget();
            reader.body(body);
        }
    }

    /** The connection broke or what came was not HTTP: the server has dealt with it. */
    @Override
    protected void hookOnError(Throwable broken) {
        finished();
    }

    @Override
    protected void hookOnCancel() {
        finished();
    }

    private void lookForProgress() {
        if (over) {
            return;
        }
        if (!progress) {
            slow();
            return;
        }
        progress = false;
        stall = after(limits.bodyStall(), this::lookForProgress);
    }

    private void slow() {
        if (finished()) {
            reader.tooSlow();
        }
    }

    private void large() {
        if (finished()) {
            reader.tooLarge();
        }
    }

    /** Whether this is the first end. */
    private boolean finished() {
        boolean first = !over;
        over = true;
        clearTimers();
        return first;
    }

    private void clearTimers() {
        cancel(stall);
        cancel(total);
        stall = null;
        total = null;
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private Future<?> after(Duration time, Runnable task) {
        return loop.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
