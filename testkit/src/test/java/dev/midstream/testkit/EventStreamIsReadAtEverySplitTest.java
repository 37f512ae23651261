package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamIsReadAtEverySplitTest {

    private static final String STREAM =
            """
            \uFEFF: hello\r
            event: error\rdata: a
            data:  \u00e9\r
            \r
            data

            retry: 3
            :\s

            event: lost

            data:c

            """;

    private static final List<SseItem> ITEMS =
            List.of(
                    new SseItem.Comment("hello"),
                    new SseItem.Event("error", "a\n \u00e9"),
                    new SseItem.Event(null, ""),
                    new SseItem.Field("retry", "3"),
                    new SseItem.Comment(""),
                    new SseItem.Event(null, "c"));

    @Test
    void everySplitReadsTheSame() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        for (int split = 0; split <= bytes.length; split++) {
            SseParser parser = new SseParser();
            List<SseItem> items = new ArrayList<>(parser.feed(bytes, 0, split));
            items.addAll(parser.feed(bytes, split, bytes.length - split));
            assertThat(items).as("split at " + split).isEqualTo(ITEMS);
            assertThat(parser.unfinished()).isFalse();
        }
    }

    @Test
    void whatNoBlankLineDispatchesIsUnfinished() {
        for (String tail : List.of("d", "data: a", "data: a\n", "event: b\r\n")) {
            SseParser parser = new SseParser();
            byte[] bytes = tail.getBytes(StandardCharsets.UTF_8);
            assertThat(parser.feed(bytes, 0, bytes.length)).isEmpty();
            assertThat(parser.unfinished()).as(tail).isTrue();
        }
    }
}
