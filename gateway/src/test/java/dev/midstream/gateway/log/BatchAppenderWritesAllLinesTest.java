package dev.midstream.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatchAppenderWritesAllLinesTest {

    private static final LoggerContext CONTEXT = new LoggerContext();

    @Test
    void ofSeveralThreadsInTheOrderOfEach() throws InterruptedException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        BatchAppender appender = started(written);
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () ->
                                            IntStream.range(0, 1000)
                                                    .forEach(i -> append(appender, name + i))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        appender.stop();
        List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3000);
        assertThat(lines.stream().filter(line -> line.startsWith("b")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(i -> "b" + i).toList());
    }

    @Test
    void oneAfterTheOtherThoughItSleptInBetween() throws InterruptedException {
        SynchronousQueue<String> written = new SynchronousQueue<>();
        BatchAppender appender = started(into(written));
        for (String line : List.of("first", "second", "third")) {
            append(appender, line);
            assertThat(written.take()).isEqualTo(line + "\n");
        }
        appender.stop();
    }

    @Test
    void butNoMoreThanItMayKeepWhereNobodyReads() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        BatchAppender appender = started(blocked(stuck, reading, written));
        append(appender, "held");
        stuck.await();
        for (int i = 0; i < 20_000; i++) {
            append(appender, "line");
        }
        reading.countDown();
        appender.stop();
        assertThat(written.toString(StandardCharsets.UTF_8).lines()).hasSize(1 + 8192);
    }

    private static BatchAppender started(OutputStream out) {
        BatchAppender appender = new BatchAppender(out);
        appender.start();
        return appender;
    }

    private static void append(BatchAppender appender, String message) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(CONTEXT);
        event.setLevel(Level.INFO);
        event.setMessage(message);
        appender.doAppend(event);
    }

    private static OutputStream into(SynchronousQueue<String> lines) {
        return new OutputStream() {
            @Override
            public void write(int one) {
                throw new AssertionError("a batch is written at once");
            }

            @Override
            public void write(byte[] bytes) {
                try {
                    lines.put(new String(bytes, StandardCharsets.UTF_8));
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private static OutputStream blocked(
            CountDownLatch stuck, CountDownLatch reading, ByteArrayOutputStream into) {
        return new OutputStream() {
            @Override
            public void write(int one) {
                throw new AssertionError("a batch is written at once");
            }

            @Override
            public void write(byte[] bytes) {
                stuck.countDown();
                try {
                    reading.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
                into.writeBytes(bytes);
            }
        };
    }
}
