package dev.midstream.bench;

import dev.midstream.model.Frame;
import dev.midstream.protocol.FrameSink;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.relay.Relay;
import dev.midstream.relay.Step;
import java.util.List;

/**
 * One answer on its way from the upstream's bytes to the client's, an event each millisecond.
 *
 * <p>Not thread-safe.
 */
final class Passage implements FrameSink {

    private final StreamDecoder decoder;
    private final Relay relay;
    private final Delivery delivery;
    private long now;

    Passage(StreamDecoder decoder, Relay relay, Delivery delivery) {
        this.decoder = decoder;
        this.relay = relay;
        this.delivery = delivery;
    }

    void feed(byte[] bytes) {
        now += Engine.BETWEEN_EVENTS;
        decoder.feed(bytes, 0, bytes.length, this);
    }

    @Override
    public void frame(Frame frame) {
        List<Step> steps = relay.frame(Engine.ATTEMPT, frame, now);
        for (int i = 0; i < steps.size(); i++) {
            delivery.carryOut(steps.get(i));
        }
    }

    /** Carries a whole answer. */
    void carry(ProviderStream stream) {
        feedAllButTheEnd(stream);
        feed(stream.closing());
        requireFinished();
    }

    /** Carries an answer whose client leaves behind the last increment. */
    void carryAllButTheEnd(ProviderStream stream) {
        feedAllButTheEnd(stream);
        relay.clientGone(now);
    }

    private void feedAllButTheEnd(ProviderStream stream) {
        feed(stream.opening());
        for (byte[] event : stream.events()) {
            feed(event);
        }
    }

    void requireFinished() {
        if (!delivery.finished()) {
            throw new IllegalStateException("The answer did not come to its end");
        }
    }
}
