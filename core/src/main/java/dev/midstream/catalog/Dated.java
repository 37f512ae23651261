package dev.midstream.catalog;

import java.util.regex.Pattern;

/** Names of models that end in the day of their release. */
final class Dated {

    /**
     * {@code -2025-08-07} of OpenAI, {@code -20250929} of Anthropic, {@code @20250929} of Vertex
     * AI.
     */
    private static final Pattern DATE =
            Pattern.compile("([-@]20\\d{6}|-20\\d\\d-\\d\\d-\\d\\d|@default)$");

    private Dated() {}

    static String without(String model) {
        return DATE.matcher(model).replaceFirst("");
    }
}
