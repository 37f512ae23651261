package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plain answers, in the form that OpenAI's API reference gives the response object. */
class WholeResponsesSayWhatStreamsSayTest {

    private static final String REASONING =
            "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\","
                    + "\"text\":\"think\"}],\"encrypted_content\":\"gAAA\"}";
    private static final String CALL =
            "{\"type\":\"function_call\",\"call_id\":\"call_1\",\"name\":\"f\",\"arguments\":\"{}\"}";

    private static Failure failure(String body) {
        List<StreamEvent> events = UpstreamStream.plain(body);
        assertThat(events).hasSize(1);
        return ((StreamEvent.Failed) events.getFirst()).failure();
    }

    @Test
    void everyItemIsTold() {
        String body =
                UpstreamStream.response(
                        "completed",
                        "[" + REASONING + "," + UpstreamStream.messageOf("Hi") + "," + CALL + "]",
                        ",\"usage\":{\"input_tokens\":3,\"output_tokens\":4}");

        assertThat(UpstreamStream.words(UpstreamStream.plain(body)))
                .containsExactly(
                        "opened resp_1 gpt-5",
                        "start 0 REASONING",
                        "delta 0 think",
                        "signed openai:key-1 gAAA",
                        "end 0",
                        "start 1 TEXT",
                        "delta 1 Hi",
                        "end 1",
                        "start 2 TOOL_CALL call_1 f",
                        "delta 2 {}",
                        "end 2",
                        "finish TOOL_CALLS",
                        "UsageReported[usage=Usage[input=3, output=4, cacheRead=-1, cacheWrite=-1,"
                                + " reasoning=-1, estimated=false]]",
                        "terminated");
    }

    @Test
    void itsBytesAreOneFrame() {
        String body = UpstreamStream.response("completed", "[]", "");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var decoder = new ResponsesProtocol().plainDecoder(UpstreamStream.TARGET);
        List<Frame> frames = new ArrayList<>();

        decoder.feed(bytes, 0, bytes.length, frames::add);
        decoder.end(frames::add);

        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst().protocol()).isEqualTo("openai-responses.body");
        assertThat(frames.getFirst().bytes()).isEqualTo(bytes);
    }

    @Test
    void aLimitIsTold() {
        String body =
                UpstreamStream.response(
                        "incomplete",
                        "[" + UpstreamStream.messageOf("Hi") + "]",
                        ",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}");

        assertThat(UpstreamStream.words(UpstreamStream.plain(body))).contains("finish LENGTH");
    }

    @Test
    void aFailedOneFails() {
        String body =
                UpstreamStream.response("failed", "[]", "")
                        .replace(
                                "\"error\":null",
                                "\"error\":{\"code\":\"server_error\",\"message\":\"Sorry\"}");

        Failure failure = failure(body);

        assertThat(failure.message()).isEqualTo("Sorry");
        assertThat(((Failure.Refused) failure).error().errorClass())
                .isEqualTo(ErrorClass.SERVER_ERROR);
    }

    @Test
    void whatIsNoFinishedResponseFails() {
        assertThat(failure(UpstreamStream.response("in_progress", "[]", "")))
                .isInstanceOf(Failure.BadEnd.class);
        assertThat(failure(UpstreamStream.response("queued", "[]", "")))
                .isInstanceOf(Failure.BadEnd.class);
        assertThat(failure("")).isInstanceOf(Failure.Truncated.class);
        assertThat(failure("{\"id\":\"resp_1\",\"object\":\"resp"))
                .isInstanceOf(Failure.Garbled.class);
        assertThat(failure("{\"error\":{\"message\":\"no\",\"code\":\"invalid_api_key\"}}"))
                .isInstanceOf(Failure.Refused.class);
        assertThat(failure("<html>Bad gateway</html>")).isInstanceOf(Failure.Refused.class);
        assertThat(failure("{}")).isInstanceOf(Failure.Refused.class);
    }
}
