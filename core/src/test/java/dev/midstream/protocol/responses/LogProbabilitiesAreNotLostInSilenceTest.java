package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Request;
import dev.midstream.protocol.InvalidRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code top_logprobs}: 0 is OpenAI's default and asks for nothing. */
final class LogProbabilitiesAreNotLostInSilenceTest {

    private static Request asking(int most) throws InvalidRequest {
        String body = "{\"model\":\"m\",\"input\":\"x\",\"top_logprobs\":" + most + "}";
        return new ResponsesProtocol().parse(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whoWantsThemIsToldWhereThereAreNone() throws InvalidRequest {
        assertThat(asking(3).further()).containsKey("top_logprobs");
        assertThat(asking(0).further()).doesNotContainKey("top_logprobs");
    }
}
