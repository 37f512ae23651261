package dev.midstream.protocol.messages;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Target;
import dev.midstream.protocol.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits what a Messages client says of thinking to the target's model, and switches it off where it
 * cannot be: in a continuation, beside calls that have lost their reasoning. What the model takes
 * stays as it was written.
 *
 * <p><b>Source</b>: Anthropic's pages on extended and adaptive thinking, effort and context editing
 * (read 2026-11). Not thread-safe.
 */
final class OwnThinking {

    private static final int LEAST_BUDGET = 1_024;

    private final JsonSplice splice;
    private final Draft draft;
    private final Limits limits;
    private final ClaudeModel model;
    private final boolean known;

    OwnThinking(JsonSplice splice, Draft draft, Target target) {
        this.splice = splice;
        this.draft = draft;
        limits = new Limits(target);
        model = ClaudeModel.of(target.model());
        known = ClaudeModel.known(target.model());
    }

    /**
     * @param callsWithoutReasoning whether results wait for an answer to calls that no reasoning of
     *     this maker's precedes
     */
    void fit(boolean callsWithoutReasoning) throws Untranslatable {
        Json thinking = splice.value("thinking");
        String type = thinking == null ? null : JsonText.scalar(thinking.text(), "type");
        boolean asked = "enabled".equals(type) || "adaptive".equals(type);
        boolean lost = callsWithoutReasoning && !model.thinksAdaptively();
        if (draft.withoutReasoning() || draft.withoutOldReasoning() || asked && lost) {
            off(asked);
        } else if (known && asked && !model.thinks()) {
            limits.drop("thinking", "the model does not reason");
            off(true);
        } else if (known && "disabled".equals(type) && model.alwaysThinks()) {
            splice.remove("thinking");
        } else if (asked && thinking != null) {
            on(thinking, "adaptive".equals(type));
        }
        effort();
    }

    private void off(boolean asked) {
        if (known && model.alwaysThinks()) {
            splice.remove("thinking");
            splice.setWithin("output_config", "effort", "\"low\"");
            return;
        }
        if (known && model.thinksUnasked()) {
            splice.set("thinking", "{\"type\":\"disabled\"}");
        } else if (asked) {
            splice.remove("thinking");
        }
        keepNoThinking();
    }

    private void on(Json thinking, boolean adaptive) {
        Integer budget = number(JsonText.raw(thinking.text(), "budget_tokens"));
        Integer limit = number(splice.value("max_tokens"));
        if (known && (adaptive ? !model.thinksAdaptively() : !model.takesBudget())) {
            ReasoningRequest wish = new ReasoningRequest(saidEffort(), budget, true, false);
            translate(Thinking.of(wish, model, false, limit));
        } else if (budget != null
                && limit != null
                && budget >= limit
                && draft.maxTokens() != null) {
            shrink(thinking, limit / 2);
        }
    }

    /** The client's own display stays, where the new form has one. */
    private void translate(Thinking thinking) {
        if (!thinking.on()) {
            off(true);
            return;
        }
        String said = saidEffort();
        OwnDefaults.set(splice, thinking, model);
        if (said != null) {
            splice.setWithin("output_config", "effort", "\"" + model.effort(said) + "\"");
        }
    }

    /** A continuation's limit is lower than the client's was, and thinking counts into it. */
    private void shrink(Json thinking, int budget) {
        if (budget < LEAST_BUDGET) {
            off(true);
        } else {
            String less = Integer.toString(budget);
            splice.set("thinking", Members.with(thinking.text(), "budget_tokens", less));
        }
    }

    private @Nullable String saidEffort() {
        Json config = splice.value("output_config");
        return config == null ? null : JsonText.scalar(config.text(), "effort");
    }

    private void effort() {
        String said = saidEffort();
        if (!known || said == null) {
            return;
        }
        if (!model.takesEffort()) {
            MessagesRequestSplicer.removeWithin(splice, "output_config", "effort");
        } else if (said.equals("xhigh") && !model.effort(said).equals(said)) {
            splice.setWithin("output_config", "effort", "\"" + model.effort(said) + "\"");
        }
    }

    /** Housekeeping of thinking is refused where there is none. */
    private void keepNoThinking() {
        Json management = splice.value("context_management");
        Json edits = management == null ? null : JsonText.raw(management.text(), "edits");
        if (management == null || edits == null) {
            return;
        }
        List<String> all = JsonText.elements(edits.text());
        List<String> others = new ArrayList<>(all);
        others.removeIf(
                edit -> String.valueOf(JsonText.scalar(edit, "type")).startsWith("clear_thinking"));
        if (others.isEmpty() && !all.isEmpty()) {
            splice.remove("context_management");
        } else if (others.size() < all.size()) {
            String left = "[" + String.join(",", others) + "]";
            splice.set("context_management", Members.with(management.text(), "edits", left));
        }
    }

    static @Nullable Integer number(@Nullable Json json) {
        return json != null && json.text().matches("\\d{1,9}")
                ? Integer.valueOf(json.text())
                : null;
    }
}
