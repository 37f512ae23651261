package dev.midstream.client;

import dev.midstream.protocol.ByteSink;
import dev.midstream.sse.SseListener;
import dev.midstream.sse.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Takes apart again what an encoder writes as server-sent events; comments go. */
final class JsonEvents implements ByteSink, SseListener {

    /** Some events repeat the whole answer, and what of the request belongs to it. */
    private static final int MOST_BYTES = 1 << 29;

    private final SseParser parser = new SseParser(MOST_BYTES);
    private final Consumer<JsonEvent> told;

    JsonEvents(Consumer<JsonEvent> told) {
        this.told = told;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        parser.feed(bytes, offset, length, this);
    }

    @Override
    public void event(String name, byte[] bytes, int offset, int length) {
        told.accept(new JsonEvent(name, new String(bytes, offset, length, StandardCharsets.UTF_8)));
    }

    @Override
    public void alive() {}

    @Override
    public void errorField(byte[] bytes, int offset, int length) {}

    /** Cannot come of what our own encoders write: what they are given is bounded. */
    @Override
    public void tooLong(int limit) {
        throw new IllegalStateException("an event of more than " + limit + " bytes");
    }
}
