package dev.midstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.chat.ChatProtocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A continuation says the end of the delivered text again: a provider that is told a stop string
 * which begins there would end in front of it, and the join would never be proven.
 */
class StopStringsThatHaveBegunAreLeftOutTest {

    private static Draft continuing(String delivered, String stop) throws InvalidRequest {
        String body =
                "{\"model\":\"m\",\"stop\":[\"%s\"],\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}"
                        .formatted(stop);
        Request request = new ChatProtocol().parse(body.getBytes(StandardCharsets.UTF_8));
        List<Message> appended =
                List.of(
                        Message.of(Message.Role.ASSISTANT, delivered),
                        Message.of(Message.Role.USER, "Go on after: the far"));
        return new Draft(request, Method.USER_TURN, appended, null, true, true, false, true, true);
    }

    @ParameterizedTest
    @CsvSource({
        "until the far, the far bank, true",
        "until the far, r, false",
        "until the far, ra, true",
        "until the far, bank, false",
        "t, the far bank, true",
        "until the far bank, the far bank, false",
    })
    void whereOneBeginsAtTheEndOfWhatWasDelivered(String delivered, String stop, boolean begun)
            throws InvalidRequest {
        assertThat(continuing(delivered, stop).withoutStop()).isEqualTo(begun);
    }
}
