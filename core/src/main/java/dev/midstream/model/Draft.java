package dev.midstream.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request that an attempt is about to send: the client's, plus what continuing needs.
 *
 * @param request the client's request, never altered
 * @param method how the attempt takes up the answer
 * @param appended turns added behind the conversation: the delivered text as an assistant's turn,
 *     the user turn that asks to go on. With a {@linkplain Method#prefill() prefill} the last one
 *     is the assistant's turn to be continued
 * @param maxTokens the limit to send in place of the client's, null to leave it alone
 * @param stream whether the upstream is asked for a stream
 * @param withoutReasoning reasoning is to be switched off where the target can
 * @param withoutFormat the response format (JSON mode, schema) is left out: a grammar cannot start
 *     inside a document
 * @param withoutForcedTool a forced tool choice becomes {@code auto}: text has already begun
 * @param singleChoice {@code n} is left out
 * @param withoutOldReasoning reasoning of earlier turns is left out: the target has refused it
 * @param background the provider is to go on generating when the connection breaks, so that the
 *     answer can be taken up again
 * @param resumed the answer that {@link Method#RESUME} takes up again, null for any other method
 */
public record Draft(
        Request request,
        Method method,
        List<Message> appended,
        @Nullable Integer maxTokens,
        boolean stream,
        boolean withoutReasoning,
        boolean withoutFormat,
        boolean withoutForcedTool,
        boolean singleChoice,
        boolean withoutOldReasoning,
        boolean background,
        @Nullable Held resumed) {

    /** Nobody's stop string is longer; whoever sends one may meet it only where it is whole. */
    private static final int LONGEST_BEGINNING = 512;

    public Draft {
        appended = List.copyOf(appended);
    }

    /** A draft that says nothing about earlier reasoning or the background. */
    public Draft(
            Request request,
            Method method,
            List<Message> appended,
            @Nullable Integer maxTokens,
            boolean stream,
            boolean withoutReasoning,
            boolean withoutFormat,
            boolean withoutForcedTool,
            boolean singleChoice) {
        this(
                request,
                method,
                appended,
                maxTokens,
                stream,
                withoutReasoning,
                withoutFormat,
                withoutForcedTool,
                singleChoice,
                false,
                false,
                null);
    }

    /** The client's request as it is. */
    public static Draft original(Request request, boolean stream) {
        return new Draft(
                request, Method.ORIGINAL, List.of(), null, stream, false, false, false, false);
    }

    /** The same without what the target has refused: earlier reasoning, and any of its own. */
    public Draft withoutAnyReasoning() {
        return with(request, method, true, true, background, resumed);
    }

    /** The same of another request. */
    public Draft of(Request other) {
        return with(other, method, withoutReasoning, withoutOldReasoning, background, resumed);
    }

    /** The same with other turns behind the conversation. */
    public Draft with(List<Message> turns) {
        return new Draft(
                request,
                method,
                turns,
                maxTokens,
                stream,
                withoutReasoning,
                withoutFormat,
                withoutForcedTool,
                singleChoice,
                withoutOldReasoning,
                background,
                resumed);
    }

    /** The same, to be generated in the background. */
    public Draft inBackground() {
        return with(request, method, withoutReasoning, withoutOldReasoning, true, resumed);
    }

    /** The same generation, taken up again. */
    public Draft resuming(Held answer) {
        return with(
                request, Method.RESUME, withoutReasoning, withoutOldReasoning, background, answer);
    }

    private Draft with(
            Request asked,
            Method by,
            boolean noReasoning,
            boolean noOldReasoning,
            boolean apart,
            @Nullable Held answer) {
        return new Draft(
                asked,
                by,
                appended,
                maxTokens,
                stream,
                noReasoning,
                withoutFormat,
                withoutForcedTool,
                singleChoice,
                noOldReasoning,
                apart,
                answer);
    }

    /**
     * Whether stop strings are to be left out: one begins at the end of the delivered text, and an
     * upstream that says that end again would be ended in front of it. The relay looks for them
     * itself.
     */
    public boolean withoutStop() {
        return appended.stream()
                .filter(turn -> turn.role() == Message.Role.ASSISTANT)
                .flatMap(turn -> turn.parts().stream())
                .anyMatch(part -> part instanceof Part.Text text && stopBegins(text.text()));
    }

    private boolean stopBegins(String delivered) {
        return request.stop().stream().anyMatch(stop -> endsInside(stop, delivered));
    }

    private static boolean endsInside(String stop, String text) {
        int most = Math.min(Math.min(stop.length() - 1, text.length()), LONGEST_BEGINNING);
        for (int said = most; said > 0; said--) {
            if (text.regionMatches(text.length() - said, stop, 0, said)) {
                return true;
            }
        }
        return false;
    }
}
