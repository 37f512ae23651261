package dev.midstream.bench;

import dev.midstream.protocol.ByteSink;

/** Copies what is written, as a connection's buffer does, and forgets it. Not thread-safe. */
final class CopyingSink implements ByteSink {

    private final byte[] buffer = new byte[64 * 1024];
    private int used;
    private long written;

    @Override
    public void write(byte[] bytes, int offset, int length) {
        written += length;
        int rest = length;
        while (rest > 0) {
            used = used == buffer.length ? 0 : used;
            int most = Math.min(rest, buffer.length - used);
            System.arraycopy(bytes, offset + length - rest, buffer, used, most);
            used += most;
            rest -= most;
        }
    }

    /** How many bytes came in all. */
    long written() {
        return written;
    }
}
