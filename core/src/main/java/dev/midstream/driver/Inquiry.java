package dev.midstream.driver;

import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request and its whole answer, within a time and a size. Asked once, never retried.
 *
 * <p><b>Shape</b>: {@link #begin} starts the time; then {@link #send}, or {@link #fail}; then
 * exactly one {@link Errand.Result}, and none after {@link #cancel}.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class Inquiry implements UpstreamListener {

    private final Loop loop;
    private final Duration most;
    private final Consumer<Errand.Result> told;
    private final ErrorBody body;
    private @Nullable Exchange call;
    private Loop.@Nullable Alarm limit;
    private Function<String, @Nullable String> header = name -> null;
    private int status;
    private boolean over;

    /**
     * @param most how long it may take
     * @param mostBytes how long its answer may be
     */
    Inquiry(Loop loop, Duration most, int mostBytes, Consumer<Errand.Result> told) {
        this.loop = loop;
        this.most = most;
        this.told = told;
        this.body = new ErrorBody(mostBytes);
    }

    void begin() {
        if (!over) {
            limit =
                    loop.after(
                            most.toNanos(),
                            () -> fail(new Failure.TimedOut(Failure.TimedOut.Clock.TOTAL, most)));
        }
    }

    boolean isOver() {
        return over;
    }

    void send(UpstreamRequest request) {
        if (!over) {
            call = loop.send(request, this);
        }
    }

    /** Nothing is told any more. */
    void cancel() {
        close();
        if (call != null) {
            call.cancel();
        }
    }

    void fail(Failure failure) {
        if (!over) {
            cancel();
            told.accept(new Errand.Result.Failed(failure));
        }
    }

    @Override
    public void head(int status, Function<String, @Nullable String> header) {
        this.status = status;
        this.header = header;
    }

    @Override
    public void bytes(byte[] bytes, int offset, int length) {
        if (!over && !body.take(bytes, offset, length)) {
            fail(new Failure.Garbled("The upstream's answer is too long"));
        }
    }

    @Override
    public void ended(@Nullable Failure failure, @Nullable Throwable thrown) {
        if (failure != null) {
            fail(failure);
        } else if (!over) {
            close();
            told.accept(new Errand.Result.Answered(status, header, body.bytes()));
        }
    }

    private void close() {
        over = true;
        if (limit != null) {
            limit.cancel();
        }
    }
}
