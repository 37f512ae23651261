package dev.midstream.model;

import org.jspecify.annotations.Nullable;

/**
 * How much the model is asked to think.
 *
 * @param effort the protocol-neutral level ({@code none}, {@code minimal}, {@code low}, {@code
 *     medium}, {@code high}, {@code xhigh}, {@code max}), null if none was named
 * @param budgetTokens an explicit budget, null if none was given
 * @param enabled explicitly on or off, null if left to the model
 * @param shown whether the client wants to be shown what the model thinks, in words
 */
public record ReasoningRequest(
        @Nullable String effort,
        @Nullable Integer budgetTokens,
        @Nullable Boolean enabled,
        boolean shown) {

    private static final int MOST_OF_LOW = 2048;
    private static final int MOST_OF_MEDIUM = 8192;

    /** The effort that was named, or the one whose usual budget is nearest; null if neither. */
    public @Nullable String nearestEffort() {
        if (effort != null || budgetTokens == null) {
            return effort;
        }
        return budgetTokens <= MOST_OF_LOW
                ? "low"
                : budgetTokens <= MOST_OF_MEDIUM ? "medium" : "high";
    }

    /** Whether reasoning was asked for. */
    public boolean asked() {
        return !Boolean.FALSE.equals(enabled)
                && !"none".equals(effort)
                && (Boolean.TRUE.equals(enabled) || budgetTokens != null || effort != null);
    }
}
