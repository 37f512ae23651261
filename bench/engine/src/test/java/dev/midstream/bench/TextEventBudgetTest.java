package dev.midstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a text event costs from the upstream's bytes through the relay to the client's, in every
 * pair of protocols. The events are those of the providers, with all members that they send.
 * Processor time, for other builds may want the processor too; and as many rounds as the compiler
 * needs on a machine that is busy, within reason.
 */
@Isolated
class TextEventBudgetTest {

    /** Two or more times what it takes. */
    private static final long MOST_NANOS = 1_500;

    /** Of these about 165 are the event's text and what carries it. */
    private static final long MOST_BYTES = 190;

    private static final int EVENTS = 5_000;
    private static final int MOST_ROUNDS = 1_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat-chat",
                "messages-messages",
                "responses-responses",
                "chat-messages",
                "chat-responses",
                "messages-chat",
                "messages-responses",
                "responses-chat",
                "responses-messages",
            })
    void staysWithinItsBudget(String pair) {
        Engine engine = new Engine(Pair.of(pair));
        ProviderStream stream =
                ProviderStream.of(Pair.of(pair).upstream(), Content.TEXT, EVENTS + 1);
        CopyingSink sink = new CopyingSink();
        long bestNanos = Long.MAX_VALUE;
        long leastBytes = Long.MAX_VALUE;
        int round = 0;
        while (round++ < MOST_ROUNDS && (bestNanos >= MOST_NANOS || leastBytes >= MOST_BYTES)) {
            Passage passage = engine.passage(sink);
            passage.feed(stream.opening());
            passage.feed(stream.events()[0]);
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long nanos = threads.getCurrentThreadCpuTime();
            for (int i = 1; i <= EVENTS; i++) {
                passage.feed(stream.events()[i]);
            }
            bestNanos = Math.min(bestNanos, (threads.getCurrentThreadCpuTime() - nanos) / EVENTS);
            leastBytes =
                    Math.min(
                            leastBytes,
                            (threads.getCurrentThreadAllocatedBytes() - bytes) / EVENTS);
            passage.feed(stream.closing());
            passage.requireFinished();
        }
        System.out.printf(
                "%s: a text event costs %d ns and %d bytes (decode, relay, encode), after %d rounds.%n",
                pair, bestNanos, leastBytes, round - 1);
        assertThat(leastBytes).as("bytes an event").isLessThan(MOST_BYTES);
        assertThat(bestNanos).as("nanoseconds an event").isLessThan(MOST_NANOS);
    }
}
