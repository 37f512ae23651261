package dev.midstream.json;

/**
 * Writes texts as JSON strings in UTF-8.
 *
 * <p>What must be escaped is, and so is a surrogate without its other half: UTF-8 has no bytes for
 * it, while the escape is valid JSON and joins with the half that a later text may bring. Nothing
 * is allocated while the target is large enough.
 *
 * <p><b>Source</b>: RFC 8259, section 7.
 */
public final class JsonStringWriter {

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final int LONGEST_ESCAPE = 6;

    private JsonStringWriter() {}

    /** Writes {@code "text"}, quotes included. */
    public static void write(Bytes out, String text) {
        out.write('"');
        writeBare(out, text);
        out.write('"');
    }

    /** Writes what stands between the quotes. */
    public static void writeBare(Bytes out, String text) {
        int count = text.length();
        out.reserve(count + LONGEST_ESCAPE);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                out.put(c);
                continue;
            }
            out.reserve(count - i + LONGEST_ESCAPE);
            if (c < 0x80) {
                escaped(out, c);
            } else if (!Character.isSurrogate(c)) {
                encoded(out, c);
            } else if (startsPair(text, i)) {
                encoded(out, Character.toCodePoint(c, text.charAt(++i)));
            } else {
                hex(out, c);
            }
        }
    }

    private static boolean startsPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private static void escaped(Bytes out, char c) {
        int letter =
                switch (c) {
                    case '"', '\\' -> c;
                    case '\n' -> 'n';
                    case '\r' -> 'r';
                    case '\t' -> 't';
                    case '\b' -> 'b';
                    case '\f' -> 'f';
                    default -> 0;
                };
        if (letter == 0) {
            hex(out, c);
        } else {
            out.put('\\');
            out.put(letter);
        }
    }

    private static void hex(Bytes out, char c) {
        out.put('\\');
        out.put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.put(HEX[(c >> shift) & 0xf]);
        }
    }

    private static void encoded(Bytes out, int c) {
        if (c < 0x800) {
            out.put(0xc0 | c >> 6);
        } else if (c < 0x10000) {
            out.put(0xe0 | c >> 12);
            out.put(0x80 | c >> 6 & 0x3f);
        } else {
            out.put(0xf0 | c >> 18);
            out.put(0x80 | c >> 12 & 0x3f);
            out.put(0x80 | c >> 6 & 0x3f);
        }
        out.put(0x80 | c & 0x3f);
    }
}
