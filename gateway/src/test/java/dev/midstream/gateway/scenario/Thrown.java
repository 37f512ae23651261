package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.client.AnswerFailedException;
import dev.midstream.client.AttemptReport;
import dev.midstream.client.Block;
import dev.midstream.testkit.scenario.Seen;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an exception of the library tells, in the form in which a gateway tells it. */
final class Thrown {

    /** The same request would fail again. */
    private static final Set<String> HOPELESS =
            Set.of("invalid_request_error", "authentication_error", "insufficient_quota");

    private Thrown() {}

    /**
     * @param heard the text that came before
     */
    static Seen seen(AnswerFailedException e, String heard) {
        assertThat(e.retryable())
                .as("retryable after %s", e.type())
                .isEqualTo(!HOPELESS.contains(e.type()));
        assertThat(heard).as("the text that came").isIn(e.text(), refused(e));
        assertThat(e.request().model()).isEqualTo(Talk.MODEL);
        causes(e);
        return new Seen(e.status(), heard, null, List.of(), null, null, trouble(e));
    }

    /** A refusal is text in Messages. */
    private static String refused(AnswerFailedException e) {
        return e.blocks().stream().map(Block::text).collect(Collectors.joining());
    }

    /** Whatever was thrown below is there, as these very objects. */
    private static void causes(AnswerFailedException e) {
        List<Throwable> thrown =
                e.attempts().stream()
                        .map(AttemptReport::thrown)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        if (thrown.isEmpty()) {
            assertThat(e).hasNoCause().hasNoSuppressedExceptions();
        } else {
            assertThat(e.getCause()).isSameAs(thrown.getFirst());
            assertThat(List.of(e.getSuppressed())).isEqualTo(thrown.subList(1, thrown.size()));
        }
    }

    private static Seen.Trouble trouble(AnswerFailedException e) {
        ObjectNode error = World.JSON.createObjectNode();
        error.put("type", e.type()).put("code", e.code()).put("message", e.getMessage());
        ObjectNode midstream = error.putObject("midstream");
        midstream.put("delivered", e.delivered());
        ArrayNode attempts = midstream.putArray("attempts");
        e.attempts()
                .forEach(
                        attempt ->
                                attempts.addObject()
                                        .put("group", attempt.group())
                                        .put(
                                                "cause",
                                                Objects.requireNonNull(attempt.failure()).cause()));
        return new Seen.Trouble(error);
    }
}
