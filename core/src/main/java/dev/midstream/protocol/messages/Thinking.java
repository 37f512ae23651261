package dev.midstream.protocol.messages;

import dev.midstream.model.ReasoningRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How a model is told to reason. Immutable.
 *
 * <p>From 4.6 on a model thinks as much as it finds right, guided by an effort; before, it is given
 * a budget. An effort becomes a budget of 1,024 (minimal, low), 2,048 (medium), 4,096 (high), 8,192
 * (xhigh) or 16,384 (max) tokens, the first four as in LiteLLM; a budget becomes an effort by the
 * same steps. A budget has to stay below the limit of output tokens, which counts thinking too: it
 * shrinks to half of a limit that the client gave, and below 1,024, the least that the API takes,
 * the model does not think.
 *
 * <p>Reasoning is a wish, so it gives way without an error where it cannot go with what was
 * demanded: a forced tool, a prefilled answer, tool calls in the history that have lost their
 * signed reasoning (models with a budget refuse those).
 *
 * <p><b>Source</b>: Anthropic's pages on extended thinking, adaptive thinking and effort (read
 * 2026-11).
 *
 * @param form what the {@code thinking} member says, null to leave it out
 * @param budget tokens, for {@link Form#BUDGET}
 * @param effort the {@code output_config.effort} to send, null for none
 */
record Thinking(@Nullable Form form, int budget, @Nullable String effort) {

    private static final int LEAST_BUDGET = 1_024;

    enum Form {
        ADAPTIVE,
        BUDGET,
        DISABLED
    }

    static final Thinking UNSAID = new Thinking(null, 0, null);

    /**
     * Settles what was asked with what the model can.
     *
     * @param asked null if nobody said anything
     * @param off whether thinking has to be off for this request
     * @param maxTokens the limit of output tokens, null if nobody gave one
     */
    static Thinking of(
            @Nullable ReasoningRequest asked,
            ClaudeModel model,
            boolean off,
            @Nullable Integer maxTokens) {
        if (!model.thinks() || asked == null && !off) {
            return UNSAID;
        }
        if (asked == null || off || !asked.asked()) {
            return off(asked, model);
        }
        boolean byBudget =
                !model.thinksAdaptively() || model.takesBudget() && asked.budgetTokens() != null;
        return byBudget ? byBudget(asked, maxTokens) : adaptive(asked, model);
    }

    boolean on() {
        return form == Form.ADAPTIVE || form == Form.BUDGET;
    }

    /** Writes the {@code thinking} member, if there is anything to say. */
    void write(JsonGenerator json, ClaudeModel model) {
        if (form == null) {
            return;
        }
        json.writeObjectPropertyStart("thinking");
        switch (form) {
            case DISABLED -> json.writeStringProperty("type", "disabled");
            case BUDGET -> {
                json.writeStringProperty("type", "enabled");
                json.writeNumberProperty("budget_tokens", budget);
            }
            case ADAPTIVE -> {
                json.writeStringProperty("type", "adaptive");
                if (!model.takesBudget()) {
                    json.writeStringProperty("display", "summarized");
                }
            }
        }
        json.writeEndObject();
    }

    private static Thinking off(@Nullable ReasoningRequest asked, ClaudeModel model) {
        String effort = null;
        if (model.thinksAdaptively() && asked != null && asked.effort() != null) {
            effort = model.effort(asked.effort());
        }
        if (model.alwaysThinks()) {
            return new Thinking(null, 0, effort == null ? "low" : effort);
        }
        boolean none = asked != null && "none".equals(asked.effort());
        return new Thinking(model.thinksUnasked() ? Form.DISABLED : null, 0, none ? null : effort);
    }

    private static Thinking adaptive(ReasoningRequest asked, ClaudeModel model) {
        String effort = asked.effort() != null ? asked.effort() : effort(asked.budgetTokens());
        return new Thinking(Form.ADAPTIVE, 0, effort == null ? null : model.effort(effort));
    }

    private static Thinking byBudget(ReasoningRequest asked, @Nullable Integer maxTokens) {
        int budget = asked.budgetTokens() != null ? asked.budgetTokens() : budget(asked.effort());
        budget = Math.max(budget, LEAST_BUDGET);
        if (maxTokens != null && budget >= maxTokens) {
            budget = maxTokens / 2;
        }
        return budget < LEAST_BUDGET ? UNSAID : new Thinking(Form.BUDGET, budget, null);
    }

    private static int budget(@Nullable String effort) {
        return switch (effort == null ? "medium" : effort) {
            case "minimal", "low" -> LEAST_BUDGET;
            case "high" -> 4_096;
            case "xhigh" -> 8_192;
            case "max" -> 16_384;
            default -> 2_048;
        };
    }

    private static @Nullable String effort(@Nullable Integer budget) {
        if (budget == null) {
            return null;
        }
        return budget <= 1_024 ? "low" : budget <= 2_048 ? "medium" : "high";
    }
}
