package dev.midstream.client;

import dev.midstream.client.http.Breakage;
import dev.midstream.client.spi.Transport;
import dev.midstream.driver.Exchange;
import dev.midstream.driver.Loop;
import dev.midstream.driver.UpstreamListener;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that was given to the transport: what that tells, on whatever thread, is told on the
 * loop.
 */
final class SentRequest implements Exchange, Transport.Receiver {

    private final Loop loop;
    private final UpstreamRequest request;
    private final UpstreamListener listener;
    private Transport.@Nullable Exchange exchange;
    private Loop.@Nullable Alarm limit;
    private boolean headSeen;
    private boolean silent;
    private boolean over;

    SentRequest(Loop loop, UpstreamRequest request, UpstreamListener listener) {
        this.loop = loop;
        this.request = request;
        this.listener = listener;
    }

    void begin(Transport transport) {
        try {
            exchange = transport.send(request, this);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    // -------------------------------------------------------------------------- the driver's side

    @Override
    public void cancel() {
        silent = true;
        if (!over && exchange != null) {
            exchange.cancel();
        }
        end();
    }

    @Override
    public void reading(boolean wanted) {
        if (!over && exchange != null) {
            exchange.reading(wanted);
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

    private void end() {
        over = true;
        if (limit != null) {
            limit.cancel();
            limit = null;
        }
    }

    // ----------------------------------------------------------------------- the transport's side

    @Override
    public void head(int status, Function<String, @Nullable String> header) {
        tell(
                () -> {
                    headSeen = true;
                    listener.head(status, header);
                });
    }

    @Override
    public void bytes(byte[] bytes) {
        tell(() -> listener.bytes(bytes, 0, bytes.length));
    }

    @Override
    public void complete() {
        loop.execute(() -> ended(null, null));
    }

    @Override
    public void failed(Throwable thrown) {
        loop.execute(() -> ended(Breakage.of(thrown, headSeen, request.uri()), thrown));
    }

    private void ended(@Nullable Failure failure, @Nullable Throwable thrown) {
        if (over) {
            return;
        }
        end();
        if (!silent) {
            listener.ended(failure, thrown);
        }
    }

    private void tell(Runnable what) {
        loop.execute(
                () -> {
                    if (!over && !silent) {
                        what.run();
                    }
                });
    }
}
