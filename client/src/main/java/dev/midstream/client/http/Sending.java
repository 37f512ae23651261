package dev.midstream.client.http;

import dev.midstream.driver.UpstreamRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One time that a call's request goes out: its body as the JDK's client takes it, and the response
 * as the client gives it.
 *
 * <p>The client asks for the body's length exactly when it writes the head, so that this is when
 * the connection stands; asked a second time it is about to send the same request again, which it
 * does by itself for {@code GET} and, if the process is started so, for all methods. It is not let.
 *
 * <p><b>Thread-safety</b>: thread-safe.
 */
final class Sending implements BodyPublisher, BodyHandler<Void>, BodySubscriber<Void> {

    /** What the client says if a connection ended and brought no byte of a response. */
    private static final String NOTHING_CAME = "received no bytes";

    private final Call call;
    private final Clients clients;
    private final Clients.Client client;
    private final UpstreamRequest request;
    private final BodyPublisher body;
    private final CompletableFuture<Void> wholeBody = new CompletableFuture<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean givenBack = new AtomicBoolean();
    private volatile @Nullable CompletableFuture<HttpResponse<Void>> answer;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile Runnable limit = () -> {};
    private volatile long handshakesBefore;
    private volatile boolean reused;
    private volatile long sentAt;
    private volatile boolean cancelled;
    private volatile boolean answered;
    private volatile boolean unwanted;

    Sending(Call call, Clients clients, Clients.Client client, UpstreamRequest request) {
        this.call = call;
        this.clients = clients;
        this.client = client;
        this.request = request;
        this.body = HttpRequest.BodyPublishers.ofByteArray(request.body());
    }

    void begin(HttpRequest whole) {
        handshakesBefore = client.handshakes().begun();
        limit = clients.threads().after(request.connect(), () -> call.connectTimedOut(this));
        CompletableFuture<HttpResponse<Void>> running = client.http().sendAsync(whole, this);
        answer = running;
        running.whenComplete(this::over);
    }

    /** Ends it in whatever phase it is; idempotent. */
    void cancel() {
        cancelled = true;
        limit.run();
        Flow.Subscription body = subscription;
        if (body != null) {
            body.cancel();
        }
        CompletableFuture<?> running = answer;
        if (running != null) {
            running.cancel(true);
        }
        giveBack();
    }

    /** The client is not needed any more; idempotent. */
    void giveBack() {
        if (givenBack.compareAndSet(false, true)) {
            clients.spent(client);
        }
    }

    private void over(@Nullable HttpResponse<Void> response, @Nullable Throwable thrown) {
        limit.run();
        if (thrown != null && !cancelled && leavesConnectionOpen(thrown)) {
            clients.retire(request.passage(), client);
        }
        giveBack();
        if (thrown != null) {
            call.broke(this, thrown);
        } else if (response != null && !answered) {
            answeredByTheProxy(response);
        }
    }

    /**
     * What a proxy says instead of opening a tunnel comes without its body, and past the handler.
     */
    private void answeredByTheProxy(HttpResponse<Void> response) {
        if (call.head(
                response.statusCode(), name -> response.headers().firstValue(name).orElse(null))) {
            call.complete();
        }
    }

    /** The client closes connections for what it takes for a fault of theirs. */
    private static boolean leavesConnectionOpen(Throwable thrown) {
        return Breakage.find(thrown, ProtocolException.class) != null
                || Breakage.find(thrown, IOException.class) == null;
    }

    /**
     * Whether it went out on a connection that had been closed already.
     *
     * @param showsWithin how soon that must have come out
     */
    boolean wasStale(Duration showsWithin, Throwable thrown) {
        return reused && System.nanoTime() - sentAt < showsWithin.toNanos() && nothingCame(thrown);
    }

    private static boolean nothingCame(Throwable thrown) {
        Throwable at = thrown;
        while (at != null) {
            if (at instanceof IOException
                    && String.valueOf(at.getMessage()).contains(NOTHING_CAME)) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    // ------------------------------------------------------------------------------- going out

    @Override
    public long contentLength() {
        if (!writing.compareAndSet(false, true)) {
            throw new UncheckedIOException(
                    new EOFException("the connection ended, and the request is not sent again"));
        }
        reused =
                "https".equals(request.uri().getScheme())
                        && client.handshakes().begun() == handshakesBefore;
        sentAt = System.nanoTime();
        limit.run();
        call.connected();
        return request.body().length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(subscriber);
    }

    // -------------------------------------------------------------------------------- coming in

    @Override
    public BodySubscriber<Void> apply(HttpResponse.ResponseInfo info) {
        answered = true;
        unwanted =
                !call.head(info.statusCode(), name -> info.headers().firstValue(name).orElse(null));
        return this;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (cancelled || unwanted) {
            given.cancel();
        } else {
            ask();
        }
    }

    /** One piece at a time, so that a call that is not read is not read ahead. */
    void ask() {
        Flow.Subscription given = subscription;
        if (given != null && call.isReading() && asked.compareAndSet(false, true)) {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        asked.set(false);
        int length = pieces.stream().mapToInt(ByteBuffer::remaining).sum();
        byte[] bytes = new byte[length];
        int at = 0;
        for (ByteBuffer piece : pieces) {
            int size = piece.remaining();
            piece.get(bytes, at, size);
            at += size;
        }
        if (length > 0) {
            call.bytes(bytes);
        }
        ask();
    }

    @Override
    public void onError(Throwable thrown) {
        call.broke(this, thrown);
        wholeBody.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        call.complete();
        wholeBody.complete(null);
    }

    @Override
    public CompletionStage<Void> getBody() {
        return wholeBody;
    }
}
