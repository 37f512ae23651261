package dev.midstream.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests from a connection, one after the other. */
final class RequestReader {

    /** A request, before it has a number. */
    record Incoming(String method, String target, Headers headers, byte[] body) {
        boolean keepsConnection() {
            return !headers.says("connection", "close");
        }
    }

    private final InputStream in;
    private final OutputStream out;

    RequestReader(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    /** The next request, or null when the client has closed between requests. */
    @Nullable Incoming next() throws IOException {
        String requestLine = line();
        if (requestLine == null) {
            return null;
        }
        String[] words = requestLine.split(" ", 3);
        if (words.length < 3) {
            throw new IOException("not a request line: " + requestLine);
        }
        Headers headers = headers();
        if (headers.says("expect", "100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return new Incoming(words[0], words[1], headers, body(headers));
    }

    private Headers headers() throws IOException {
        List<Headers.Field> fields = new ArrayList<>();
        for (String line = wholeLine(); !line.isEmpty(); line = wholeLine()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("not a header: " + line);
            }
            fields.add(
                    new Headers.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Headers(fields);
    }

    private byte[] body(Headers headers) throws IOException {
        if (headers.says("transfer-encoding", "chunked")) {
            return chunks();
        }
        return exactly(headers.first("content-length").map(Integer::parseInt).orElse(0));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(wholeLine().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            body.writeBytes(exactly(size));
            wholeLine();
        }
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the request's body ends after " + bytes.length + " bytes");
        }
        return bytes;
    }

    private String wholeLine() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException("the request ends inside its head");
        }
        return line;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
            }
            line.write(read);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
