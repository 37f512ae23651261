package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.ModelAnswer;
import dev.midstream.testkit.ModelAnswer.ReasoningBlock;
import dev.midstream.testkit.ModelAnswer.TextBlock;
import dev.midstream.testkit.ModelAnswer.ToolBlock;
import dev.midstream.testkit.Step;
import java.util.List;
import java.util.stream.Stream;

/** Breaks inside reasoning, tool calls and documents, and ends that are a policy's. */
final class InsideStructures {

    private InsideStructures() {}

    static List<Scenario> all() {
        return Stream.of(reasoning(), calls(), textAndCalls(), documents(), beyond())
                .flatMap(List::stream)
                .toList();
    }

    private static Scenario broken(String what, ModelAnswer answer, int tokens) {
        return Scenario.of("connection reset", what)
                .says(answer)
                .primary(Part.saying(answer, model -> model.breaking(1, tokens, new Step.Cut())))
                .fallback(Part.saying(answer, model -> model));
    }

    private static List<Scenario> reasoning() {
        ModelAnswer answer =
                ModelAnswer.of(new ReasoningBlock(Said.THOUGHT), new TextBlock(Said.ESSAY));
        return List.of(
                broken("inside the reasoning", answer, 6).asking(Wish.REASONING),
                broken("in the text, after reasoning", answer, 11 + 40).asking(Wish.REASONING));
    }

    private static List<Scenario> calls() {
        ModelAnswer one = ModelAnswer.of(new ToolBlock("call_paris", "get_weather", Said.PARIS));
        ModelAnswer both =
                ModelAnswer.of(
                        new ToolBlock("call_paris", "get_weather", Said.PARIS),
                        new ToolBlock("call_oslo", "get_weather", Said.OSLO));
        Answer bad =
                Answer.of(
                        new Step.ToolCall("call_bad", "get_weather", "{\"city\": "),
                        new Step.Finish("tool_calls"),
                        new Step.Usage(14, 3),
                        new Step.Done());
        return List.of(
                broken("inside a tool call", one, 3).asking(Wish.WEATHER),
                broken("after a complete tool call", one, 5).asking(Wish.WEATHER),
                broken("between two parallel tool calls", both, 5).asking(Wish.WEATHER),
                broken("inside the second of two tool calls", both, 7).asking(Wish.WEATHER),
                broken("after two parallel tool calls", both, 10).asking(Wish.WEATHER),
                Scenario.of("bad end", "a tool call ends with half its arguments")
                        .says(one)
                        .primary(Part.always(bad))
                        .fallback(Part.saying(one, model -> model))
                        .asking(Wish.WEATHER));
    }

    private static List<Scenario> textAndCalls() {
        ModelAnswer answer =
                ModelAnswer.of(
                        new TextBlock(Said.LEAD),
                        new ToolBlock("call_paris", "get_weather", Said.PARIS));
        return List.of(
                broken("in a text before a tool call", answer, 8).asking(Wish.WEATHER),
                broken("inside a tool call, after a text", answer, 14 + 3).asking(Wish.WEATHER),
                broken("after a text and a complete tool call", answer, 14 + 5)
                        .asking(Wish.WEATHER));
    }

    private static List<Scenario> documents() {
        ModelAnswer document = ModelAnswer.text(Said.DOCUMENT);
        int all = Said.count(Said.DOCUMENT);
        return List.of(
                broken("inside a JSON document", document, 9).asking(Wish.JSON_MODE),
                broken("inside a JSON document with a schema", document, 9).asking(Wish.SCHEMA),
                broken("inside a JSON document with a schema, other than promised", document, 9)
                        .fallback(Part.saying(Said.WRONG_DOCUMENT, model -> model))
                        .says(Said.ESSAY)
                        .orElse(Said.WRONG_DOCUMENT)
                        .asking(Wish.SCHEMA)
                        .router("num_retries: 0")
                        .in(Pair.CHAT_ONLY),
                broken("after a complete JSON document", document, all).asking(Wish.JSON_MODE));
    }

    private static List<Scenario> beyond() {
        ModelAnswer one = ModelAnswer.of(new ToolBlock("call_paris", "get_weather", Said.PARIS));
        return List.of(
                Scenario.of("policy's end", "content_filter after 20 words")
                        .primary(
                                Part.always(
                                        Steps.beginning(
                                                20,
                                                new Step.Finish("content_filter"),
                                                new Step.Usage(14, 20),
                                                new Step.Done())))
                        .fallback(),
                broken("inside a tool call that is larger than max_held", one, 4)
                        .asking(Wish.WEATHER)
                        .router("max_held: 8"),
                Scenario.of("connection reset", "inside a refusal")
                        .primary(
                                Part.always(
                                        Answer.of(
                                                new Step.Refusal("I must not"),
                                                new Step.Refusal(" help with"),
                                                new Step.Cut())))
                        .orElse("I must not help with")
                        .fallback()
                        .in(Pair.CHAT_ONLY),
                broken("inside a tool call, hold_tool_calls: never", one, 3)
                        .asking(Wish.WEATHER)
                        .router("hold_tool_calls: never"),
                Scenario.of("connection reset", "with two choices asked for")
                        .primary(
                                Part.always(
                                        Answer.of(
                                                new Step.Text(0, "One"),
                                                new Step.Text(1, "Two"),
                                                new Step.Cut())))
                        .fallback(Part.always(twoChoices()))
                        .says("One more")
                        .asking(Wish.TWO_CHOICES)
                        .in(Pair.CHAT_ONLY));
    }

    private static Answer twoChoices() {
        return Answer.of(
                new Step.Text(0, "One more"),
                new Step.Text(1, "Two more"),
                new Step.Finish(0, "stop"),
                new Step.Finish(1, "stop"),
                new Step.Usage(14, 4),
                new Step.Done());
    }
}
