package dev.midstream.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growable run of bytes that is filled, handed on and cleared, over and over, without allocating
 * once it is large enough.
 *
 * <p><b>Thread-safety</b>: not thread-safe.
 */
public final class Bytes {

    private byte[] array;
    private int length;

    public Bytes(int capacity) {
        array = new byte[capacity];
    }

    /** The bytes themselves, from 0 to {@link #length()}; valid until the next write. */
    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public void clear() {
        length = 0;
    }

    /** Clears and gives the memory back if it grew beyond {@code capacity}. */
    public void clear(int capacity) {
        length = 0;
        if (array.length > capacity) {
            array = new byte[capacity];
        }
    }

    public Bytes write(int b) {
        reserve(1);
        array[length++] = (byte) b;
        return this;
    }

    public Bytes write(byte[] bytes, int offset, int count) {
        reserve(count);
        System.arraycopy(bytes, offset, array, length, count);
        length += count;
        return this;
    }

    public Bytes write(byte[] bytes) {
        return write(bytes, 0, bytes.length);
    }

    /** Writes a text in UTF-8, as it is. */
    public Bytes text(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += i;
                return write(text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            array[length + i] = (byte) c;
        }
        length += count;
        return this;
    }

    /** Writes a whole number in decimal. */
    public Bytes number(long value) {
        if (value < 0) {
            return text(Long.toString(value));
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        reserve(digits);
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            array[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Makes room for {@code count} more bytes. */
    void reserve(int count) {
        int needed = Math.addExact(length, count);
        if (needed > array.length) {
            array =
                    Arrays.copyOf(
                            array,
                            Math.max(needed, Math.addExact(array.length, array.length >> 1)));
        }
    }

    /** Sets one byte behind the end; only after {@link #reserve}. */
    void put(int b) {
        array[length++] = (byte) b;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(array, length);
    }

    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.UTF_8);
    }
}
