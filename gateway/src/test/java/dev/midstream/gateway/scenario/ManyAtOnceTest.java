package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.scenario.Pair;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Said;
import dev.midstream.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many streams that break at the same time, on one gateway. */
class ManyAtOnceTest {

    private static final int CLIENTS = 150;

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void eachGetsItsOwnAnswerWholeAndNothingIsLeftOpen(TransportKind transport) {
        ScriptedModel breaking = ScriptedModel.answering(Said.ESSAY);
        for (int request = 1; request <= CLIENTS; request++) {
            breaking.breaking(request, request % 60, new Step.Cut());
        }
        Scenario scenario =
                Scenario.of("connection reset", "all at once")
                        .primary(Part.of(() -> breaking))
                        .fallback();
        try (World world = new World(scenario, Pair.CHAT_MESSAGES, transport)) {
            List<SseClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(world.ask(new ChatTalk().request(scenario, true), Map.of()));
            }
            for (SseClient client : clients) {
                assertThat(client.awaitEnd(World.PATIENCE)).isEqualTo(SseClient.End.CLEAN);
                assertThat(ChatStreamGrammar.check(client.body()).text()).isEqualTo(Said.ESSAY);
            }
            world.awaitIdle();
        }
    }
}
