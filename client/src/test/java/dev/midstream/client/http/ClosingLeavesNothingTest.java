package dev.midstream.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.client.spi.Transport;
import dev.midstream.routing.Passage;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.BlackHole;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.Gate;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/** Threads, sockets and selectors, in whatever the transport was at. */
@Isolated("counts the threads and open files of the whole process")
class ClosingLeavesNothingTest {

    private final JdkTransport transport = new JdkTransport();

    @Test
    void noThread() {
        Set<String> before = threads();
        useItInEveryWayAndCloseIt(
                () -> assertThat(threads()).anyMatch(name -> name.contains("SelectorManager")));
        assertThat(threads()).filteredOn(name -> !before.contains(name)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noSocketAndNoSelector() throws IOException {
        try (JdkTransport first = new JdkTransport();
                ScriptedProvider provider = ScriptedProvider.start(Dialect.chat())) {
            provider.enqueue(Answer.text("what the classes open once"));
            assertThat(Asked.of(first, provider.baseUrl()).told().failure()).isNull();
        }
        Set<String> before = openFiles();
        useItInEveryWayAndCloseIt(() -> {});
        assertThat(openFiles()).hasSizeLessThanOrEqualTo(before.size());
    }

    @Test
    void whoRunsIsToldThatItEnded() {
        try (ScriptedProvider provider = ScriptedProvider.start(Dialect.chat())) {
            Gate gate = new Gate();
            provider.enqueue(
                    Answer.of(new Step.Text("one"), new Step.AwaitRelease(gate)),
                    Answer.of(new Step.Stall()));
            Told inItsBody = Asked.of(transport, provider.baseUrl()).told();
            inItsBody.awaitStatus();
            gate.awaitReached();
            Told waiting = Asked.of(transport, provider.baseUrl()).told();
            provider.nextExchange();
            provider.nextExchange();
            transport.close();
            assertThat(inItsBody.thrown()).isInstanceOf(IOException.class);
            assertThat(waiting.thrown()).isInstanceOf(IOException.class);
            provider.awaitNoConnections();
            gate.open();
        }
    }

    @Test
    void whoComesLaterIsToldSo() {
        transport.close();
        transport.close();
        try (ScriptedProvider provider = ScriptedProvider.start(Dialect.chat())) {
            assertThat(Asked.of(transport, provider.baseUrl()).told().thrown())
                    .isInstanceOf(IOException.class);
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void itCanBeClosedFromWithinWhatIsTold() {
        try (ScriptedProvider provider = ScriptedProvider.start(Dialect.chat())) {
            provider.enqueue(Answer.of(new Step.Text("one"), new Step.Stall()));
            CompletableFuture<Duration> closed = new CompletableFuture<>();
            transport.send(
                    Asked.request(provider.baseUrl(), Duration.ofSeconds(5), Passage.DIRECT),
                    new ClosingAtTheHead(closed));
            assertThat(closed.orTimeout(10, TimeUnit.SECONDS).join())
                    .isLessThan(Duration.ofSeconds(4));
            provider.awaitNoConnections();
        }
    }

    private void useItInEveryWayAndCloseIt(Runnable before) {
        try (ScriptedProvider provider = ScriptedProvider.start(Dialect.chat());
                BlackHole hole = BlackHole.open()) {
            provider.enqueue(
                    Answer.text("one"),
                    Answer.of(new Step.Text("one"), new Step.Cut()),
                    Answer.of(new Step.RawHead("SSH-2.0\r\n\r\n"), new Step.Stall()),
                    Answer.of(new Step.Text("one"), new Step.Stall()),
                    Answer.of(new Step.Stall()));
            for (int i = 0; i < 3; i++) {
                Asked.of(transport, provider.baseUrl()).told().thrown();
            }
            Asked.of(transport, provider.baseUrl()).told().awaitStatus();
            Asked.of(transport, provider.baseUrl());
            Asked.of(transport, hole.origin());
            Asked.of(transport, hole.origin()).exchange().cancel();
            for (int i = 0; i < 5; i++) {
                provider.nextExchange();
            }
            before.run();
            transport.close();
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("HttpClient") || name.contains("midstream"))
                .collect(Collectors.toSet());
    }

    private static Set<String> openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.map(Path::toString).collect(Collectors.toSet());
        }
    }

    private final class ClosingAtTheHead implements Transport.Receiver {

        private final CompletableFuture<Duration> closed;

        ClosingAtTheHead(CompletableFuture<Duration> closed) {
            this.closed = closed;
        }

        @Override
        public void head(int status, Function<String, @Nullable String> header) {
            long before = System.nanoTime();
            transport.close();
            closed.complete(Duration.ofNanos(System.nanoTime() - before));
        }

        @Override
        public void bytes(byte[] bytes) {}

        @Override
        public void complete() {}

        @Override
        public void failed(Throwable thrown) {}
    }
}
