package dev.midstream.gateway.cli;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The demo's two providers: the same words, one of whom never gets to the end. */
final class DemoProviders implements AutoCloseable {

    /** Slow enough to see the place where it breaks. */
    static final Duration LEISURELY = Duration.ofMillis(25);

    private static final int WORDS_BEFORE_THE_BREAK = 47;

    private static final String STORY =
            """
            The ferryman had one rule, and he told it to everybody who came down to the landing with a horse, \
            a cart and an opinion: do not change horses in midstream. He had seen it tried. The water is cold, the \
            bottom is stones, and the new horse, asked to take over in the deepest part, has to be told where it is, \
            which bank it came from and what it was carrying. Most people shouted at it. Some turned round and began \
            the crossing again from the first bank, and arrived with everything they owned twice. One man swore that \
            he had been across all along. The ferryman listened to them all, and one spring he built a raft with two \
            shafts. When the first horse went under, the second was already in harness; it put its shoulder to the \
            rope, felt the last yard of it that was wet, and pulled from there. The passengers noticed a small tug. \
            A child asked whether they had stopped. No, said the ferryman, we are going on, and he did not look back, \
            for the bank was near, and there was only one sentence left to say.""";

    private final ScriptedProvider primary;
    private final ScriptedProvider fallback;

    private DemoProviders(ScriptedProvider primary, ScriptedProvider fallback) {
        this.primary = primary;
        this.fallback = fallback;
    }

    /**
     * @param perWord how long they take over a word
     */
    static DemoProviders start(Duration perWord) {
        return new DemoProviders(
                ScriptedProvider.start(
                        "primary",
                        Dialect.messages(),
                        request -> paced(breakOff(request), perWord)),
                ScriptedProvider.start(
                        "fallback", Dialect.chat(), request -> paced(goOn(request), perWord)));
    }

    /** The variables that the demo's configuration refers to. */
    Map<String, String> environment() {
        return Map.of(
                "DEMO_PRIMARY", primary.baseUrl().toString(),
                "DEMO_FALLBACK", fallback.baseUrl().toString());
    }

    /** Where the one listens that answers whole. */
    URI fallback() {
        return fallback.baseUrl();
    }

    @Override
    public void close() {
        primary.close();
        fallback.close();
    }

    private static Answer breakOff(RecordedRequest request) {
        return ScriptedModel.answering(STORY)
                .breaking(1, WORDS_BEFORE_THE_BREAK, new Step.Cut())
                .answer(request);
    }

    private static Answer goOn(RecordedRequest request) {
        return ScriptedModel.answering(STORY)
                .onPrefill(new Behaviour.RefusesPrefill())
                .answer(request);
    }

    private static Answer paced(Answer answer, Duration perWord) {
        if (perWord.isZero()) {
            return answer;
        }
        List<Step> steps = new ArrayList<>();
        for (Step step : answer.steps()) {
            steps.add(step);
            if (step instanceof Step.Text) {
                steps.add(new Step.Pause(perWord));
            }
        }
        return new Answer(steps, answer.delivery(), answer.breaking());
    }
}
