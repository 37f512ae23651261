package dev.midstream.gateway.transport;

import dev.midstream.driver.Exchange;
import dev.midstream.driver.Loop;
import dev.midstream.driver.UpstreamListener;
import dev.midstream.driver.UpstreamRequest;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** An event loop with its upstream connections. Thread-safe as {@link Loop} says. */
final class NettyLoop implements Loop {

    private final EventLoop loop;
    private final Upstreams upstreams;

    NettyLoop(EventLoop loop, Upstreams upstreams) {
        this.loop = loop;
        this.upstreams = upstreams;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public boolean inLoop() {
        return loop.inEventLoop();
    }

    @Override
    public Alarm after(long nanos, Runnable task) {
        Future<?> due = loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
        return () -> due.cancel(false);
    }

    @Override
    public Exchange send(UpstreamRequest request, UpstreamListener listener) {
        return upstreams.send(loop, request, listener);
    }
}
