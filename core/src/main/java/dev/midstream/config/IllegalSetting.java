package dev.midstream.config;

/** A value that a setting cannot take. Immutable. */
public final class IllegalSetting extends Exception {

    private static final long serialVersionUID = 1;
    private static final int SHOWN = 60;

    private final String key;
    private final String value;
    private final String expected;

    /**
     * @param key as it was written: {@code idle_timeout}, {@code x-midstream-idle-timeout}
     * @param value as it was written; only its beginning is shown
     * @param expected {@code a number of seconds above 0}
     */
    public IllegalSetting(String key, String value, String expected) {
        super(null, null, false, false);
        this.key = key;
        this.value = value;
        this.expected = expected;
    }

    public String key() {
        return key;
    }

    public String value() {
        return value;
    }

    public String expected() {
        return expected;
    }

    @Override
    public String getMessage() {
        return "`" + key + "`: `" + shown(value) + "` is not " + expected;
    }

    /** A value as messages show it: one line, not too long. */
    static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
