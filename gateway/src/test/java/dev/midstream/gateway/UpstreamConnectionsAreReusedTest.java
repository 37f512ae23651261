package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpstreamConnectionsAreReusedTest {

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aConnectionIsUsedForOneRequestAfterAnother(TransportKind transport) throws Exception {
        try (Rig rig = new Rig(transport)) {
            for (int i = 0; i < 20; i++) {
                rig.primary.enqueue(Answer.text("short"));
                rig.stream().awaitEnd();
                rig.awaitIdle();
            }
            assertThat(rig.primary.connections())
                    .as("one for each event loop at most")
                    .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
        }
    }
}
