package dev.midstream.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Hands the pieces of a response's body to whoever takes them, past Reactor Netty's queue and
 * operators: by a profile, 5 % of what a token cost. Head, end and every failure go on to Reactor
 * Netty, which knows by them whose the connection is next.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
final class BodyHandler extends ChannelInboundHandlerAdapter {

    private static final String NAME = "midstream-body";

    private @Nullable Consumer<ByteBuf> taker;

    private BodyHandler() {}

    /** The connection's own, which joins its pipeline with the first response. */
    static BodyHandler of(Channel channel) {
        ChannelHandler present = channel.pipeline().get(NAME);
        if (present instanceof BodyHandler handler) {
            return handler;
        }
        BodyHandler fresh = new BodyHandler();
        channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, NAME, fresh);
        return fresh;
    }

    /**
     * From now to the end of this response.
     *
     * @param taker keeps no piece for longer than the call; if it throws, the connection is closed
     */
    void giveTo(Consumer<ByteBuf> taker) {
        this.taker = taker;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Consumer<ByteBuf> taking = taker;
        if (taking == null
                || !(message instanceof HttpContent content)
                || content.decoderResult().isFailure()) {
            taker = null;
            context.fireChannelRead(message);
            return;
        }
        boolean last = content instanceof LastHttpContent;
        try {
            taking.accept(content.content());
        } catch (RuntimeException | Error bug) {
            taker = null;
            context.close();
            throw bug;
        } finally {
            content.release();
        }
        if (last) {
            taker = null;
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }
}
