package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Step;
import java.time.Duration;
import java.util.List;

/** Clients that had to wait for so long that the stream was opened before any content came. */
final class AroundTheCommit {

    private static final String BUSY = "Overloaded after a while.";

    private AroundTheCommit() {}

    private static Scenario late(String phase, Part primary) {
        return Scenario.of("no first token", phase)
                .primary(primary)
                .router("commit_after: 0.1")
                .router("heartbeat_interval: 0.1");
    }

    static List<Scenario> all() {
        Part silent =
                Part.always(Answer.of(new Step.Opening(), new Step.Stall()))
                        .params("first_token_timeout: 0.9");
        Answer error =
                Answer.of(
                        new Step.Pause(Duration.ofMillis(500)),
                        new Step.HttpError(529, "overloaded_error", BUSY));
        return List.of(
                late("the stream is open already, first_token_timeout", silent).fallback(),
                late("the stream is open already, nobody else, no retries", silent)
                        .router("num_retries: 0"),
                late("the stream is open already, then 529, no retries", Part.always(error))
                        .router("num_retries: 0"));
    }
}
