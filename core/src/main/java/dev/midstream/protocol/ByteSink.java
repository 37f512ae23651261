package dev.midstream.protocol;

/**
 * Takes bytes on their way out. Not thread-safe; whoever hands bytes over may reuse the array at
 * once.
 */
public interface ByteSink {

    void write(byte[] bytes, int offset, int length);

    default void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }
}
