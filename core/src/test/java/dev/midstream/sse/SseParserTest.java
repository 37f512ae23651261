package dev.midstream.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Streams after WHATWG HTML 9.2.6, and what servers send besides (llama.cpp's field {@code error}).
 */
class SseParserTest {

    private static final String EVERYTHING =
            String.join(
                    "",
                    "\uFEFFdata: first\n\n: comment\r\n\r\nevent: ping\rdata: {}\r\r",
                    "data:two\ndata\ndata:  lines\r\n\r\nid: 7\nretry: 5\nevent: named\n",
                    "data: naïve 👋🏽\n\nerror: {\"code\":500}\n\nevent: only\n\ndata\n\n",
                    "data: [DONE]\n\n");
    private static final List<String> FOUND =
            List.of(
                    "|first",
                    "alive",
                    "ping|{}",
                    "|two\n\n lines",
                    "named|naïve 👋🏽",
                    "error {\"code\":500}",
                    "alive",
                    "alive",
                    "|[DONE]");

    @Test
    void everySplitGivesTheSame() {
        byte[] bytes = EVERYTHING.getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                assertThat(parse(bytes, first, second)).as("%s,%s", first, second).isEqualTo(FOUND);
            }
        }
    }

    @Test
    void byteByByteGivesTheSame() {
        byte[] bytes = EVERYTHING.getBytes(StandardCharsets.UTF_8);
        Found found = new Found();
        SseParser parser = new SseParser();
        byte[] one = new byte[1];
        for (byte b : bytes) {
            one[0] = b;
            parser.feed(one, 0, 1, found);
        }
        assertThat(found.list).isEqualTo(FOUND);
    }

    /** Bytes just above and below those that end lines, with and without the highest bit. */
    @Test
    void noOtherByteEndsALineWhereverItStands() {
        byte[] others = {9, 11, 12, 14, 0, 1, 127, (byte) 0x8a, (byte) 0x8d, (byte) 0x80, -1};
        for (byte other : others) {
            for (int length = 1; length < 40; length++) {
                byte[] line = new byte[length];
                Arrays.fill(line, other);
                String data = new String(line, StandardCharsets.ISO_8859_1);
                for (String end : List.of("\n\n", "\r\r", "\r\n\r\n", "\n\r")) {
                    Found found = new Found();
                    byte[] bytes = ("data: " + data + end).getBytes(StandardCharsets.ISO_8859_1);
                    new SseParser().feed(bytes, 0, bytes.length, found);
                    String seen = new String(line, StandardCharsets.UTF_8);
                    assertThat(found.list).as("%d × %d", length, other).containsExactly("|" + seen);
                }
            }
        }
    }

    @Test
    void aWholeEventIsHandedOnInItsOwnArray() {
        byte[] bytes = "data: x\n\n".getBytes(StandardCharsets.UTF_8);
        List<byte[]> arrays = new ArrayList<>();
        Found found =
                new Found() {
                    @Override
                    public void event(String name, byte[] array, int offset, int length) {
                        arrays.add(array);
                    }
                };
        new SseParser().feed(bytes, 0, bytes.length, found);
        assertThat(arrays).hasSize(1);
        assertThat(arrays.getFirst()).isSameAs(bytes);
    }

    @Test
    void anUnfinishedEventIsNotDispatchedButKept() {
        assertThat(rest("data: a\n\ndata: {\"b\"")).isEqualTo("{\"b\"");
        assertThat(rest("data: a\n\ndata: b\n")).isEqualTo("b");
        assertThat(rest("data: a\n\n")).isEmpty();
    }

    @Test
    void whatIsNoFieldIsKeptUntilTheNextEvent() {
        assertThat(rest("data: a\n\n<html>\n<b>Bad gateway</b>\n</html>"))
                .isEqualTo("<html>\n<b>Bad gateway</b>\n</html>");
        assertThat(rest("[{\n  \"error\": {}\n}]\n")).isEqualTo("[{\n  \"error\": {}\n}]\n");
        assertThat(rest("what\n\ndata: a\n\n")).isEmpty();
    }

    @Test
    void tenMegabytesInOneEventPass() {
        byte[] bytes =
                ("data: " + "x".repeat(10_000_000) + "\n\n").getBytes(StandardCharsets.UTF_8);
        List<Integer> lengths = new ArrayList<>();
        Found found =
                new Found() {
                    @Override
                    public void event(String name, byte[] array, int offset, int length) {
                        lengths.add(length);
                    }
                };
        SseParser parser = new SseParser();
        for (int at = 0; at < bytes.length; at += 16_384) {
            parser.feed(bytes, at, Math.min(16_384, bytes.length - at), found);
        }
        assertThat(lengths).containsExactly(10_000_000);
    }

    @Test
    void anEventBeyondTheLimitEndsTheParsing() {
        assertThat(limited("data: 0123456789\n\ndata: b\n\n")).containsExactly("|0123456789", "|b");
        assertThat(limited("data: 0123456789x\n\ndata: b\n\n")).containsExactly("too long");
        assertThat(limited("data: 012345\ndata: 6789\n\ndata: b\n\n")).containsExactly("too long");
        assertThat(limited(": " + "endless".repeat(1000))).containsExactly("too long");
    }

    private static List<String> limited(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Found found = new Found();
        SseParser parser = new SseParser(10);
        for (int i = 0; i < bytes.length; i++) {
            parser.feed(bytes, i, 1, found);
        }
        return found.list;
    }

    private static String rest(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String whole = null;
        for (int split = 0; split <= bytes.length; split++) {
            SseParser parser = new SseParser();
            parser.feed(bytes.clone(), 0, split, new Found());
            parser.feed(bytes, split, bytes.length - split, new Found());
            String rest = new String(parser.rest(), StandardCharsets.UTF_8);
            assertThat(rest).isEqualTo(whole == null ? rest : whole);
            whole = rest;
        }
        return whole;
    }

    private static List<String> parse(byte[] bytes, int first, int second) {
        Found found = new Found();
        SseParser parser = new SseParser();
        byte[] reused = new byte[bytes.length];
        for (int[] range : new int[][] {{0, first}, {first, second}, {second, bytes.length}}) {
            System.arraycopy(bytes, range[0], reused, 0, range[1] - range[0]);
            parser.feed(reused, 0, range[1] - range[0], found);
            Arrays.fill(reused, (byte) '!');
        }
        return found.list;
    }

    private static class Found implements SseListener {
        final List<String> list = new ArrayList<>();

        @Override
        public void event(String name, byte[] bytes, int offset, int length) {
            list.add(name + "|" + new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void alive() {
            list.add("alive");
        }

        @Override
        public void errorField(byte[] bytes, int offset, int length) {
            list.add("error " + new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void tooLong(int limit) {
            list.add("too long");
        }
    }
}
