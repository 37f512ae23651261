package dev.midstream.gateway.check;

import java.util.Locale;

/**
 * Something to know about a configuration. Immutable; never shows a secret.
 *
 * @param kind what it is about; its word is stable over releases
 * @param place a place in a file, or the model group that it is about
 */
public record Finding(Severity severity, Kind kind, String place, String message) {

    /** How much it matters. */
    public enum Severity {
        /** It cannot work at run time, or the configuration cannot be used at all. */
        PROBLEM,
        /** It works, and probably not as it was meant. */
        WARNING,
        /** It is as it was configured, and good to know. */
        NOTE;

        /** {@code problem}, {@code warning}, {@code note}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a finding is about. */
    public enum Kind {
        /** The configuration cannot be used. */
        ERROR,
        /** Something in the files is odd or has no effect. */
        CONFIGURATION,
        MISSING_CREDENTIAL,
        UNUSABLE_PROVIDER,
        NOBODY_TO_ASK,
        SELF_FALLBACK,
        SMALLER_WINDOW,
        /** The deadline is over before anybody else would be asked. */
        SHORT_DEADLINE,
        ONLY_REPLAY,
        BREAK_ENDS_IN_ERROR,
        OVERRIDE_AGAINST_TABLE,
        BEYOND_BUDGET,
        FALLBACKS_OFF,
        NO_SECOND_DEPLOYMENT;

        /** {@code missing_credential}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
