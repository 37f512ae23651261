package dev.midstream.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.StreamEvent;
import dev.midstream.protocol.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A stream that was cut, and goes on over another connection: {@code GET
 * /v1/responses/{id}?stream=true&starting_after=N} gives the events behind number N (OpenAI's page
 * on background mode).
 */
class StreamsAreTakenUpAgainTest {

    private static final byte[] WHOLE =
            UpstreamStream.opened()
                    .message(0)
                    .part(0, 0, "output_text")
                    .text(0, 0, "one ")
                    .text(0, 0, "two ")
                    .text(0, 0, "three")
                    .textDone(0, 0, "one two three")
                    .messageDone(0, "one two three")
                    .completed("[" + UpstreamStream.messageOf("one two three") + "]")
                    .bytes();

    /** The bytes from the event behind this number on. */
    private static byte[] behind(long number) {
        String text = new String(WHOLE, StandardCharsets.UTF_8);
        int at = text.indexOf("\"sequence_number\":" + (number + 1) + ",");
        return text.substring(text.lastIndexOf("event: ", at)).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aStreamCutAnywhereGoesOnWithoutALossOrARepetition() {
        List<String> whole = UpstreamStream.words(UpstreamStream.events(WHOLE, Integer.MAX_VALUE));
        String text = new String(WHOLE, StandardCharsets.UTF_8);
        int lastEvent = text.lastIndexOf("event: ");
        for (int at = text.indexOf("\n\n") + 2; at < lastEvent; at++) {
            assertThat(resumed(at, true)).as("cut at %d", at).isEqualTo(whole);
            assertThat(resumed(at, false)).as("cut at %d", at).isEqualTo(whole);
        }
    }

    private static List<String> resumed(int cut, boolean ended) {
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(UpstreamStream.TARGET);
        List<StreamEvent> events = new ArrayList<>();
        decoder.feed(WHOLE, 0, cut, frame -> UpstreamStream.note(frame, events));
        if (ended) {
            decoder.end(frame -> UpstreamStream.note(frame, events));
        }
        byte[] rest = behind(decoder.position());
        decoder.reconnected();
        decoder.feed(rest, 0, rest.length, frame -> UpstreamStream.note(frame, events));
        decoder.end(frame -> UpstreamStream.note(frame, events));
        return UpstreamStream.words(events);
    }

    @Test
    void whatIsToldAgainIsIgnored() {
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(UpstreamStream.TARGET);
        List<StreamEvent> events = new ArrayList<>();
        int cut = new String(WHOLE, StandardCharsets.UTF_8).indexOf("two ");
        decoder.feed(WHOLE, 0, cut, frame -> UpstreamStream.note(frame, events));
        decoder.reconnected();
        decoder.feed(WHOLE, 0, WHOLE.length, frame -> UpstreamStream.note(frame, events));

        assertThat(UpstreamStream.words(events))
                .isEqualTo(UpstreamStream.words(UpstreamStream.events(WHOLE, 1000)));
    }

    @Test
    void whatIsLeftOutOnTheWayBackIsAFailure() {
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(UpstreamStream.TARGET);
        List<StreamEvent> events = new ArrayList<>();
        int cut = new String(WHOLE, StandardCharsets.UTF_8).indexOf("two ");
        decoder.feed(WHOLE, 0, cut, frame -> UpstreamStream.note(frame, events));
        decoder.reconnected();
        byte[] rest = behind(decoder.position() + 1);
        decoder.feed(rest, 0, rest.length, frame -> UpstreamStream.note(frame, events));

        assertThat(events.getLast()).isInstanceOf(StreamEvent.Failed.class);
        assertThat(UpstreamStream.words(events).toString()).doesNotContain("three");
    }

    @Test
    void thePositionIsTheLastEventThatWasRead() {
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(UpstreamStream.TARGET);

        assertThat(decoder.position()).isEqualTo(-1);
        int cut = new String(WHOLE, StandardCharsets.UTF_8).indexOf("two ");
        decoder.feed(WHOLE, 0, cut, frame -> {});
        assertThat(decoder.position()).isEqualTo(4);
    }

    @Test
    void aFailedOneIsOver() {
        byte[] failed = UpstreamStream.opened().event("error", "\"message\":\"no\"").bytes();
        StreamDecoder decoder = new ResponsesProtocol().streamDecoder(UpstreamStream.TARGET);
        decoder.feed(failed, 0, failed.length, frame -> {});
        decoder.reconnected();
        List<StreamEvent> events = new ArrayList<>();
        decoder.feed(WHOLE, 0, WHOLE.length, frame -> UpstreamStream.note(frame, events));

        assertThat(events).isEmpty();
    }
}
