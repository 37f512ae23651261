package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.Tokeniser;
import java.util.ArrayList;
import java.util.List;

/** The essay as steps, for scripts that a model cannot play. */
public final class Steps {

    private static final int WORDS = 60;
    private static final int PROMPT = 14;

    private Steps() {}

    /** The essay's words from here to before there. */
    static List<Step> words(int from, int to) {
        return Tokeniser.words().tokens(Said.ESSAY).subList(from, to).stream()
                .<Step>map(Step.Text::new)
                .toList();
    }

    /**
     * The same, after an opening that tells the prompt's tokens where the protocol does so there.
     */
    static List<Step> opened(int from, int to) {
        List<Step> steps = new ArrayList<>(List.of(new Step.Opening(PROMPT)));
        steps.addAll(words(from, to));
        return steps;
    }

    /** The whole essay with something else after so many words, ended as it should. */
    public static Answer essayWith(int after, Step... between) {
        List<Step> steps = new ArrayList<>(opened(0, after));
        steps.addAll(List.of(between));
        steps.addAll(words(after, WORDS));
        steps.addAll(end());
        return Answer.of(steps);
    }

    /** The essay, ended as it should. */
    public static Answer essay() {
        return essayWith(WORDS);
    }

    /** The essay's beginning, then this. */
    public static Answer beginning(int words, Step... then) {
        return Answer.of(opened(0, words)).then(then);
    }

    static List<Step> end() {
        return Answer.completion("stop", new Step.Usage(PROMPT, WORDS));
    }
}
