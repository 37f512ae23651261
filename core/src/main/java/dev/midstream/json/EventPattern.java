package dev.midstream.json;

import dev.midstream.model.StreamEvent.Delta;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * Nearly every event of a stream is the one before it with another piece of text. To parse it would cost more than all else that
 * is done with it, and would tell nothing that is not known already: where its bytes are those of the event that was parsed, it
 * means the same. So a copy of that event is kept, with holes in it:
 *
 *   {"id":"c1","choices":[{"index":0,"delta":{"content":"·text·"},"finish_reason":null}],"obfuscation":"·any·"·blanks·}
 *
 * and the next one is compared with it. A text is taken out of a hole only if nothing about it could end the JSON string or be
 * refused in it. Whatever does not fit, for whatever reason, is parsed as if there were no pattern: a pattern can be missed but
 * not be wrong.
 */
/**
 * What an event looks like that says nothing but a piece of text, so that the next one of its kind
 * need not be parsed.
 *
 * <p><b>Shape</b>: {@link #match} before an event is parsed; where that gives nothing, the event is
 * parsed, and either {@link #learn} follows, for one that said a piece of text and nothing else and
 * changed nothing about how the next one is read, or {@link #forget}.
 *
 * <p><b>Thread-safety</b>: event-loop confined.
 */
public final class EventPattern {

    private static final int LONGEST = 4096;
    private static final int MOST_IN_VAIN = 100;
    private static final int MOST_DIGITS = 18;
    private static final int NONE = -1;
    private static final int SEVERAL = -2;
    private static final int KEPT_BUFFER = 64 * 1024;
    private static final byte[] PADDING = member("obfuscation");

    private enum Hole {
        COUNTER,
        TEXT,
        PADDING,
        BLANKS
    }

    private final byte @Nullable [] counters;
    private final byte[][] texts;
    private final Hole[] holes = new Hole[Hole.values().length];
    private final int[] holeFrom = new int[holes.length];
    private final int[] holeTo = new int[holes.length];
    private int count;

    private byte[] event = {};
    private int length;
    private int block;
    private boolean learnt;
    private int inVain;

    private final Bytes text = new Bytes(64);
    private long counter = NONE;

    /**
     * @param counter the member that counts events up, null where the protocol has none
     * @param texts the members that pieces of text come in
     */
    public EventPattern(@Nullable String counter, String... texts) {
        this.counters = counter == null ? null : member(counter);
        this.texts = Arrays.stream(texts).map(EventPattern::member).toArray(byte[][]::new);
    }

    private static byte[] member(String name) {
        return ("\"" + name + "\"").getBytes(StandardCharsets.US_ASCII);
    }

    // ---- matching

    /** What the event says, if it says what the one learnt said but for its text; else null. */
    public @Nullable Delta match(byte[] bytes, int offset, int size) {
        if (!learnt || !fits(bytes, offset, offset + size)) {
            return null;
        }
        String said = new String(text.array(), 0, text.length(), StandardCharsets.UTF_8);
        boolean perhapsNoText = said.indexOf('\uFFFD') >= 0;
        if (perhapsNoText) {
            return null;
        }
        inVain = 0;
        return new Delta(block, said);
    }

    /** The number of the event that matched last; negative where events have none. */
    public long counter() {
        return counter;
    }

    private boolean fits(byte[] bytes, int offset, int end) {
        int at = offset;
        int from = 0;
        for (int i = 0; i < count && at >= 0; i++) {
            at = same(from, holeFrom[i], bytes, at, end);
            at = at < 0 ? NONE : skip(holes[i], bytes, at, end);
            from = holeTo[i];
        }
        return at >= 0 && same(from, length, bytes, at, end) == end;
    }

    /** Behind what is as in the pattern from {@code at} on. */
    private int same(int from, int to, byte[] bytes, int at, int end) {
        int next = at + to - from;
        return next <= end && Arrays.equals(event, from, to, bytes, at, next) ? next : NONE;
    }

    private int skip(Hole hole, byte[] bytes, int at, int end) {
        return switch (hole) {
            case COUNTER -> takeCounter(bytes, at, end);
            case TEXT -> takeText(bytes, at, end);
            case PADDING -> afterPlain(bytes, at, end, false);
            case BLANKS -> afterBlanks(bytes, at, end);
        };
    }

    private int takeCounter(byte[] bytes, int from, int end) {
        int to = afterNumber(bytes, from, end);
        counter = to < 0 ? NONE : number(bytes, from, to);
        return to;
    }

    /** Takes the text up to the quote that ends it; what few escapes it has is undone. */
    private int takeText(byte[] bytes, int from, int end) {
        text.clear(KEPT_BUFFER);
        int at = from;
        while (true) {
            int to = afterPlain(bytes, at, end, true);
            text.write(bytes, at, to - at);
            if (to < end && bytes[to] == '"') {
                return text.isEmpty() ? NONE : to;
            }
            int meant = to + 1 < end && bytes[to] == '\\' ? unescaped(bytes[to + 1]) : NONE;
            if (meant < 0) {
                return NONE;
            }
            text.write(meant);
            at = to + 2;
        }
    }

    private static int unescaped(byte escape) {
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> NONE;
        };
    }

    /** Behind what stands for itself in a JSON string. */
    private static int afterPlain(byte[] bytes, int from, int end, boolean beyondAscii) {
        int at = from;
        while (at < end && isPlain(bytes[at], beyondAscii)) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(byte b, boolean beyondAscii) {
        return b < 0 ? beyondAscii : b >= ' ' && b != '"' && b != '\\';
    }

    private static int afterBlanks(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    private static int afterNumber(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        int digits = at - from;
        return digits == 1 || digits > 1 && digits <= MOST_DIGITS && bytes[from] != '0' ? at : NONE;
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    // ---- learning

    /** What was parsed last says nothing about how the next event is to be read. */
    public void forget() {
        learnt = false;
    }

    /**
     * Keeps what an event looks like that was parsed, and said this and nothing else. One that is
     * written in an unusual way is not learnt; what was learnt before it stays.
     *
     * @param number the event's, negative where it has none
     */
    public void learn(byte[] bytes, int offset, int size, Delta said, long number) {
        learnt &= said.block() == block;
        int end = offset + size;
        if (size > LONGEST || inVain >= MOST_IN_VAIN || bytes[end - 1] != '}') {
            return;
        }
        byte[] raw = said.text().getBytes(StandardCharsets.UTF_8);
        int at = textAt(raw, bytes, offset, end);
        if (at < 0
                || !isWhereItStands(raw, bytes, offset, end)
                || !numbered(bytes, offset, at, end, number)) {
            return;
        }
        hole(Hole.TEXT, at - offset, at + raw.length - offset);
        padding(bytes, offset, at, end);
        hole(Hole.BLANKS, blanksBefore(bytes, end - 1) - offset, size - 1);
        keep(bytes, offset, size);
        block = said.block();
        learnt = true;
        inVain++;
    }

    /** Begins anew with the counter, if there is one; false if it is not in its usual place. */
    private boolean numbered(byte[] bytes, int offset, int text, int end, long number) {
        int at = counters == null ? NONE : valueOf(counters, bytes, offset, end);
        int to = at < 0 ? NONE : afterNumber(bytes, at, end);
        boolean counted = to >= 0 && to < text && number(bytes, at, to) == number;
        if (!counted && at != NONE) {
            return false;
        }
        count = 0;
        counter = NONE;
        if (counted) {
            hole(Hole.COUNTER, at - offset, to - offset);
        }
        return true;
    }

    private void hole(Hole hole, int from, int to) {
        holes[count] = hole;
        holeFrom[count] = from;
        holeTo[count] = to;
        count++;
    }

    private void keep(byte[] bytes, int offset, int size) {
        event = event.length < size ? new byte[Math.max(512, 2 * size)] : event;
        System.arraycopy(bytes, offset, event, 0, size);
        length = size;
    }

    /** Where the text stands, plainly written, as the value of one of the members for texts. */
    private int textAt(byte[] raw, byte[] bytes, int offset, int end) {
        for (byte[] name : texts) {
            int at = stringOf(name, bytes, offset, end);
            int to = at + raw.length;
            if (at >= 0
                    && to < end
                    && bytes[to] == '"'
                    && Arrays.equals(raw, 0, raw.length, bytes, at, to)
                    && afterPlain(bytes, at, end, true) == to) {
                return at;
            }
        }
        return NONE;
    }

    /**
     * Whether this text stands in the event only once, and nothing in it is written by escapes:
     * then it is what was said, and not the equal text of some other member.
     */
    private static boolean isWhereItStands(byte[] raw, byte[] bytes, int offset, int end) {
        int found = 0;
        for (int at = offset; at < end; at++) {
            if (bytes[at] == '\\') {
                return false;
            }
            int to = at + 1 + raw.length;
            boolean quoted = bytes[at] == '"' && to < end && bytes[to] == '"';
            found += quoted && Arrays.equals(raw, 0, raw.length, bytes, at + 1, to) ? 1 : 0;
        }
        return found == 1;
    }

    /** Random text that hides the length of the event, if it is the last member of all. */
    private void padding(byte[] bytes, int offset, int behind, int end) {
        int at = stringOf(PADDING, bytes, offset, end);
        int to = at < behind ? NONE : afterPlain(bytes, at, end, false);
        if (to >= 0 && to < end && bytes[to] == '"' && afterBlanks(bytes, to + 1, end) == end - 1) {
            hole(Hole.PADDING, at - offset, to - offset);
        }
    }

    private static int blanksBefore(byte[] bytes, int to) {
        int at = to;
        while (bytes[at - 1] == ' ') {
            at--;
        }
        return at;
    }

    /** Behind the quote that begins the member's value. */
    private static int stringOf(byte[] name, byte[] bytes, int offset, int end) {
        int at = valueOf(name, bytes, offset, end);
        return at >= 0 && at < end && bytes[at] == '"' ? at + 1 : NONE;
    }

    /** Where the value of the only member of this name begins, whatever object it belongs to. */
    private static int valueOf(byte[] name, byte[] bytes, int offset, int end) {
        int found = NONE;
        for (int at = offset; at + name.length < end; at++) {
            if (bytes[at] != '"'
                    || !Arrays.equals(name, 0, name.length, bytes, at, at + name.length)) {
                continue;
            }
            int colon = afterBlanks(bytes, at + name.length, end);
            if (colon < end && bytes[colon] == ':') {
                found = found == NONE ? afterBlanks(bytes, colon + 1, end) : SEVERAL;
            }
        }
        return found;
    }
}
