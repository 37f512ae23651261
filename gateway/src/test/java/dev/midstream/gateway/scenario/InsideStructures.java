package dev.midstream.gateway.scenario;

import static dev.midstream.gateway.scenario.Expected.brokenOff;
import static dev.midstream.gateway.scenario.Expected.calling;
import static dev.midstream.gateway.scenario.Expected.whole;

import dev.midstream.gateway.scenario.Expected.BrokenOff;
import dev.midstream.gateway.scenario.Expected.Cause;
import dev.midstream.gateway.scenario.Expected.Whole;
import dev.midstream.gateway.scenario.Seen.Call;
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

    private static final String PARIS = "{\"city\": \"Paris\", \"unit\": \"celsius\"}";
    private static final String OSLO = "{\"city\": \"Oslo\", \"unit\": \"celsius\"}";
    private static final Call IN_PARIS = new Call("get_weather", PARIS);
    private static final Call IN_OSLO = new Call("get_weather", OSLO);
    private static final String LEAD =
            "Let me look up the weather in both of the cities for you first.";
    private static final String THOUGHT =
            "The traveller wants the rule, so I tell of the ferryman.";

    private InsideStructures() {}

    static List<Scenario> all() {
        return Stream.of(reasoning(), calls(), textAndCalls(), documents(), beyond())
                .flatMap(List::stream)
                .toList();
    }

    private static Scenario broken(String what, ModelAnswer answer, int tokens) {
        return Scenario.of("connection reset", what)
                .primary(Part.saying(answer, model -> model.breaking(1, tokens, new Step.Cut())))
                .fallback(Part.saying(answer, model -> model));
    }

    private static List<Scenario> reasoning() {
        ModelAnswer answer = ModelAnswer.of(new ReasoningBlock(THOUGHT), new TextBlock(Said.ESSAY));
        return List.of(
                broken("inside the reasoning", answer, 6)
                        .asking(Wish.REASONING)
                        .gives(whole().reasoning(Said.words(THOUGHT, 6) + "\n\n" + THOUGHT))
                        .givesPlain(whole().reasoning(Said.words(THOUGHT, 6) + "\n\n" + THOUGHT))
                        .asks(1, 1),
                broken("in the text, after reasoning", answer, 11 + 40)
                        .asking(Wish.REASONING)
                        .gives(whole().reasoning(THOUGHT))
                        .asks(1, 1));
    }

    private static List<Scenario> calls() {
        ModelAnswer one = ModelAnswer.of(new ToolBlock("call_paris", "get_weather", PARIS));
        ModelAnswer both =
                ModelAnswer.of(
                        new ToolBlock("call_paris", "get_weather", PARIS),
                        new ToolBlock("call_oslo", "get_weather", OSLO));
        Answer bad =
                Answer.of(
                        new Step.ToolCall("call_bad", "get_weather", "{\"city\": "),
                        new Step.Finish("tool_calls"),
                        new Step.Usage(14, 3),
                        new Step.Done());
        return List.of(
                broken("inside a tool call", one, 3)
                        .asking(Wish.WEATHER)
                        .gives(calling(IN_PARIS))
                        .asks(1, 1),
                broken("after a complete tool call", one, 5)
                        .asking(Wish.WEATHER)
                        .gives(calling(IN_PARIS))
                        .asks(1, 0),
                broken("between two parallel tool calls", both, 5)
                        .asking(Wish.WEATHER)
                        .gives(calling(IN_PARIS))
                        .asks(1, 0),
                broken("inside the second of two tool calls", both, 7)
                        .asking(Wish.WEATHER)
                        .gives(calling(IN_PARIS))
                        .asks(1, 0),
                broken("after two parallel tool calls", both, 10)
                        .asking(Wish.WEATHER)
                        .gives(calling(IN_PARIS, IN_OSLO))
                        .asks(1, 0),
                Scenario.of("bad end", "a tool call ends with half its arguments")
                        .primary(Part.always(bad))
                        .fallback(Part.saying(one, model -> model))
                        .asking(Wish.WEATHER)
                        .gives(calling(IN_PARIS))
                        .asks(1, 1));
    }

    private static List<Scenario> textAndCalls() {
        ModelAnswer answer =
                ModelAnswer.of(
                        new TextBlock(LEAD), new ToolBlock("call_paris", "get_weather", PARIS));
        return List.of(
                broken("in a text before a tool call", answer, 8)
                        .asking(Wish.WEATHER)
                        .gives(calling(LEAD, IN_PARIS))
                        .asks(1, 1),
                broken("inside a tool call, after a text", answer, 14 + 3)
                        .asking(Wish.WEATHER)
                        .gives(calling(LEAD, IN_PARIS))
                        .asks(1, 1),
                broken("after a text and a complete tool call", answer, 14 + 5)
                        .asking(Wish.WEATHER)
                        .gives(calling(LEAD, IN_PARIS))
                        .asks(1, 0));
    }

    private static List<Scenario> documents() {
        ModelAnswer document = ModelAnswer.text(Said.DOCUMENT);
        int all = Said.count(Said.DOCUMENT);
        return List.of(
                broken("inside a JSON document", document, 9)
                        .asking(Wish.JSON_MODE)
                        .gives(whole(Said.DOCUMENT))
                        .asks(1, 1),
                broken("inside a JSON document with a schema", document, 9)
                        .asking(Wish.SCHEMA)
                        .gives(whole(Said.DOCUMENT))
                        .asks(1, 1),
                broken("inside a JSON document with a schema, other than promised", document, 9)
                        .fallback(Part.saying(wrongDocument(), model -> model))
                        .asking(Wish.SCHEMA)
                        .router("num_retries: 0")
                        .in(Pair.CHAT_ONLY)
                        .givesStreamed(brokenOff(wrongDocument(), "server_error", "upstream_cut"))
                        .givesPlain(brokenDocument())
                        .asks(1, 1),
                broken("after a complete JSON document", document, all)
                        .asking(Wish.JSON_MODE)
                        .gives(whole(Said.DOCUMENT))
                        .asks(1, 0));
    }

    /** Its schema wants a number of coins. */
    private static String wrongDocument() {
        return Said.DOCUMENT.replace("\"coins\": 2", "\"coins\": \"two\"");
    }

    private static Expected brokenDocument() {
        return Expected.failed(502, "server_error", "upstream_cut");
    }

    private static List<Scenario> beyond() {
        Whole filtered = new Whole(Said.words(20), "", List.of(), "content_filter");
        ModelAnswer one = ModelAnswer.of(new ToolBlock("call_paris", "get_weather", PARIS));
        return List.of(
                Scenario.of("policy's end", "content_filter after 20 words")
                        .primary(
                                Part.always(
                                        Steps.beginning(
                                                20,
                                                new Step.Finish("content_filter"),
                                                new Step.Usage(14, 20),
                                                new Step.Done())))
                        .fallback()
                        .gives(filtered)
                        .insteadOf(Said.ESSAY)
                        .asks(1, 0),
                broken("inside a tool call that is larger than max_held", one, 4)
                        .asking(Wish.WEATHER)
                        .router("max_held: 8")
                        .givesStreamed(
                                new BrokenOff(
                                        "", true, new Cause("server_error", "upstream_cut", "")))
                        .givesPlain(calling(IN_PARIS))
                        .asks(1, 0)
                        .asksPlain(1, 1),
                Scenario.of("connection reset", "inside a refusal")
                        .primary(
                                Part.always(
                                        Answer.of(
                                                new Step.Refusal("I must not"),
                                                new Step.Refusal(" help with"),
                                                new Step.Cut())))
                        .fallback()
                        .in(Pair.CHAT_ONLY)
                        .givesStreamed(
                                new BrokenOff(
                                        "", true, new Cause("server_error", "upstream_cut", "")))
                        .givesStreamed(
                                Wire.MESSAGES,
                                brokenOff("I must not help with", "server_error", "upstream_cut"))
                        .asks(1, 0)
                        .asksPlain(1, 1),
                broken("inside a tool call, hold_tool_calls: never", one, 3)
                        .asking(Wish.WEATHER)
                        .router("hold_tool_calls: never")
                        .givesStreamed(
                                new BrokenOff(
                                        "", true, new Cause("server_error", "upstream_cut", "")))
                        .givesPlain(calling(IN_PARIS))
                        .asks(1, 0)
                        .asksPlain(1, 1),
                Scenario.of("connection reset", "with two choices asked for")
                        .primary(
                                Part.always(
                                        Answer.of(
                                                new Step.Text(0, "One"),
                                                new Step.Text(1, "Two"),
                                                new Step.Cut())))
                        .fallback(Part.always(twoChoices()))
                        .asking(Wish.TWO_CHOICES)
                        .in(Pair.CHAT_ONLY)
                        .gives(brokenOff("One", "server_error", "upstream_cut"))
                        .givesPlain(whole("One more"))
                        .asks(1, 0)
                        .asksPlain(1, 1));
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
