package dev.midstream.simulation;

import dev.midstream.model.BlockKind;
import dev.midstream.model.Draft;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Message;
import dev.midstream.model.Method;
import dev.midstream.model.Part;
import dev.midstream.simulation.Utterance.Joins;
import dev.midstream.simulation.WholeAnswer.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A model: it knows the whole answer and says of it what it is asked for, in its own manner.
 *
 * <p>It sees the draft alone, as a real one would: what to go on from is the assistant's turn, what
 * to repeat is read from the words of the user turn.
 */
final class SimModel {

    /**
     * The shortest anchor that can be told apart from what is said anyway: 12 characters, 3 words.
     */
    private static final int TELLING_CHARACTERS = 12;

    private static final int TELLING_WORDS = 3;

    /** So much of a beginning tells an answer that starts anew from one that goes on. */
    private static final int TOLD_AS_ANEW = 60;

    private static final String PREAMBLE = "Sure, continuing where I left off:\n\n";
    private static final String IGNORED =
            "Sure! It seems that my previous response was cut off. Here is the continuation. ";
    private static final String DIGRESSION =
            "Penguins are flightless birds of the southern hemisphere. They swim well and eat krill.";
    private static final String REFUSAL =
            "I'm sorry, but I can't help with that. I don't have access to an earlier message.";

    private final WholeAnswer answer;
    private final SimDeployment deployment;
    private final Draft draft;
    private final RandomGenerator random;
    private final boolean exact;
    private final boolean quick;
    private final String delivered;

    private SimModel(
            WholeAnswer answer,
            SimDeployment deployment,
            Draft draft,
            RandomGenerator random,
            boolean exact,
            boolean quick) {
        this.answer = answer;
        this.deployment = deployment;
        this.draft = draft;
        this.random = random;
        this.exact = exact;
        this.quick = quick;
        this.delivered = draft.appended().isEmpty() ? "" : textOf(draft.appended().get(0));
    }

    /**
     * @param exact whether a repeated anchor is not proof enough
     * @param quick whether all of a short text comes within the time for which a seam may be held
     * @throws Violation if the draft asks to go on from something that the answer does not begin
     *     with
     */
    static Utterance say(
            WholeAnswer answer,
            SimDeployment deployment,
            Draft draft,
            RandomGenerator random,
            boolean exact,
            boolean quick) {
        return new SimModel(answer, deployment, draft, random, exact, quick).utterance();
    }

    private Utterance utterance() {
        Violation.unless(
                answer.text().startsWith(delivered),
                "asked to go on from what is not the beginning of the answer: " + delivered);
        return switch (draft.method()) {
            case ORIGINAL -> whole(Joins.SURELY);
            case REPLAY, RESTART -> again();
            case USER_TURN -> userTurn();
            case PREFILL, PREFIX, PARTIAL, CONTINUE_FINAL_MESSAGE -> prefilled();
            case RESUME -> throw new Violation("nothing here can be resumed");
        };
    }

    private Utterance whole(Joins joins) {
        return new Utterance(answer.pieces(), answer.finish(), false, joins, answer.text());
    }

    /** Asked the original request again: the same answer, or in most bad manners another one. */
    private Utterance again() {
        boolean apart = draft.method() == Method.RESTART;
        return switch (deployment.manner()) {
            case ANSWERS_OTHERWISE, DIGRESSES ->
                    other("Quite another answer, then. " + answer.text(), apart);
            case REFUSES -> other(REFUSAL, apart);
            case FALLS_SILENT -> said(List.of(), FinishReason.STOP, Joins.NEVER);
            case OBEYS,
                    REPEATS_MORE,
                    PREFIXES,
                    REWRAPS,
                    REOPENS_FENCE,
                    STARTS_ANEW,
                    REFUSES_PREFILL,
                    IGNORES_PREFILL,
                    ECHOES_PREFILL,
                    ECHOES_AS_KNOWN,
                    TRIMS ->
                    whole(Joins.SURELY);
        };
    }

    private Utterance other(String text, boolean apart) {
        return new Utterance(
                List.of(Piece.text(text)),
                FinishReason.STOP,
                false,
                apart ? Joins.SURELY : Joins.NEVER,
                text);
    }

    private Utterance prefilled() {
        return switch (mannerOnPrefill()) {
            case REFUSES_PREFILL ->
                    new Utterance(List.of(), FinishReason.STOP, true, Joins.NEVER, answer.text());
            case IGNORES_PREFILL -> goOn(IGNORED + DIGRESSION, Joins.NEVER);
            case ECHOES_PREFILL, ECHOES_AS_KNOWN -> goOn(delivered + rest(), Joins.SURELY);
            case TRIMS -> goOn(rest().stripLeading(), afterPrefill());
            case REPEATS_MORE -> goOn(more(0) + rest(), Joins.MAYBE);
            case PREFIXES -> goOn(PREAMBLE + rest(), Joins.NEVER);
            case OBEYS, REWRAPS, REOPENS_FENCE -> goOn(rest(), afterPrefill());
            case STARTS_ANEW, ANSWERS_OTHERWISE, DIGRESSES, REFUSES, FALLS_SILENT -> badly();
        };
    }

    /**
     * An end without a word behind a block that was whole, blank space lost after the only word, a
     * short prefill said again, a digression after a prefill, or the first word of a preamble for
     * longer than a seam is held: nobody can tell these from a continuation. Such models obey here.
     */
    private Manner mannerOnPrefill() {
        int length = delivered.length();
        return switch (deployment.manner()) {
            case DIGRESSES -> Manner.OBEYS;
            case FALLS_SILENT -> betweenBlocks() ? Manner.OBEYS : Manner.FALLS_SILENT;
            case TRIMS -> delivered.strip().indexOf(' ') > 0 ? Manner.TRIMS : Manner.OBEYS;
            case IGNORES_PREFILL, PREFIXES, REFUSES -> quick ? deployment.manner() : Manner.OBEYS;
            case ANSWERS_OTHERWISE, STARTS_ANEW, ECHOES_PREFILL, REPEATS_MORE ->
                    length < TOLD_AS_ANEW || answer.repetitive()
                            ? Manner.OBEYS
                            : deployment.manner();
            default -> deployment.manner();
        };
    }

    private boolean betweenBlocks() {
        int end = 0;
        for (Piece piece : answer.pieces()) {
            end += piece.kind() == BlockKind.TEXT ? piece.text().length() : 0;
            if (end == delivered.length()) {
                return true;
            }
        }
        return false;
    }

    /** Who repeats more of a repetitive text than was asked for cannot be followed by anybody. */
    private Manner mannerOnUserTurn() {
        Manner manner = deployment.manner();
        return switch (manner) {
            case REPEATS_MORE -> answer.repetitive() ? Manner.OBEYS : manner;
            case ANSWERS_OTHERWISE -> answer.repetitive() ? Manner.DIGRESSES : manner;
            default -> manner;
        };
    }

    /** No more text, or the same rows as before, may go on or not: nobody can tell. */
    private Joins afterPrefill() {
        return rest().isBlank() ? Joins.MAYBE : unlessRepetitive(Joins.SURELY);
    }

    private Utterance userTurn() {
        String anchor = anchor();
        Violation.unless(
                delivered.endsWith(anchor), "asked to repeat what is not the end: " + anchor);
        Joins asked = exact ? Joins.MAYBE : Joins.SURELY;
        Joins told = tells(anchor) ? asked : Joins.MAYBE;
        return switch (mannerOnUserTurn()) {
            case REPEATS_MORE -> goOn(more(anchor.length()) + rest(), told);
            case PREFIXES ->
                    goOn(PREAMBLE + anchor + rest(), quick ? unlessRepetitive(told) : Joins.MAYBE);
            case REWRAPS -> goOn(rewrapped(anchor) + rest(), unlessRepetitive(told));
            case REOPENS_FENCE ->
                    goOn(
                            (inFence() ? "```java\n" : "") + anchor + rest(),
                            quick ? told : Joins.MAYBE);
            case STARTS_ANEW, ANSWERS_OTHERWISE, DIGRESSES, REFUSES, FALLS_SILENT -> badly();
            case OBEYS, REFUSES_PREFILL, IGNORES_PREFILL, ECHOES_PREFILL, ECHOES_AS_KNOWN, TRIMS ->
                    goOn(anchor + rest(), asked);
        };
    }

    private static boolean tells(String anchor) {
        boolean unspaced = anchor.codePoints().anyMatch(Character::isIdeographic);
        return anchor.strip().length() >= TELLING_CHARACTERS
                && (unspaced || anchor.strip().split("\\s+").length >= TELLING_WORDS);
    }

    private static String rewrapped(String anchor) {
        String words = anchor.stripTrailing();
        return words.replaceAll("\\s+", "\n") + anchor.substring(words.length());
    }

    private Utterance badly() {
        return switch (deployment.manner()) {
            case STARTS_ANEW ->
                    goOn(answer.text(), exact ? Joins.MAYBE : unlessRepetitive(Joins.SURELY));
            case ANSWERS_OTHERWISE -> talk(beginning() + "~ " + DIGRESSION);
            case DIGRESSES -> talk(DIGRESSION);
            case REFUSES -> talk(REFUSAL);
            default -> silence();
        };
    }

    /** Some of the delivered text, from its beginning on; never all of its words. */
    private String beginning() {
        int least = draft.method().prefill() ? TOLD_AS_ANEW - 10 : 0;
        int most = Math.max(1, delivered.stripTrailing().length() - least);
        return delivered.substring(0, least + random.nextInt(most));
    }

    /** Words that have nothing to do with the rest of the answer, and a good end. */
    private Utterance talk(String words) {
        return said(List.of(Piece.text(words)), FinishReason.STOP, Joins.NEVER);
    }

    private Utterance silence() {
        boolean allSaid = rest().isBlank() && !callsFollow();
        return said(List.of(), FinishReason.STOP, allSaid ? Joins.MAYBE : Joins.NEVER);
    }

    private Utterance goOn(String text, Joins could) {
        boolean policy = answer.finish().policyEnd() && rest().isBlank();
        Joins joins = policy && could == Joins.SURELY ? Joins.MAYBE : could;
        List<Piece> pieces = new ArrayList<>();
        if (deployment.thinksAgain()) {
            pieces.add(Piece.reasoning("The beginning is there; I go on from where it stopped."));
        }
        if (!text.isEmpty()) {
            pieces.add(Piece.text(text));
        }
        answer.pieces().stream().filter(p -> p.kind() == BlockKind.TOOL_CALL).forEach(pieces::add);
        return said(pieces, answer.finish(), joins);
    }

    private Utterance said(List<Piece> pieces, FinishReason finish, Joins joins) {
        return new Utterance(pieces, finish, false, joins, answer.text());
    }

    private String rest() {
        return answer.text().substring(delivered.length());
    }

    private boolean callsFollow() {
        return answer.hasCalls();
    }

    private Joins unlessRepetitive(Joins otherwise) {
        return answer.repetitive() ? Joins.MAYBE : otherwise;
    }

    private boolean inFence() {
        return delivered.split("```", -1).length % 2 == 0;
    }

    /**
     * A longer end of the delivered text than the one asked for, from the beginning of a word on.
     */
    private String more(int asked) {
        int least = Math.max(asked + 10, 40);
        int from = Math.max(0, delivered.length() - least - random.nextInt(80));
        while (from > 0 && delivered.charAt(from - 1) != ' ') {
            from--;
        }
        return delivered.substring(from);
    }

    private String anchor() {
        Violation.unless(draft.appended().size() == 2, "a user turn is two turns");
        String prompt = textOf(draft.appended().get(1));
        String quoted = between(prompt, "⟦", "⟧");
        String anchor = quoted == null ? betweenMarks(prompt) : quoted;
        Violation.unless(anchor != null, "the user turn does not say what to repeat: " + prompt);
        return anchor;
    }

    /** What stands between the last two equal lines that no words are in. */
    private static String betweenMarks(String prompt) {
        String[] lines = prompt.split("\n", -1);
        for (int to = lines.length - 1; to > 0; to--) {
            String mark = lines[to];
            int from =
                    mark.length() < 3 || mark.chars().anyMatch(Character::isLetter) ? -1 : to - 1;
            while (from >= 0 && !lines[from].equals(mark)) {
                from--;
            }
            if (from >= 0) {
                return String.join("\n", Arrays.asList(lines).subList(from + 1, to));
            }
        }
        return null;
    }

    private static String between(String prompt, String open, String close) {
        int to = prompt.lastIndexOf(close);
        int from = to < 0 ? -1 : prompt.lastIndexOf(open, to - 1);
        return from < 0 ? null : prompt.substring(from + open.length(), to);
    }

    private static String textOf(Message turn) {
        StringBuilder text = new StringBuilder();
        for (Part part : turn.parts()) {
            text.append(part instanceof Part.Text t ? t.text() : "");
        }
        return text.toString();
    }
}
