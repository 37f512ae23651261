package dev.midstream.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into server-sent events, wherever the bytes were split.
 *
 * <p><b>Shape</b>: {@code feed} any number of times; what is found goes to the listener at once.
 * Lines end in LF, CR or CRLF; a byte order mark at the very start is skipped; {@code data} lines
 * of one event are joined by LF; an event is dispatched by the blank line behind it and never by
 * the end of the input: what was left then is {@link #rest()}. Lines that are no field of an event
 * (an error page behind the last event, JSON in place of events) are kept too, up to {@value
 * #MOST_STRAY} bytes.
 *
 * <p>An event that lies in one fed array is handed on as a range of it; any other is gathered in a
 * buffer of ours. No allocation an event, once buffers have grown and event names were seen.
 *
 * <p><b>Failure</b>: an event or a line beyond the limit ends the parsing.
 *
 * <p><b>Source</b>: WHATWG HTML, section 9.2.6 (read 2026-11). <b>Thread-safety</b>: event-loop
 * confined.
 */
public final class SseParser {

    /** The limit that {@link #SseParser()} sets: a base64 image in one event fits. */
    public static final int MOST_EVENT_BYTES = 16 * 1024 * 1024;

    private static final int MOST_STRAY = 64 * 1024;
    private static final int LONGEST_FIELD = 1024;
    private static final int FIRST_BUFFER = 512;
    private static final int KEPT_BUFFER = 64 * 1024;

    private static final byte[] DATA = ascii("data");
    private static final byte[] EVENT = ascii("event");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] ID = ascii("id");
    private static final byte[] RETRY = ascii("retry");
    private static final byte[] LINE_FEED = {'\n'};
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;

    private final int limit;
    private final EventNames names = new EventNames();
    private final Gathered line = new Gathered();
    private final Gathered data = new Gathered();
    private final Gathered stray = new Gathered();

    private String name = "";
    private int dataLines;
    private byte[] dataIn = data.bytes;
    private int dataStart;
    private int dataEnd;
    private boolean borrowed;
    private boolean skipLineFeed;
    private boolean firstLine = true;
    private boolean dead;

    public SseParser() {
        this(MOST_EVENT_BYTES);
    }

    /**
     * @param limit the most bytes of one event's data and of one line
     */
    public SseParser(int limit) {
        this.limit = limit;
    }

    /** Takes more bytes; the array may be reused afterwards. */
    public void feed(byte[] bytes, int offset, int length, SseListener listener) {
        int end = offset + length;
        int at = offset;
        if (skipLineFeed && at < end) {
            skipLineFeed = false;
            at += bytes[at] == '\n' ? 1 : 0;
        }
        while (at < end && !dead) {
            int stop = lineEnd(bytes, at, end);
            if (stop == end) {
                gatherLine(bytes, at, end, listener);
                break;
            }
            take(bytes, at, stop, listener);
            at = stop + 1;
            if (bytes[stop] == '\r') {
                skipLineFeed = at == end;
                at += at < end && bytes[at] == '\n' ? 1 : 0;
            }
        }
        gatherData();
    }

    /**
     * Whether the event being handed on had several {@code data} lines: its data holds line feeds.
     */
    public boolean multiLine() {
        return dataLines > 1;
    }

    /**
     * What came and belongs to no dispatched event, in the order of stray lines, undispatched data,
     * unfinished line.
     */
    public byte[] rest() {
        Gathered all = new Gathered();
        all.add(stray.bytes, 0, stray.length);
        all.add(dataIn, dataStart, dataEnd);
        if (line.length > 0) {
            int value = undispatchedValue();
            all.add(line.bytes, value, line.length);
        }
        return Arrays.copyOf(all.bytes, all.length);
    }

    private int undispatchedValue() {
        int colon = colon(line.bytes, 0, line.length);
        boolean isData = is(line.bytes, 0, colon, DATA);
        return isData ? valueStart(line.bytes, colon, line.length) : 0;
    }

    /** Looks at eight bytes at a time: most of what a stream has is the inside of long lines. */
    private static int lineEnd(byte[] bytes, int from, int end) {
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            long ends = zeros(eight ^ '\n' * ONES) | zeros(eight ^ '\r' * ONES);
            if (ends != 0) {
                return at + Long.numberOfTrailingZeros(ends) / Byte.SIZE;
            }
        }
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /** The highest bit of each byte that is zero; perhaps of some above the first of them too. */
    private static long zeros(long eight) {
        return eight - ONES & ~eight & ONES << 7;
    }

    private void gatherLine(byte[] bytes, int from, int to, SseListener listener) {
        if (line.length + (to - from) > limit + LONGEST_FIELD) {
            die(listener);
            return;
        }
        line.add(bytes, from, to);
    }

    private void take(byte[] bytes, int from, int to, SseListener listener) {
        if (line.length == 0) {
            line(bytes, from, to, listener);
            return;
        }
        gatherLine(bytes, from, to, listener);
        if (!dead) {
            line(line.bytes, 0, line.length, listener);
            gatherData();
            line.clear();
        }
    }

    private void line(byte[] bytes, int start, int to, SseListener listener) {
        int from = start;
        if (firstLine) {
            firstLine = false;
            from += marked(bytes, from, to) ? 3 : 0;
        }
        if (from == to) {
            dispatch(listener);
            return;
        }
        int colon = colon(bytes, from, to);
        int value = valueStart(bytes, colon, to);
        if (colon == from) {
            listener.alive();
        } else if (is(bytes, from, colon, DATA)) {
            addData(bytes, value, to, listener);
        } else if (is(bytes, from, colon, EVENT)) {
            name = names.of(bytes, value, to);
        } else if (is(bytes, from, colon, ERROR)) {
            listener.errorField(bytes, value, to - value);
        } else if (!is(bytes, from, colon, ID) && !is(bytes, from, colon, RETRY)) {
            keepStray(bytes, from, to);
        }
    }

    private void dispatch(SseListener listener) {
        if (dataLines > 0 && dataEnd > dataStart) {
            stray.clear();
            listener.event(name, dataIn, dataStart, dataEnd - dataStart);
        } else if (dataLines > 0 || !name.isEmpty()) {
            listener.alive();
        }
        name = "";
        borrowed = false;
        dataLines = 0;
        dataStart = 0;
        dataEnd = 0;
        data.clear();
        dataIn = data.bytes;
    }

    private void addData(byte[] bytes, int from, int to, SseListener listener) {
        if (dataEnd - dataStart + Math.min(dataLines, 1) + (to - from) > limit) {
            die(listener);
            return;
        }
        if (dataLines++ == 0) {
            borrowed = true;
            dataIn = bytes;
            dataStart = from;
            dataEnd = to;
            return;
        }
        gatherData();
        data.add(LINE_FEED, 0, 1);
        data.add(bytes, from, to);
        dataIn = data.bytes;
        dataEnd = data.length;
    }

    /** Moves data that lies in an array about to be reused into our own buffer. */
    private void gatherData() {
        if (borrowed) {
            borrowed = false;
            data.clear();
            data.add(dataIn, dataStart, dataEnd);
            dataIn = data.bytes;
            dataStart = 0;
            dataEnd = data.length;
        }
    }

    private void keepStray(byte[] bytes, int from, int to) {
        int room = Math.max(0, MOST_STRAY - stray.length - 1);
        stray.add(bytes, from, Math.min(to, from + room));
        if (room > 0) {
            stray.add(LINE_FEED, 0, 1);
        }
    }

    private void die(SseListener listener) {
        dead = true;
        line.clear();
        listener.tooLong(limit);
    }

    private static int colon(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ':') {
            at++;
        }
        return at;
    }

    private static int valueStart(byte[] bytes, int colon, int to) {
        int value = Math.min(colon + 1, to);
        return value < to && bytes[value] == ' ' ? value + 1 : value;
    }

    private static boolean marked(byte[] bytes, int from, int to) {
        return to - from > 2
                && bytes[from] == (byte) 0xef
                && bytes[from + 1] == (byte) 0xbb
                && bytes[from + 2] == (byte) 0xbf;
    }

    private static boolean is(byte[] bytes, int from, int to, byte[] word) {
        return Arrays.equals(bytes, from, to, word, 0, word.length);
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes put together from several arrays. */
    private static final class Gathered {
        private byte[] bytes = {};
        private int length;

        void add(byte[] from, int start, int end) {
            int count = end - start;
            if (length + count > bytes.length) {
                bytes =
                        Arrays.copyOf(
                                bytes,
                                Math.max(length + count, Math.max(FIRST_BUFFER, bytes.length * 2)));
            }
            System.arraycopy(from, start, bytes, length, count);
            length += count;
        }

        void clear() {
            length = 0;
            if (bytes.length > KEPT_BUFFER) {
                bytes = new byte[KEPT_BUFFER];
            }
        }
    }

    /** Names of events, made into text once each: streams use a handful. */
    private static final class EventNames {
        private static final int MOST = 64;
        private byte[][] written = {};
        private String[] known = {};
        private int count;

        String of(byte[] bytes, int from, int to) {
            for (int i = 0; i < count; i++) {
                if (is(bytes, from, to, written[i])) {
                    return known[i];
                }
            }
            String fresh = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            if (count < MOST && fresh.length() <= 64) {
                keep(fresh, Arrays.copyOfRange(bytes, from, to));
            }
            return fresh;
        }

        private void keep(String name, byte[] asWritten) {
            if (count == known.length) {
                written = Arrays.copyOf(written, count + 8);
                known = Arrays.copyOf(known, count + 8);
            }
            written[count] = asWritten;
            known[count++] = name;
        }
    }
}
