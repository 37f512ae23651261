package dev.midstream.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;

/**
 * Makes of what a connection brings one plain response a request: interim ones (1xx) are dropped,
 * and bodies that come compressed, though nobody asked for it, are decoded. A coding that is not
 * known here stays, with its header.
 *
 * <p>Nothing is in the way of a response that is plain already: the decoder joins the pipeline with
 * the first compressed one.
 *
 * <p><b>Source</b>: RFC 9110, 15.2 (a client takes any number of interim responses) and 12.5.3.
 */
final class PlainResponses extends ChannelInboundHandlerAdapter {

    private static final String NAME = "midstream-plain-responses";

    /**
     * What one read may decode to. A read brings 64 KB at most, a stream of events shrinks to a
     * tenth, a bomb to a thousandth.
     */
    private static final int MAX_DECODED_BYTES = 8 << 20;

    private boolean interim;
    private boolean decoding;

    private PlainResponses() {}

    static void on(Channel channel) {
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, new PlainResponses());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            interim = isInterim(response.status());
            if (!interim && response.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
                decode(context);
            }
        }
        if (!interim) {
            context.fireChannelRead(message);
            return;
        }
        interim = !(message instanceof LastHttpContent);
        ReferenceCountUtil.release(message);
    }

    private static boolean isInterim(HttpResponseStatus status) {
        return status.code() / 100 == 1 && status.code() != 101;
    }

    private void decode(ChannelHandlerContext context) {
        if (!decoding) {
            decoding = true;
            context.pipeline()
                    .addAfter(
                            NAME,
                            NettyPipeline.HttpDecompressor,
                            new HttpContentDecompressor(false, MAX_DECODED_BYTES));
        }
    }
}
