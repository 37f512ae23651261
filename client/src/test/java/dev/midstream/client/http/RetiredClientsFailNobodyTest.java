package dev.midstream.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import org.junit.jupiter.api.Test;

/** What one request could not parse is no matter of the next, however soon that comes. */
class RetiredClientsFailNobodyTest {

    private static final int TIMES = 100;

    @Test
    void whoAsksRightAfterAHeadThatCouldNotBeParsedIsAnswered() {
        try (JdkTransport transport = new JdkTransport();
                ScriptedProvider provider = ScriptedProvider.start(Dialect.chat())) {
            for (int i = 0; i < TIMES; i++) {
                provider.enqueue(
                        Answer.of(new Step.RawHead("SSH-2.0\r\n\r\n"), new Step.Close()),
                        Answer.text("one"));
                assertThat(Asked.of(transport, provider.baseUrl()).told().thrown()).isNotNull();
                assertThat(Asked.of(transport, provider.baseUrl()).told().thrown()).isNull();
            }
        }
    }
}
