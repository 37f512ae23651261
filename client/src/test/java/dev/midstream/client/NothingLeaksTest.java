package dev.midstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Draft;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.Exchange;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Streams that end at random, many at a time over real sockets, leave nothing behind: no call, no
 * timer, no memory while the router is open; no thread and no socket when it is closed.
 *
 * <p>{@code midstream.leaks.streams} says how many there are (10,000).
 */
@Isolated("counts the threads and sockets of the process")
class NothingLeaksTest {

    private static final int STREAMS = Integer.getInteger("midstream.leaks.streams", 10_000);
    private static final int ROUNDS = 5;
    private static final int AT_A_TIME = 64;

    /** Bytes; a small part of what one of the calls holds while it runs. */
    private static final long MOST_GROWTH_PER_STREAM = 512;

    private static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing:"
                    + " do not change horses in midstream.";

    private final Remains remains = new Remains();
    private final Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ended = new AtomicInteger();

    private final RouterListener watching =
            new RouterListener() {
                @Override
                public void attemptStarted(
                        CallInfo call, int number, String deployment, String group, Draft draft) {
                    if (number == 1) {
                        remains.watch(call);
                    }
                }

                @Override
                public void ended(
                        CallInfo call,
                        dev.midstream.client.Answer delivered,
                        MidstreamException failure) {
                    ended.incrementAndGet();
                }
            };

    @Test
    void whateverTheirEnds() throws Exception {
        Set<String> threadsBefore = Remains.threadIds();
        try (ScriptedProvider primary = ScriptedProvider.start("primary", Dialect.chat());
                ScriptedProvider fallback =
                        ScriptedProvider.start("fallback", Dialect.messages())) {
            int socketsBefore = Remains.sockets();
            long usedAfterFirst = 0;
            try (Router router = router(primary, fallback)) {
                for (int round = 0; round < ROUNDS; round++) {
                    script(primary, fallback);
                    play(router, round);
                    primary.exchanges().forEach(Exchange::awaitEnd);
                    fallback.exchanges().forEach(Exchange::awaitEnd);
                    assertThat(remains.reachable()).as("calls in somebody's hands").isZero();
                    assertThat(router.activeCalls()).isZero();
                    assertThat(ended).as("calls that ended").hasValue(begun(round));
                    assertThat(primary.openConnections() + fallback.openConnections())
                            .isLessThanOrEqualTo(2 * AT_A_TIME);
                    primary.reset();
                    fallback.reset();
                    if (round == 0) {
                        usedAfterFirst = Remains.used();
                    }
                }
                assertThat(Remains.used() - usedAfterFirst)
                        .as("growth of the heap")
                        .isLessThan(
                                Math.max(
                                        2_000_000,
                                        MOST_GROWTH_PER_STREAM * STREAMS * (ROUNDS - 1) / ROUNDS));
            }
            assertThat(Remains.threads(threadsBefore)).isEmpty();
            primary.awaitNoConnections();
            fallback.awaitNoConnections();
            assertThat(Remains.sockets()).isEqualTo(socketsBefore);
        }
    }

    private int begun(int round) {
        return (round + 1) * (STREAMS / ROUNDS);
    }

    private Router router(ScriptedProvider primary, ScriptedProvider fallback) {
        return Router.builder()
                .yaml(
                        """
                        model_list:
                          - model_name: chat
                            litellm_params: {model: openai/one, api_base: '%s', api_key: sk-primary}
                          - model_name: backup
                            litellm_params: {model: anthropic/two, api_base: '%s', api_key: sk-fallback}
                        router_settings:
                          fallbacks: [{chat: [backup]}]
                          num_retries: 0
                          disable_cooldowns: true
                        """
                                .formatted(primary.baseUrl(), fallback.baseUrl()))
                .listener(watching)
                .build();
    }

    // --------------------------------------------------------------------------- the upstreams

    private static void script(ScriptedProvider primary, ScriptedProvider fallback) {
        primary.answering(NothingLeaksTest::asTold);
        fallback.answering(NothingLeaksTest::continued);
    }

    private static Answer asTold(RecordedRequest request) {
        String words = request.text();
        ScriptedModel model = ScriptedModel.answering(STORY);
        if (words.contains("overloaded") || words.contains("hopeless")) {
            return Answer.overloaded();
        }
        if (words.contains("cut")) {
            model.breaking(1, 1 + words.length() % 11, new Step.Cut());
        } else if (words.contains("closed")) {
            model.breaking(1, 1 + words.length() % 11, new Step.Close());
        } else if (words.contains("stall")) {
            model.breaking(1, words.length() % 7, new Step.Stall());
        }
        return model.answer(request);
    }

    private static Answer continued(RecordedRequest request) {
        return request.text().contains("hopeless")
                ? Answer.rateLimited(Duration.ofSeconds(3))
                : ScriptedModel.answering(STORY)
                        .onPrefill(new Behaviour.RefusesPrefill())
                        .answer(request);
    }

    // ----------------------------------------------------------------------------- the streams

    private static final List<RandomEnding> ENDINGS = List.of(RandomEnding.values());

    private static final List<String> FATES =
            List.of("whole", "whole", "cut", "closed", "overloaded", "hopeless");

    private void play(Router router, int round) throws InterruptedException {
        Semaphore places = new Semaphore(AT_A_TIME);
        for (int i = 0; i < STREAMS / ROUNDS; i++) {
            long seed = (long) round * STREAMS + i;
            places.acquire();
            Thread.ofVirtual()
                    .name("asking")
                    .start(
                            () -> {
                                play(router, new SplittableRandom(seed));
                                places.release();
                            });
        }
        places.acquire(AT_A_TIME);
        Throwable surprise = surprises.poll();
        assertThat(surprise).isNull();
    }

    private void play(Router router, RandomGenerator random) {
        RandomEnding ending = ENDINGS.get(random.nextInt(ENDINGS.size()));
        boolean stalls = ending.leaves() && random.nextInt(5) == 0;
        String fate = stalls ? "stall" : FATES.get(random.nextInt(FATES.size()));
        String words = "Tell me a story: " + fate + ".".repeat(random.nextInt(12));
        try {
            ending.play(new RandomEnding.Asking(router, words, CallOptions.NONE), random);
        } catch (MidstreamException expected) {
            return;
        } catch (Throwable surprise) {
            surprises.add(surprise);
        }
    }
}
