package dev.midstream.driver;

/** Where what the operator should know is written. Thread-safe; nothing in it throws. */
public interface Journal {

    /**
     * Something that is odd and goes on.
     *
     * @param message one line without secrets
     */
    void warn(String message);

    /**
     * A bug of ours, or of code that was plugged in.
     *
     * @param message one line without secrets
     */
    void bug(String message, Throwable thrown);
}
