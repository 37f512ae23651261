package dev.midstream.gateway.transport;

import dev.midstream.driver.Breaks;
import dev.midstream.driver.Exchange;
import dev.midstream.driver.UpstreamListener;
import dev.midstream.driver.UpstreamRequest;
import dev.midstream.model.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/** One request on its way to an upstream and back. Event-loop confined. */
final class UpstreamCall implements Exchange {

    /** On a channel that has carried a request before: its peer may have closed it unseen. */
    private static final AttributeKey<Boolean> USED = AttributeKey.valueOf("midstream-used");

    private final LoopClient client;
    private final EventLoop loop;
    private final UpstreamRequest request;
    private final UpstreamListener listener;
    private final AtomicInteger inUse;
    private Reception reception = new Reception();
    private Breakage.Phase phase = Breakage.Phase.CONNECTING;
    private @Nullable Channel channel;
    private @Nullable Future<?> limit;
    private boolean reused;
    private boolean reading = true;
    private boolean silent;
    private boolean over;

    UpstreamCall(
            LoopClient client,
            UpstreamRequest request,
            UpstreamListener listener,
            AtomicInteger inUse) {
        this.client = client;
        this.loop = client.loop();
        this.request = request;
        this.listener = listener;
        this.inUse = inUse;
    }

    void begin() {
        assert loop.inEventLoop();
        inUse.incrementAndGet();
        send(client.connectingWithin(request.passage(), request.connect()));
    }

    private void send(HttpClient by) {
        limit = after(request.connect(), this::connectTimedOut);
        by.request(HttpMethod.valueOf(request.method()))
                .uri(request.uri())
                .send(this::connected)
                .responseConnection(this::answering)
                .subscribe(reception);
    }

    @Override
    public void cancel() {
        silent = true;
        reception.cancel();
    }

    @Override
    public void reading(boolean wanted) {
        reading = wanted;
        applyReading();
    }

    @Override
    public void endWithin(Duration time) {
        silent = true;
        if (over) {
            return;
        }
        reading(true);
        clearLimit();
        limit = after(time, this::cancel);
    }

    // ------------------------------------------------------------------- Reactor Netty's side

    private Publisher<Void> connected(HttpClientRequest head, NettyOutbound out) {
        onLoop(
                () -> {
                    phase = Breakage.Phase.WAITING;
                    clearLimit();
                });
        request.headers().forEach(head::header);
        out.withConnection(taken -> reused = taken.channel().attr(USED).getAndSet(true) != null);
        if (request.body().length == 0 && !request.method().equals("POST")) {
            return out;
        }
        head.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(request.body().length));
        return out.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request.body())));
    }

    private Publisher<ByteBuf> answering(HttpClientResponse response, Connection connection) {
        assert loop.inEventLoop();
        phase = Breakage.Phase.ANSWERING;
        channel = connection.channel();
        if (!silent) {
            listener.head(response.status().code(), response.responseHeaders()::get);
        }
        BodyHandler.of(connection.channel()).giveTo(this::received);
        return connection
                .inbound()
                .receive()
                .doOnSubscribe(started -> loop.execute(this::applyReading));
    }

    private void received(ByteBuf piece) {
        assert loop.inEventLoop();
        int length = piece.readableBytes();
        if (silent || length == 0) {
            return;
        }
        if (piece.hasArray()) {
            listener.bytes(piece.array(), piece.arrayOffset() + piece.readerIndex(), length);
            return;
        }
        byte[] bytes = client.scratch(length);
        piece.getBytes(piece.readerIndex(), bytes, 0, length);
        listener.bytes(bytes, 0, length);
    }

    // ------------------------------------------------------------------------------- the end

    private void connectTimedOut() {
        Failure failure = Breaks.connectTimedOut(request.connect());
        if (!silent) {
            silent = true;
            listener.ended(failure, null);
        }
        cancel();
    }

    private void failed(Throwable thrown) {
        Failure failure = Breakage.failure(thrown, phase, request.uri());
        boolean nothingCame =
                failure instanceof Failure.Cut cut
                        && !cut.headSeen()
                        && !Breakage.insideHead(thrown);
        if (reused && !silent && nothingCame) {
            sendOnFreshConnection();
        } else {
            end(failure, thrown);
        }
    }

    /**
     * A connection that had been idle and ends before the response begins was most likely closed
     * before the request reached the other side: that is no failure of the upstream's. Comes once
     * at most, for a connection that was opened for one request is never a reused one.
     */
    private void sendOnFreshConnection() {
        clearLimit();
        phase = Breakage.Phase.CONNECTING;
        reused = false;
        reception = new Reception();
        send(client.connectingAnew(request.passage()));
    }

    private void end(@Nullable Failure failure, @Nullable Throwable thrown) {
        if (over) {
            return;
        }
        over = true;
        clearLimit();
        reading = true;
        applyReading();
        channel = null;
        inUse.decrementAndGet();
        if (!silent) {
            silent = true;
            listener.ended(failure, thrown);
        }
    }

    private void applyReading() {
        Channel leg = channel;
        if (leg != null && leg.config().isAutoRead() != reading) {
            leg.config().setAutoRead(reading);
        }
    }

    private Future<?> after(Duration time, Runnable task) {
        return loop.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void clearLimit() {
        Future<?> running = limit;
        limit = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** Unlimited demand: the channel's own reading is what is switched off and on. */
    private final class Reception extends BaseSubscriber<ByteBuf> {
        @Override
        protected void hookOnNext(ByteBuf piece) {
            received(piece);
        }

        @Override
        protected void hookOnComplete() {
            onLoop(() -> end(null, null));
        }

        @Override
        protected void hookOnError(Throwable thrown) {
            onLoop(() -> failed(thrown));
        }

        @Override
        protected void hookOnCancel() {
            onLoop(() -> end(null, null));
        }
    }
}
