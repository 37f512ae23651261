package dev.midstream.driver;

import java.util.concurrent.ThreadLocalRandom;

/** Makes identifiers up. They tell calls apart; they protect nothing. */
public final class Identifiers {

    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 29;

    private Identifiers() {}

    /** Letters and digits, 29 of them. */
    public static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
