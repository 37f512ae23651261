package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ChatQuirk;
import dev.midstream.testkit.ResponsesQuirk;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.Step.Tear;
import dev.midstream.testkit.Tokeniser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Streams that break after text has reached the client. */
final class InTheMiddleOfText {

    private static final String BUSY = "Overloaded in the middle of it.";
    private static final String ONCE = "num_retries: 0";
    private static final Step OVERLOADED = new Step.InBandError(529, "overloaded_error", BUSY);

    private InTheMiddleOfText() {}

    static List<Scenario> all() {
        return Stream.of(cuts(), whoGoesOn(), ends(), tears(), errors(), oddErrors(), more())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Scenario> cuts() {
        List<Scenario> all = new ArrayList<>();
        for (int words : List.of(1, 40, 59, 60)) {
            all.add(
                    Scenario.of("connection reset", "after %d of 60 words".formatted(words))
                            .primary(Part.broken(words, new Step.Cut()))
                            .fallback()
                            .everywhere());
        }
        return all;
    }

    private static List<Scenario> whoGoesOn() {
        Part cut = Part.broken(40, new Step.Cut());
        return List.of(
                Scenario.of("connection reset", "after 40 words, nobody else is there")
                        .primary(cut),
                Scenario.of("connection reset", "after 40 words, nobody else, no retries")
                        .primary(cut)
                        .router(ONCE),
                Scenario.of("connection reset", "after 40 words, two deployments in the group")
                        .primary(cut.params("order: 1"))
                        .with(Role.TWIN, Part.essay().params("order: 2"))
                        .fallback(),
                Scenario.of("connection reset", "after 40 words, the fallback takes a prefill")
                        .primary(cut)
                        .fallback(Part.essay().prefillable())
                        .in(Pair.PREFILLABLE));
    }

    private static List<Scenario> ends() {
        List<Scenario> all = new ArrayList<>();
        all.add(
                Scenario.of("connection reset", "inside a stop string")
                        .primary(Part.always(Steps.beginning(52, new Step.Cut())))
                        .fallback()
                        .asking(Wish.stop("the far bank"))
                        .orElse(Said.words(52))
                        .in(Pair.OLDER));
        all.add(broken("connection closed (FIN)", "after 40 words", new Step.Close()));
        all.add(broken("clean end", "after 40 words, no finish reason", new Step.CleanEnd()));
        all.add(
                broken("clean end", "after 40 words, [DONE], no finish reason", new Step.Done())
                        .in(Pair.OLDER));
        all.add(
                Scenario.of("clean end", "after all words, no terminal event")
                        .primary(Part.essay().quirk(ResponsesQuirk.NO_TERMINAL_EVENT))
                        .fallback()
                        .in(Pair.RESPONSES_FIRST));
        all.add(
                Scenario.of("stall", "after 20 words, idle_timeout")
                        .primary(Part.broken(20, new Step.Stall()).params("idle_timeout: 0.3"))
                        .fallback());
        all.add(
                Scenario.of("stall", "after 20 words, pings go on, idle_timeout")
                        .primary(Part.always(pinging()).params("idle_timeout: 0.3"))
                        .fallback());
        all.add(
                Scenario.of("stall", "after 20 words, LiteLLM's stream_timeout")
                        .primary(Part.broken(20, new Step.Stall()).params("stream_timeout: 0.3"))
                        .fallback());
        return all;
    }

    private static Scenario broken(String failure, String phase, Step fault) {
        return Scenario.of(failure, phase).primary(Part.broken(40, fault)).fallback();
    }

    private static Answer pinging() {
        List<Step> steps = new ArrayList<>(Steps.opened(0, 20));
        for (int i = 0; i < 30; i++) {
            steps.add(new Step.Ping());
            steps.add(new Step.EmptyDelta());
            steps.add(new Step.Pause(Duration.ofMillis(40)));
        }
        steps.add(new Step.Stall());
        return Answer.of(steps);
    }

    private static List<Scenario> tears() {
        Step next = Steps.words(40, 41).getFirst();
        List<String> tokens = Tokeniser.characters(4).tokens(Said.JAPANESE);
        List<Step> japanese = new ArrayList<>(List.of(new Step.Opening(14)));
        tokens.subList(0, 16).forEach(token -> japanese.add(new Step.Text(token)));
        japanese.add(new Step.Torn(new Step.Text(tokens.get(16)), Tear.INSIDE_CHARACTER));
        japanese.add(new Step.Cut());
        return List.of(
                torn("inside an SSE line", new Step.Torn((Step.Sent) next, Tear.INSIDE_LINE)),
                torn(
                        "before the blank line of an event",
                        new Step.Torn((Step.Sent) next, Tear.BEFORE_BLANK_LINE)),
                Scenario.of("connection reset", "inside a character of several bytes")
                        .primary(Part.always(Answer.of(japanese)))
                        .fallback(
                                Part.saying(
                                        Said.JAPANESE,
                                        model -> model.tokenised(Tokeniser.characters(4))))
                        .says(Said.JAPANESE));
    }

    private static Scenario torn(String where, Step torn) {
        return Scenario.of("connection reset", where)
                .primary(Part.always(Steps.beginning(40, torn, new Step.Cut())))
                .fallback();
    }

    private static List<Scenario> errors() {
        String wrong = "The request turned out to be wrong.";
        return List.of(
                Scenario.of("error inside the stream", "after 40 words")
                        .primary(Part.broken(40, OVERLOADED))
                        .fallback(),
                Scenario.of("error inside the stream", "after 40 words, then [DONE]")
                        .primary(Part.broken(40, OVERLOADED, new Step.Done()))
                        .fallback(),
                Scenario.of("error inside the stream", "after 40 words, nobody else, no retries")
                        .primary(Part.broken(40, OVERLOADED))
                        .router(ONCE),
                Scenario.of("error inside the stream", "after 40 words, the request is wrong")
                        .primary(
                                Part.broken(
                                        40,
                                        new Step.InBandError(400, "invalid_request_error", wrong)))
                        .fallback(),
                Scenario.of("malformed event", "one that holds text, as the numbers of events tell")
                        .primary(Part.always(Steps.essayWith(20, new Step.Malformed())))
                        .fallback()
                        .in(Pair.RESPONSES_FIRST),
                Scenario.of("malformed event", "one between two good ones")
                        .primary(Part.always(Steps.essayWith(20, new Step.Malformed())))
                        .fallback()
                        .in(Pair.OLDER),
                Scenario.of("malformed event", "two in a row")
                        .primary(
                                Part.always(
                                        Steps.essayWith(
                                                20, new Step.Malformed(), new Step.Malformed())))
                        .fallback(),
                Scenario.of("malformed event", "one, then the end")
                        .primary(Part.always(Steps.beginning(40, new Step.Malformed())))
                        .fallback());
    }

    private static List<Scenario> oddErrors() {
        return List.of(
                spelled("as OpenRouter writes it", ChatQuirk.OPENROUTER),
                spelled("as Groq writes it", ChatQuirk.GROQ),
                spelled("as vLLM writes it", ChatQuirk.VLLM),
                spelled("event: error, flat", Set.of(ChatQuirk.ERROR_NAMED)),
                spelled("an SSE field called error", Set.of(ChatQuirk.ERROR_FIELD)),
                spelled("as OpenAI specifies it, flat", ResponsesQuirk.ERROR_FLAT),
                spelled("without response.failed", ResponsesQuirk.ERROR_ALONE),
                spelled("as response.failed alone", ResponsesQuirk.FAILED_WITHOUT_ERROR));
    }

    private static Scenario spelled(String how, ResponsesQuirk quirk) {
        return Scenario.of("error inside the stream", "after 40 words, " + how)
                .primary(Part.broken(40, OVERLOADED).quirk(quirk))
                .fallback()
                .in(Pair.RESPONSES_ONLY);
    }

    private static Scenario spelled(String how, Set<ChatQuirk> quirks) {
        return Scenario.of("error inside the stream", "after 40 words, " + how)
                .primary(Part.broken(40, OVERLOADED).quirks(quirks))
                .fallback()
                .in(Pair.CHAT_ONLY);
    }

    private static List<Scenario> more() {
        Part second = Part.essay(model -> model.breaking(1, 20, OVERLOADED)).prefillable();
        Part dead = Part.error(503, "overloaded_error", BUSY);
        return List.of(
                Scenario.of("second break", "the fallback breaks off too")
                        .primary(Part.broken(20, new Step.Cut()))
                        .fallback(second)
                        .with(Role.THIRD, Part.essay()),
                Scenario.of("second break", "the fallback is dead")
                        .primary(Part.broken(40, new Step.Cut()))
                        .fallback(dead)
                        .with(Role.THIRD, Part.essay()),
                Scenario.of("second break", "all others are dead, no retries")
                        .primary(Part.broken(40, new Step.Cut()))
                        .fallback(dead)
                        .with(Role.THIRD, dead)
                        .router(ONCE),
                Scenario.of("second break", "all others are dead, the primary goes on")
                        .primary(Part.broken(40, new Step.Cut()))
                        .fallback(Part.error(500, "api_error", BUSY))
                        .router("num_retries: 1"),
                Scenario.of("second break", "every attempt, nobody else is there")
                        .primary(
                                Part.essay(
                                        model ->
                                                model.breaking(1, 40, new Step.Cut())
                                                        .breaking(2, 0, OVERLOADED)
                                                        .breaking(3, 0, new Step.CleanEnd()))));
    }
}
