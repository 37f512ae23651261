package dev.midstream.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client of event streams on a bare socket: it hands out events as they come, and it can leave
 * rudely or stop reading.
 *
 * <pre>{@code
 * try (var client = SseClient.to(url).header("authorization", "Bearer key").post(json)) {
 *     assertThat(client.awaitHead().status()).isEqualTo(200);
 *     client.nextEvent();
 *     client.reset();
 * }
 * }</pre>
 *
 * <p><b>Shape.</b> One request a client. Any response is read; items are parsed from its body as if
 * it were an event stream.
 *
 * <p><b>Failure.</b> Waits that are in vain throw {@link AssertionError}.
 *
 * <p>Thread-safe.
 */
public final class SseClient implements AutoCloseable {

    /** Status and headers of a response. */
    public record Head(int status, Headers headers) {}

    /** How a response ended. */
    public enum End {
        /** As its framing wants it. */
        CLEAN,
        /** The connection was closed (FIN) before that. */
        CUT,
        /** The connection was reset (RST) before that. */
        RESET,
        /** This client left. */
        LEFT
    }

    private final Socket socket;
    private final SseParser parser = new SseParser();
    private final CompletableFuture<Head> head = new CompletableFuture<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    private final List<SseItem> items = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean reading;
    private volatile boolean left;

    private SseClient(Socket socket, boolean reading) {
        this.socket = socket;
        this.reading = reading;
    }

    /** A request to this address, to be completed. */
    public static Builder to(URI url) {
        return new Builder(url);
    }

    /** Posts JSON to this address. */
    public static SseClient post(URI url, String json) {
        return to(url).post(json);
    }

    /**
     * A request in the making.
     *
     * <p>Not thread-safe.
     */
    public static final class Builder {

        private final URI url;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private boolean reading = true;
        private int receiveBuffer;

        private Builder(URI url) {
            this.url = url;
        }

        /** Adds or replaces a header. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Does not read before {@link SseClient#resumeReading()}. */
        public Builder notReading() {
            reading = false;
            return this;
        }

        /** Asks the kernel for a receive buffer of about so many bytes. */
        public Builder receiveBuffer(int bytes) {
            receiveBuffer = bytes;
            return this;
        }

        /** Sends a POST with a JSON body. */
        public SseClient post(String json) {
            return send("POST", json.getBytes(StandardCharsets.UTF_8));
        }

        /** Sends a GET. */
        public SseClient get() {
            return send("GET", new byte[0]);
        }

        /** Sends a DELETE. */
        public SseClient delete() {
            return send("DELETE", new byte[0]);
        }

        private SseClient send(String method, byte[] content) {
            try {
                Socket socket = new Socket();
                if (receiveBuffer > 0) {
                    socket.setReceiveBufferSize(receiveBuffer);
                }
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
                SseClient client = new SseClient(socket, reading);
                client.write(head(method, content.length).getBytes(StandardCharsets.ISO_8859_1));
                client.write(content);
                Thread.ofVirtual().name("sse-client").start(client::read);
                return client;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String head(String method, int length) {
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            StringBuilder text =
                    new StringBuilder(method + " " + url.getRawPath() + query + " HTTP/1.1\r\n");
            Map<String, String> all = new LinkedHashMap<>();
            all.put("host", url.getAuthority());
            all.put("accept", "text/event-stream");
            if (length > 0) {
                all.put("content-type", "application/json");
                all.put("content-length", Integer.toString(length));
            }
            all.putAll(headers);
            all.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
            return text.append("\r\n").toString();
        }
    }

    // ---------------------------------------------------------------------------------- waiting

    /** Waits for the head of the response. */
    public Head awaitHead() {
        return awaitHead(Waiting.LIMIT);
    }

    /** As {@link #awaitHead()}, with another limit. */
    public Head awaitHead(Duration limit) {
        return Waiting.until(head, limit, "a response begins");
    }

    /** Waits for the next event, passing over everything else. */
    public SseItem.Event nextEvent() {
        return nextEvent(Waiting.LIMIT);
    }

    /** As {@link #nextEvent()}, with another limit for each item. */
    public SseItem.Event nextEvent(Duration limit) {
        while (true) {
            if (next(limit) instanceof SseItem.Event event) {
                return event;
            }
        }
    }

    /** Waits for the next item. */
    public SseItem next() {
        return next(Waiting.LIMIT);
    }

    /** As {@link #next()}, with another limit. */
    public SseItem next(Duration limit) {
        try {
            Object next = queue.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            return switch (next) {
                case SseItem item -> item;
                case End how -> {
                    queue.add(how);
                    throw new AssertionError("the response ended (" + how + ") after " + text());
                }
                case null, default ->
                        throw new AssertionError(
                                "waited " + limit + " in vain for an event after " + text());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an event", e);
        }
    }

    /** Waits for the end of the response. */
    public End awaitEnd() {
        return awaitEnd(Waiting.LIMIT);
    }

    /** As {@link #awaitEnd()}, with another limit. */
    public End awaitEnd(Duration limit) {
        return Waiting.until(end, limit, "the response ends; so far " + text());
    }

    // ------------------------------------------------------------------------------- what there is

    /** The body so far, without framing. */
    public byte[] body() {
        synchronized (body) {
            return body.toByteArray();
        }
    }

    /** The body so far, as text. */
    public String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    /** All items so far, whether or not a wait has returned them. */
    public List<SseItem> items() {
        synchronized (items) {
            return List.copyOf(items);
        }
    }

    // ---------------------------------------------------------------------------------- conduct

    /** Stops reading after at most one more piece. */
    public synchronized void pauseReading() {
        reading = false;
    }

    /** Reads on. */
    public synchronized void resumeReading() {
        reading = true;
        notifyAll();
    }

    /** Sends further bytes on the connection, whatever they may mean. */
    public void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the sending direction (FIN) and reads on. */
    public void halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves rudely (RST). */
    public void reset() {
        left = true;
        Peer.reset(socket);
        resumeReading();
    }

    /** Leaves (FIN). */
    @Override
    public void close() {
        leave();
    }

    /** Leaves (FIN). */
    public void leave() {
        left = true;
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        resumeReading();
    }

    // ---------------------------------------------------------------------------------- reading

    private void read() {
        End how = End.CLEAN;
        try {
            awaitReading();
            HttpBody http = new HttpBody(new BufferedInputStream(socket.getInputStream()));
            Head response = http.head();
            head.complete(response);
            http.body(response, this::take);
        } catch (EOFException e) {
            how = left ? End.LEFT : End.CUT;
        } catch (IOException e) {
            how = left ? End.LEFT : End.RESET;
        } catch (RuntimeException e) {
            head.completeExceptionally(e);
            end.completeExceptionally(e);
        }
        head.completeExceptionally(new EOFException("no response: " + how));
        end.complete(how);
        queue.add(how);
    }

    private void take(byte[] bytes, int length) {
        synchronized (body) {
            body.write(bytes, 0, length);
        }
        List<SseItem> more = parser.feed(bytes, 0, length);
        synchronized (items) {
            items.addAll(more);
        }
        queue.addAll(more);
        awaitReading();
    }

    private synchronized void awaitReading() {
        while (!reading) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
