package dev.midstream.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Method;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a deployment refused or ignored is remembered, and news exactly once. */
class RemembersWhatWasRefusedTest {

    private final CapabilityMemory memory = new CapabilityMemory();

    @Test
    void aRefusedMethodIsRuledOutForThatDeploymentOnly() {
        assertThat(memory.ruleOut("a", Method.PREFILL)).isTrue();
        assertThat(memory.ruleOut("a", Method.PREFILL)).isFalse();
        assertThat(memory.ruledOut("a", Method.PREFILL)).isTrue();
        assertThat(memory.ruledOut("a", Method.USER_TURN)).isFalse();
        assertThat(memory.ruledOut("b", Method.PREFILL)).isFalse();
    }

    @Test
    void aRefusalToStreamIsRemembered() {
        assertThat(memory.streams("a")).isTrue();
        assertThat(memory.refusedToStream("a")).isTrue();
        assertThat(memory.refusedToStream("a")).isFalse();
        assertThat(memory.streams("a")).isFalse();
        assertThat(memory.streams("b")).isTrue();
    }

    @Test
    void aPrefillThatWasContinuedIsRemembered() {
        assertThat(memory.knownToContinue("a")).isFalse();
        memory.continuedPrefill("a");
        assertThat(memory.knownToContinue("a")).isTrue();
    }

    @Test
    void whatIsForgottenIsNewsAgainAndNothingElseIs() {
        memory.ruleOut("a", Method.PREFIX);
        memory.ruleOut("b", Method.PREFIX);
        memory.refusedToStream("a");
        memory.refusedProtocol("a", "openai-responses");
        memory.continuedPrefill("a");
        memory.forget("a");
        assertThat(memory.ruledOut("a", Method.PREFIX)).isFalse();
        assertThat(memory.streams("a")).isTrue();
        assertThat(memory.speaks("a", "openai-responses")).isTrue();
        assertThat(memory.knownToContinue("a")).isFalse();
        assertThat(memory.ruledOut("b", Method.PREFIX)).isTrue();
    }

    @Test
    void manyThreadsMakeItNewsOnce() throws InterruptedException {
        AtomicInteger news = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 200; i++) {
                threads.execute(
                        () -> {
                            if (memory.ruleOut("a", Method.PREFIX)) {
                                news.incrementAndGet();
                            }
                        });
            }
        }
        assertThat(news).hasValue(1);
    }
}
