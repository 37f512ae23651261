package dev.midstream.gateway.drill;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The line that one request leaves in the request log. Thread-safe. */
final class Logged {

    private static final int SECONDS = 10;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    void accept(String line) {
        lines.add(line);
    }

    /** The next line; comes right after the end of the answer. */
    String line() {
        try {
            String line = lines.poll(SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("the request left no line in the log");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
