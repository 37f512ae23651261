package dev.midstream.client.http;

import dev.midstream.client.spi.Transport;
import dev.midstream.model.Failure;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a transport told, in one place. */
final class Told implements Transport.Receiver {

    private final URI uri;
    final CompletableFuture<Integer> status = new CompletableFuture<>();
    final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
    final AtomicInteger pieces = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private volatile Function<String, @Nullable String> header = name -> null;

    Told(URI uri) {
        this.uri = uri;
    }

    @Override
    public void head(int code, Function<String, @Nullable String> given) {
        header = given;
        status.complete(code);
    }

    @Override
    public void bytes(byte[] bytes) {
        pieces.incrementAndGet();
        body.writeBytes(bytes);
    }

    @Override
    public void complete() {
        ends.incrementAndGet();
        end.complete(Optional.empty());
    }

    @Override
    public void failed(Throwable thrown) {
        ends.incrementAndGet();
        end.complete(Optional.of(thrown));
    }

    int awaitStatus() {
        return status.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Waits for the end. */
    @Nullable Throwable thrown() {
        return end.orTimeout(10, TimeUnit.SECONDS).join().orElse(null);
    }

    /** Waits for the end. */
    @Nullable Failure failure() {
        Throwable thrown = thrown();
        return thrown == null ? null : Breakage.of(thrown, status.isDone(), uri);
    }

    @Nullable String header(String name) {
        return header.apply(name);
    }

    int ends() {
        return ends.get();
    }

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }
}
