package dev.midstream.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The client's side of HTTP/1.1 framing: heads and bodies, piece by piece as they come. */
final class HttpBody {

    private final InputStream in;

    HttpBody(InputStream in) {
        this.in = in;
    }

    /** Takes the pieces of a body. */
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes, int length);
    }

    /** Reads a status line and headers. */
    SseClient.Head head() throws IOException {
        String[] statusLine = line().split(" ", 3);
        List<Headers.Field> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.add(
                    new Headers.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new SseClient.Head(Integer.parseInt(statusLine[1]), new Headers(fields));
    }

    /** Reads the body to its proper end; throws when it has none. */
    void body(SseClient.Head head, Sink sink) throws IOException {
        if (head.headers().says("transfer-encoding", "chunked")) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                exactly(size, sink);
                line();
            }
            line();
        } else if (head.headers().first("content-length").isPresent()) {
            exactly(Long.parseLong(head.headers().first("content-length").get()), sink);
        } else {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sink.take(buffer, read);
            }
        }
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private void exactly(long size, Sink sink) throws IOException {
        byte[] buffer = new byte[8192];
        for (long left = size; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the body ends " + left + " bytes too early");
            }
            sink.take(buffer, read);
            left -= read;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new EOFException("the connection ends inside a line: " + line);
            }
            line.append((char) read);
        }
        return line.toString().stripTrailing();
    }
}
