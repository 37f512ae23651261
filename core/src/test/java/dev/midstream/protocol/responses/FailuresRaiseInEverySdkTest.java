package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.Json;
import dev.midstream.model.ProviderError;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.protocol.ErrorReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A failed stream ends in an error that is nested for some SDKs and flat for others, and in a
 * response that failed.
 */
class FailuresRaiseInEverySdkTest {

    private static ErrorReport report() {
        ProviderError error =
                new ProviderError(
                        529,
                        ErrorClass.OVERLOADED,
                        "overloaded_error",
                        null,
                        null,
                        "Overloaded",
                        new Json("{\"type\":\"overloaded_error\",\n\"own\":1.10}"),
                        "req_1",
                        null,
                        false);
        return new ErrorReport(
                529,
                "overloaded_error",
                null,
                null,
                "Overloaded",
                new Failure.Refused(error, true),
                true,
                true,
                null,
                true,
                List.of());
    }

    @Test
    void theErrorIsNestedAndFlatAndTheResponseFails() {
        ClientStream stream =
                ClientStream.of("")
                        .tell(
                                new Opened("x", "m", 7),
                                BlockStarted.toolCall(0, 0, "c", "f"),
                                new Delta(0, "{}"),
                                new BlockEnded(0),
                                BlockStarted.text(1, 0),
                                new Delta(1, "Once"));
        stream.encoder.fail(report(), stream.out::write);
        stream.judged();
        List<JsonNode> events = stream.events();
        JsonNode error = events.get(events.size() - 2);
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.path("error").path("message").asString()).isEqualTo("Overloaded");
        assertThat(error.path("error").path("own").isNumber()).isTrue();
        assertThat(error.path("message").asString()).isEqualTo("Overloaded");
        assertThat(error.path("code").isNull()).isTrue();
        assertThat(error.has("param")).isTrue();
        JsonNode last = stream.last();
        assertThat(last.path("status").asString()).isEqualTo("failed");
        assertThat(last.path("error"))
                .hasToString("{\"code\":\"server_error\",\"message\":\"Overloaded\"}");
        assertThat(last.path("output").path(1).path("status").asString()).isEqualTo("incomplete");
    }

    @Test
    void aFailureBeforeAnythingIsAStreamAllTheSame() {
        ClientStream stream = ClientStream.of("");
        stream.encoder.heartbeat(stream.out::write);
        stream.encoder.fail(report(), stream.out::write);
        stream.judged();
        assertThat(stream.types()).containsExactly("response.created", "error", "response.failed");
    }

    @Test
    void aCallThatWasNotWholeWasNeverMade() {
        ClientStream stream =
                ClientStream.of("")
                        .tell(
                                new Opened("x", "m", 7),
                                BlockStarted.toolCall(0, 0, "c", "f"),
                                new Delta(0, "{\"a"));
        stream.encoder.fail(report(), stream.out::write);
        assertThat(stream.last().path("output").size()).isZero();
    }
}
