package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.Step;
import org.junit.jupiter.api.Test;

/** What has to be gathered for a client that wants one piece is gathered up to a bound. */
class AnswersWithoutEndAreGivenUpTest {

    private static final String WORDS =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                    + "[{\"index\":0,\"delta\":{\"content\":\""
                    + "word ".repeat(20_000)
                    + "\"},\"finish_reason\":null}]}\n\n";

    @Test
    void andAnotherDeploymentAnswers() throws InterruptedException {
        try (Rig rig = new Rig(TransportKind.AUTO)) {
            rig.primary.enqueue(
                    Answer.of(new Step.Text("Once"), new Step.Endless(WORDS)),
                    Answer.text("The end."));
            rig.fallback.enqueue(Answer.text("The end."));
            SseClient client = rig.ask(Rig.request("primary", false));
            assertThat(client.awaitHead().status()).isEqualTo(200);
            client.awaitEnd();
            assertThat(client.text()).contains("The end.").doesNotContain("word");
            assertThat(rig.nextLogLine()).contains("garbled");
            rig.awaitIdle();
        }
    }
}
