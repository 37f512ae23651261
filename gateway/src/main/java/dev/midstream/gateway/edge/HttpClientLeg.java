package dev.midstream.gateway.edge;

import dev.midstream.driver.Client;
import dev.midstream.gateway.driver.ClientLeg;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A client's response: collects what is written, and sends it at the end of each batch of reads;
 * or, for an answer that is assembled, at the end.
 *
 * <p>The head of a stream goes by Reactor, the body straight to the channel (a third less CPU an
 * event than by a publisher), the end by the sink that the server waits for.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class HttpClientLeg extends ChannelInboundHandlerAdapter implements ClientLeg {

    private static final int BATCH_BYTES = 16 * 1024;

    private final HttpServerResponse response;
    private final Channel channel;
    private final ChunkedBody body;
    private final EventLoop loop;
    private final MonoSink<Void> sink;
    private final Runnable flush = this::flush;
    private Client.@Nullable Writability writability;
    private @Nullable ByteBuf pending;
    private boolean assembled;
    private boolean headSent;
    private boolean flushDue;
    private boolean toldWritable = true;
    private boolean over;

    /**
     * @param sink what the server waits for
     */
    HttpClientLeg(HttpServerResponse response, Channel channel, MonoSink<Void> sink) {
        this.response = response;
        this.channel = channel;
        this.body = new ChunkedBody(channel);
        this.loop = channel.eventLoop();
        this.sink = sink;
    }

    @Override
    public void open(boolean assembled, Client.Writability told) {
        this.assembled = assembled;
        this.writability = told;
        channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "midstream-client", this);
    }

    @Override
    public boolean headSent() {
        return headSent;
    }

    @Override
    public void head(String contentType, Map<String, String> headers) {
        if (over || headSent) {
            return;
        }
        headSent = true;
        response.status(200).header("content-type", contentType);
        headers.forEach(response::header);
        if (HttpVersion.HTTP_1_0.equals(response.version())) {
            response.chunkedTransfer(false).keepAlive(false);
        }
        response.sendHeaders().then().subscribe(null, gone -> {}, () -> {});
        body.begin(response.responseHeaders());
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (over || length == 0) {
            return;
        }
        ByteBuf into = pending;
        if (into == null) {
            into = body.buffer(Math.max(length, 1000));
            pending = into;
        }
        into.writeBytes(bytes, offset, length);
        if (!assembled && into.readableBytes() >= BATCH_BYTES) {
            pass();
        }
        settle();
    }

    /** Sends a whole response while the request still comes; {@link #finish()} has to follow. */
    void respondEarly(int status, String contentType, Map<String, String> headers, byte[] body) {
        if (over || headSent) {
            return;
        }
        headSent = true;
        response.status(status).header("content-type", contentType);
        headers.forEach(response::header);
        response.header("content-length", Integer.toString(body.length));
        response.sendHeaders().then().subscribe(null, gone -> {}, () -> {});
        write(body, 0, body.length);
    }

    @Override
    public void reset() {
        release();
    }

    @Override
    public void finish() {
        if (over) {
            return;
        }
        pass();
        end();
        sink.success();
    }

    @Override
    public void finishAssembled(String contentType, Map<String, String> headers) {
        ByteBuf body = pending;
        pending = null;
        respond(200, contentType, headers, body == null ? Unpooled.EMPTY_BUFFER : body);
    }

    @Override
    public void respond(int status, String contentType, Map<String, String> headers, byte[] body) {
        release();
        respond(status, contentType, headers, Unpooled.wrappedBuffer(body));
    }

    private void respond(
            int status, String contentType, Map<String, String> headers, ByteBuf body) {
        if (over) {
            body.release();
            return;
        }
        headSent = true;
        end();
        response.status(status).header("content-type", contentType);
        headers.forEach(response::header);
        response.header("content-length", Integer.toString(body.readableBytes()));
        response.sendObject(body).then().subscribe(null, gone -> sink.success(), sink::success);
    }

    @Override
    public void end() {
        over = true;
        release();
        if (channel.pipeline().context(this) != null) {
            channel.pipeline().remove(this);
        }
    }

    // ----------------------------------------------------------------------------------- batches

    private void settle() {
        if (!flushDue && !assembled) {
            flushDue = true;
            loop.execute(flush);
        }
    }

    private void flush() {
        flushDue = false;
        if (!over) {
            pass();
            body.flush();
        }
    }

    private void pass() {
        ByteBuf bytes = pending;
        pending = null;
        if (bytes != null) {
            body.write(bytes);
        }
    }

    private void release() {
        ByteBuf bytes = pending;
        pending = null;
        if (bytes != null) {
            bytes.release();
        }
    }

    /** Comes from within our own writes: what follows from it waits until they are through. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        loop.execute(this::tell);
        context.fireChannelWritabilityChanged();
    }

    private void tell() {
        boolean writable = channel.isWritable();
        Client.Writability told = writability;
        if (!over && told != null && writable != toldWritable) {
            toldWritable = writable;
            told.writable(writable);
        }
    }
}
