package dev.midstream.gateway.driver;

import java.io.ByteArrayOutputStream;

/** The body of an upstream's error, as far as anybody will read it. */
final class ErrorBody {

    static final int MAX_BYTES = 1 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    /** Takes a piece; false once no more is wanted. */
    boolean take(byte[] piece, int offset, int length) {
        int room = MAX_BYTES - bytes.size();
        bytes.write(piece, offset, Math.min(length, room));
        return length < room;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
