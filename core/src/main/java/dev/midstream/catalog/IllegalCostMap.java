package dev.midstream.catalog;

/** A cost map that cannot be used; the message says where and why, and shows none of its values. */
public final class IllegalCostMap extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    IllegalCostMap(int line, int column, String message) {
        super(message, null, false, false);
        this.line = line;
        this.column = column;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** Counted from 1. */
    public int column() {
        return column;
    }
}
