package dev.midstream.protocol.responses;

import dev.midstream.model.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/*
 * An event that goes out as it came is not parsed a second time: one pass over its bytes finds where the few members stand
 * that may have to change or that say which item and part it is about. That the bytes are JSON is known, for a decoder has
 * read them; should they not be, the scan says no and the event is written anew. Nothing is allocated.
 */
/** Finds the members at the top of one event of a stream. Event-loop confined, reused. */
final class EventScan {

    private static final byte[] TYPE = ascii("type");
    private static final byte[] SEQUENCE = ascii("sequence_number");
    private static final byte[] ITEM_ID = ascii("item_id");
    private static final byte[] OUTPUT_INDEX = ascii("output_index");
    private static final byte[] CONTENT_INDEX = ascii("content_index");
    private static final byte[] SUMMARY_INDEX = ascii("summary_index");
    private static final byte[] DELTA = ascii("delta");
    private static final byte[] RESPONSE = ascii("response");
    private static final byte[] ITEM = ascii("item");
    private static final byte[] PART = ascii("part");
    private static final byte[] ANNOTATION = ascii("annotation");
    private static final int MOST_DIGITS = 9;

    /** Where a value stands, [from, to); {@code from} is -1 where there is none. */
    static final class Range {
        int from;
        int to;

        boolean there() {
            return from >= 0;
        }

        private void none() {
            from = -1;
            to = -1;
        }
    }

    final Range type = new Range();
    final Range sequence = new Range();
    final Range itemId = new Range();
    final Range delta = new Range();
    final Range response = new Range();
    final Range item = new Range();
    final Range part = new Range();
    final Range annotation = new Range();
    int sequenceNumber;
    int outputIndex;
    int contentIndex;
    int summaryIndex;
    byte[] bytes = {};
    private int at;
    private int end;

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Scans a frame's bytes; false if they are not one object on one line that names its type in
     * plain characters.
     */
    boolean scan(Frame frame) {
        clear(frame);
        if (frame.cuts().length > 0 || end == at || bytes[at] != '{') {
            return false;
        }
        at++;
        skipBlanks();
        while (at < end && bytes[at] == '"') {
            if (!member()) {
                return false;
            }
            skipBlanks();
            if (at < end && bytes[at] == ',') {
                at++;
                skipBlanks();
            }
        }
        return at < end && bytes[at] == '}' && type.there() && plain(type);
    }

    private boolean plain(Range text) {
        for (int i = text.from; i < text.to; i++) {
            if (bytes[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private void clear(Frame frame) {
        bytes = frame.bytes();
        at = frame.offset();
        end = at + frame.length();
        type.none();
        sequence.none();
        itemId.none();
        delta.none();
        response.none();
        item.none();
        part.none();
        annotation.none();
        sequenceNumber = -1;
        outputIndex = -1;
        contentIndex = -1;
        summaryIndex = -1;
    }

    private boolean member() {
        int nameFrom = at + 1;
        if (!skipString()) {
            return false;
        }
        int nameTo = at - 1;
        skipBlanks();
        if (at >= end || bytes[at] != ':') {
            return false;
        }
        at++;
        skipBlanks();
        int from = at;
        if (!skipValue()) {
            return false;
        }
        note(nameFrom, nameTo, from);
        return true;
    }

    private void note(int nameFrom, int nameTo, int from) {
        switch (nameTo - nameFrom) {
            case 4 -> {
                texts(TYPE, nameFrom, nameTo, from, type);
                values(ITEM, nameFrom, nameTo, from, item);
                values(PART, nameFrom, nameTo, from, part);
            }
            case 5 -> texts(DELTA, nameFrom, nameTo, from, delta);
            case 7 -> texts(ITEM_ID, nameFrom, nameTo, from, itemId);
            case 8 -> values(RESPONSE, nameFrom, nameTo, from, response);
            case 10 -> values(ANNOTATION, nameFrom, nameTo, from, annotation);
            case 12 -> {
                if (is(OUTPUT_INDEX, nameFrom, nameTo)) {
                    outputIndex = number(from);
                }
            }
            case 13 -> {
                if (is(CONTENT_INDEX, nameFrom, nameTo)) {
                    contentIndex = number(from);
                } else if (is(SUMMARY_INDEX, nameFrom, nameTo)) {
                    summaryIndex = number(from);
                }
            }
            case 15 -> {
                values(SEQUENCE, nameFrom, nameTo, from, sequence);
                sequenceNumber = sequence.there() ? number(sequence.from) : -1;
            }
            default -> {}
        }
    }

    /** Notes a text without its quotes. */
    private void texts(byte[] name, int nameFrom, int nameTo, int from, Range range) {
        if (is(name, nameFrom, nameTo) && bytes[from] == '"') {
            range.from = from + 1;
            range.to = at - 1;
        }
    }

    private void values(byte[] name, int nameFrom, int nameTo, int from, Range range) {
        if (is(name, nameFrom, nameTo)) {
            range.from = from;
            range.to = at;
        }
    }

    private boolean is(byte[] name, int from, int to) {
        return Arrays.equals(bytes, from, to, name, 0, name.length);
    }

    boolean isType(byte[] name) {
        return is(name, type.from, type.to);
    }

    boolean same(Range range, byte[] text) {
        return range.there() && is(text, range.from, range.to);
    }

    byte[] slice(Range range) {
        return Arrays.copyOfRange(bytes, range.from, range.to);
    }

    String text(Range range) {
        return new String(bytes, range.from, range.to - range.from, StandardCharsets.UTF_8);
    }

    private int number(int from) {
        int digits = at - from;
        if (digits < 1 || digits > MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < at; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private void skipBlanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
    }

    private boolean skipString() {
        at++;
        while (at < end) {
            byte b = bytes[at++];
            if (b == '"') {
                return true;
            }
            if (b == '\\') {
                at++;
            } else if (b == '\n' || b == '\r') {
                return false;
            }
        }
        return false;
    }

    private boolean skipValue() {
        int depth = 0;
        while (at < end) {
            switch (bytes[at]) {
                case '"' -> {
                    if (!skipString()) {
                        return false;
                    }
                }
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    if (depth == 0) {
                        return true;
                    }
                    depth--;
                    at++;
                }
                case ',', ' ', '\t' -> {
                    if (depth == 0) {
                        return true;
                    }
                    at++;
                }
                case '\n', '\r' -> {
                    return false;
                }
                default -> at++;
            }
        }
        return false;
    }
}
