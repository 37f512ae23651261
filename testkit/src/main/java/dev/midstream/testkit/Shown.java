package dev.midstream.testkit;

/** Texts as messages for people show them. */
final class Shown {

    private static final int HEAD = 400;
    private static final int TAIL = 200;

    private Shown() {}

    /** Its beginning and its end, which is where conversations differ. */
    static String shortened(Object value) {
        String text = value.toString();
        return text.length() <= HEAD + TAIL
                ? text
                : text.substring(0, HEAD)
                        + " … "
                        + (text.length() - HEAD - TAIL)
                        + " characters … "
                        + text.substring(text.length() - TAIL);
    }
}
