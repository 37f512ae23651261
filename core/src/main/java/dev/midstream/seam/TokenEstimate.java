package dev.midstream.seam;

/**
 * How many tokens a text has where no upstream counted: its UTF-8 bytes divided by four, rounded
 * up.
 */
public final class TokenEstimate {

    private static final int BYTES_OF_A_SHORT_PIECE = 14;

    private TokenEstimate() {}

    /**
     * How many tokens a text is that came in pieces: as many as there are pieces where these are
     * short, for most upstreams send token by token; else as many as its bytes tell.
     */
    public static long ofPieces(long pieces, long utf8Bytes) {
        return utf8Bytes <= pieces * BYTES_OF_A_SHORT_PIECE ? pieces : tokensOfBytes(utf8Bytes);
    }

    public static long tokens(CharSequence text) {
        return tokensOfBytes(utf8Bytes(text));
    }

    /** For sums: the bytes of many pieces are added first and rounded once. */
    public static long tokensOfBytes(long utf8Bytes) {
        return (utf8Bytes + 3) / 4;
    }

    /** The length in UTF-8; a lone surrogate counts as the three bytes of its replacement. */
    public static long utf8Bytes(CharSequence text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (pairAt(text, i)) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    private static boolean pairAt(CharSequence text, int i) {
        return i + 1 < text.length()
                && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }
}
