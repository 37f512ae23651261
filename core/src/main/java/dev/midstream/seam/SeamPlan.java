package dev.midstream.seam;

import dev.midstream.model.Message;
import dev.midstream.model.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt goes on from delivered text: what is appended to the conversation, what has to
 * come back, and who checks it.
 *
 * <p><b>Shape</b>: one plan an attempt, one joiner a plan. Immutable.
 */
public final class SeamPlan {
    private final Method method;
    private final String delivered;
    private final List<Message> appended;
    private final Anchor anchor;
    private final int repeatedCharacters;
    private final Options options;

    private SeamPlan(
            Method method,
            String delivered,
            List<Message> appended,
            Anchor anchor,
            int repeatedCharacters,
            Options options) {
        this.method = method;
        this.delivered = delivered;
        this.appended = List.copyOf(appended);
        this.anchor = anchor;
        this.repeatedCharacters = repeatedCharacters;
        this.options = options;
    }

    /**
     * @param delivered the whole text of the open text block, as the client has it
     * @param promptTemplate the operator's words of the user turn, in which {@code {tail}} stands
     *     for the anchor; null for ours
     * @throws IllegalArgumentException if the method is the user turn and the template is blank: it
     *     is ruled out then
     */
    public static SeamPlan of(
            Method method, String delivered, @Nullable String promptTemplate, Options options) {
        if (nothingToJoin(method, delivered)) {
            return new SeamPlan(method, delivered, List.of(), Anchor.NONE, 0, options);
        }
        return switch (method) {
            case ORIGINAL, RESUME ->
                    new SeamPlan(method, delivered, List.of(), Anchor.NONE, 0, options);
            case PREFILL, PREFIX, PARTIAL, CONTINUE_FINAL_MESSAGE ->
                    prefill(method, delivered, options);
            case USER_TURN -> userTurn(delivered, promptTemplate, options);
            case REPLAY, RESTART ->
                    new SeamPlan(
                            method, delivered, List.of(), Anchor.NONE, delivered.length(), options);
        };
    }

    /** Blank space needs no proof: the original request is asked again. */
    private static boolean nothingToJoin(Method method, String delivered) {
        boolean anew = method == Method.REPLAY || method == Method.RESTART;
        String sendable = anew ? delivered : Graphemes.withoutHalfPair(delivered);
        return Blanks.trailingStart(sendable) == 0;
    }

    private static SeamPlan userTurn(String delivered, @Nullable String template, Options options) {
        String whole = Graphemes.withoutHalfPair(delivered);
        Anchor anchor = Anchor.of(whole);
        String prompt = ContinuationPrompt.of(template, anchor, Fences.inside(whole));
        List<Message> appended =
                List.of(
                        Message.of(Message.Role.ASSISTANT, whole),
                        Message.of(Message.Role.USER, prompt));
        return new SeamPlan(
                Method.USER_TURN, delivered, appended, anchor, anchor.text().length(), options);
    }

    private static SeamPlan prefill(Method method, String delivered, Options options) {
        Prefill prefill = Prefill.of(delivered, options);
        int repeated = options.echo() ? prefill.sent().length() : prefill.word().length();
        List<Message> appended = List.of(Message.of(Message.Role.ASSISTANT, prefill.sent()));
        return new SeamPlan(method, delivered, appended, Anchor.NONE, repeated, options);
    }

    /**
     * The turns to put behind the client's own conversation, in order; empty where the original
     * request is asked again.
     */
    public List<Message> appended() {
        return appended;
    }

    /**
     * How many characters the target repeats before anything new: to be added to its token budget.
     */
    public int repeatedCharacters() {
        return repeatedCharacters;
    }

    /**
     * The end of the delivered text that the target is asked to repeat; empty where nothing is
     * demanded.
     */
    String anchor() {
        return anchor.text();
    }

    /**
     * Whether the delivered text repeats itself so that its end cannot be told from an earlier
     * place.
     */
    boolean ambiguous() {
        return anchor.ambiguous();
    }

    /** A new joiner for the answer to this plan. */
    public SeamJoiner joiner() {
        if (nothingToJoin(method, delivered)) {
            return new OpenJoiner(Edge.of(delivered), method == Method.RESUME);
        }
        return switch (method) {
            case ORIGINAL, RESUME -> new OpenJoiner(Edge.NONE, true);
            case PREFILL, PREFIX, PARTIAL, CONTINUE_FINAL_MESSAGE ->
                    new PrefillJoiner(delivered, options);
            case USER_TURN -> new AnchorJoiner(delivered, anchor, options);
            case REPLAY -> new ReplayJoiner(delivered, false);
            case RESTART -> new ReplayJoiner(delivered, true);
        };
    }
}
