package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Exchange;
import dev.midstream.testkit.ExchangeEnd;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlowClientTest {

    /** Far more than the kernel's buffers between provider and client hold. */
    private static final int EVENTS = 14_000;

    private static final String SHORT_CLOCKS =
            Rig.CONFIGURATION + "  idle_timeout: 1\n  first_token_timeout: 10\n  num_retries: 0\n";

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aClientThatDoesNotReadForLongerThanEveryClockLosesNothing(TransportKind transport)
            throws Exception {
        try (Rig rig = new Rig(transport, SHORT_CLOCKS, GatewayOptions.DEFAULTS)) {
            rig.primary.enqueue(large());
            SseClient client =
                    rig.keep(
                            SseClient.to(rig.chat())
                                    .receiveBuffer(64 * 1024)
                                    .notReading()
                                    .post(Rig.request("primary", true)));
            Exchange asked = rig.primary.nextExchange();
            assertThat(asked.ended()).failsWithin(Duration.ofSeconds(3));

            client.resumeReading();
            assertThat(client.awaitEnd(Duration.ofSeconds(30))).isEqualTo(SseClient.End.CLEAN);
            assertThat(client.items()).hasSizeGreaterThan(EVENTS);
            assertThat(asked.awaitEnd().kind()).isEqualTo(ExchangeEnd.Kind.ANSWERED);
            assertThat(rig.fallback.requests()).isEmpty();
            rig.awaitIdle();
        }
    }

    private static Answer large() {
        List<Step> steps = new ArrayList<>();
        Step event = new Step.Raw(Slow.EVENT);
        for (int i = 0; i < EVENTS; i++) {
            steps.add(event);
        }
        steps.addAll(Answer.completion("stop", new Step.Usage(9, EVENTS)));
        return Answer.of(steps);
    }
}
