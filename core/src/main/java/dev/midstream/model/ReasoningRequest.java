package dev.midstream.model;

import org.jspecify.annotations.Nullable;

/**
 * How much the model is asked to think.
 *
 * @param effort the protocol-neutral level ({@code none}, {@code minimal}, {@code low}, {@code
 *     medium}, {@code high}, {@code xhigh}, {@code max}), null if none was named
 * @param budgetTokens an explicit budget, null if none was given
 * @param enabled explicitly on or off, null if left to the model
 * @param raw the protocol's own form, for the same protocol
 */
public record ReasoningRequest(
        @Nullable String effort,
        @Nullable Integer budgetTokens,
        @Nullable Boolean enabled,
        @Nullable Json raw) {

    /** Whether reasoning was asked for. */
    public boolean asked() {
        return !Boolean.FALSE.equals(enabled)
                && !"none".equals(effort)
                && (Boolean.TRUE.equals(enabled) || budgetTokens != null || effort != null);
    }
}
