package dev.midstream.driver;

import java.io.ByteArrayOutputStream;

/** A body that is kept whole, as far as anybody will read it. */
final class ErrorBody {

    static final int MAX_BYTES = 1 << 20;

    private final int most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    /** Of an error. */
    ErrorBody() {
        this(MAX_BYTES);
    }

    ErrorBody(int most) {
        this.most = most;
    }

    /** Takes a piece; false once no more is wanted. */
    boolean take(byte[] piece, int offset, int length) {
        int room = most - bytes.size();
        bytes.write(piece, offset, Math.min(length, room));
        return length < room;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
