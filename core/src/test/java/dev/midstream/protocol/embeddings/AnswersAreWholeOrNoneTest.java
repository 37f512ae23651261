package dev.midstream.protocol.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** <b>Source</b> of the documents: OpenAI's API reference on embeddings (read 2026-11). */
final class AnswersAreWholeOrNoneTest {

    private static final byte[] WHOLE =
            """
            {"object": "list", "data": [{"object": "embedding", "index": 0, "embedding": "AAAAPwA="}],
             "model": "text-embedding-3-small", "usage": {"prompt_tokens": 5, "total_tokens": 5}}
            """
                    .strip()
                    .getBytes(StandardCharsets.UTF_8);

    @Test
    void wherePiecesOfItAreCutMakesNoDifference() {
        for (int cut = 0; cut <= WHOLE.length; cut++) {
            List<Frame> frames = decoded(WHOLE, cut, WHOLE.length);
            assertThat(frames).hasSize(1);
            Frame frame = frames.getFirst();
            assertThat(frame.verbatim()).isTrue();
            assertThat(
                            new String(
                                    frame.bytes(),
                                    frame.offset(),
                                    frame.length(),
                                    StandardCharsets.UTF_8))
                    .isEqualTo(new String(WHOLE, StandardCharsets.UTF_8));
            assertThat(frame.event(0))
                    .isEqualTo(new StreamEvent.Opened("", "text-embedding-3-small", 0));
            assertThat(frame.event(frame.size() - 1)).isEqualTo(new StreamEvent.Terminated());
        }
    }

    @Test
    void aDocumentThatBreaksOffIsAFailureWhereverItDoes() {
        for (int end = 0; end < WHOLE.length; end++) {
            assertThat(failure(decoded(WHOLE, 0, end)))
                    .as("cut after %d bytes", end)
                    .isInstanceOfAny(Failure.Truncated.class, Failure.Garbled.class);
        }
    }

    @Test
    void anErrorUnderStatus200IsTheProvidersError() {
        byte[] error =
                "{\"error\":{\"message\":\"Slow down.\",\"type\":\"rate_limit_error\",\"code\":429}}"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(failure(decoded(error, 3, error.length)))
                .isInstanceOfSatisfying(
                        Failure.Refused.class,
                        refused -> assertThat(refused.error().status()).isEqualTo(429));
    }

    @Test
    void aListOfNothingIsNoAnswer() {
        byte[] nothing = "{\"object\":\"list\",\"data\":[]}".getBytes(StandardCharsets.UTF_8);
        assertThat(failure(decoded(nothing, 0, nothing.length)))
                .isInstanceOf(Failure.Refused.class);
    }

    private static Failure failure(List<Frame> frames) {
        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst().event(0)).isInstanceOf(StreamEvent.Failed.class);
        return ((StreamEvent.Failed) frames.getFirst().event(0)).failure();
    }

    private static List<Frame> decoded(byte[] bytes, int cut, int end) {
        List<Frame> frames = new ArrayList<>();
        EmbeddingsDecoder decoder = new EmbeddingsDecoder();
        decoder.feed(bytes, 0, Math.min(cut, end), frames::add);
        decoder.feed(bytes, Math.min(cut, end), end - Math.min(cut, end), frames::add);
        decoder.end(frames::add);
        return frames;
    }
}
