package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("turns the leak detector up for the whole process")
class NoBufferLeaksTest {

    private static final int DELIBERATE = 7_777;

    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    @Test
    void whateverBecomesOfRequestsEveryBufferIsReleased() throws Exception {
        Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(Level.PARANOID);
        ByteBufUtil.setLeakListener((resource, records) -> leaks.add(records));
        try {
            mixedRequests();
            assertThat(leaks).as("before the deliberate one").isEmpty();
            leakOne();
            assertThat(reported()).as("the control: one deliberate leak").hasSize(1);
        } finally {
            ResourceLeakDetector.setLevel(before);
            ByteBufUtil.setLeakListener(null);
        }
    }

    private void mixedRequests() throws Exception {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            for (int round = 0; round < 8; round++) {
                for (Answer answer : ANSWERS) {
                    rig.primary.enqueue(answer);
                    rig.fallback.answering(ScriptedModel.answering("one two three four five"));
                    rig.ask(Rig.request("primary", round % 2 == 0)).awaitEnd();
                }
                rig.ask("{").awaitEnd();
                rig.keep(SseClient.to(rig.chat()).header("content-length", "99999999").post("{"))
                        .awaitEnd();
                leave(rig);
                collect();
            }
            rig.awaitIdle();
        }
        collect();
    }

    private static final String ZIPPED =
            """
            HTTP/1.1 200 OK\r
            content-type: text/event-stream\r
            content-encoding: gzip\r
            \r
            """;

    private static final List<Answer> ANSWERS =
            List.of(
                    Answer.text("one ", "two"),
                    Answer.of(new Step.Text("one "), new Step.Cut()),
                    Answer.of(new Step.Text("one "), new Step.Close()),
                    Answer.of(new Step.Cut()),
                    Answer.error(500, "server_error", "Down."),
                    Answer.of(new Step.RawHead("SSH-2.0\r\n\r\n")),
                    Answer.of(
                            new Step.RawHead("HTTP/1.1 103 X\r\n\r\nHTTP/1.1 204 X\r\n\r\n"),
                            new Step.Close()),
                    Answer.of(
                            new Step.RawHead(ZIPPED),
                            new Step.Raw(new byte[] {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, 0, 1}),
                            new Step.Cut()),
                    Answer.of(new Step.Text("one "), new Step.Malformed(), new Step.Close()));

    private static void leave(Rig rig) {
        rig.primary.enqueue(Answer.of(new Step.Text("one "), new Step.Endless(Slow.EVENT)));
        SseClient client = rig.stream();
        client.nextEvent();
        client.reset();
    }

    private static void leakOne() {
        ByteBuf lost = PooledByteBufAllocator.DEFAULT.buffer(DELIBERATE);
        lost.writeByte(1);
    }

    private Queue<String> reported() {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (leaks.isEmpty() && System.nanoTime() < limit) {
            collect();
        }
        return leaks;
    }

    /** The detector looks at what was collected when the next buffer is made. */
    private static void collect() {
        System.gc();
        for (int i = 0; i < 200; i++) {
            PooledByteBufAllocator.DEFAULT.buffer(16).release();
        }
    }
}
