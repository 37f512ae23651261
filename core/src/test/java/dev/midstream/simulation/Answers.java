package dev.midstream.simulation;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import dev.midstream.simulation.WholeAnswer.Piece;
import java.util.List;

/** Answers of every shape that makes a difference to whoever has to go on with one. */
final class Answers {

    static final WholeAnswer PROSE =
            text(
                    "prose",
                    "The river rose for three days before anyone in the village spoke of it. On the"
                            + " fourth morning the miller walked down to the old bridge, counted the"
                            + " stones that were still dry, and went home without a word. By noon his"
                            + " brother had moved the horses to higher ground, and the children were"
                            + " told to stay away from the bank.");

    static final WholeAnswer SHORT = text("short", "Forty-two.");

    static final WholeAnswer ROWS =
            text(
                            "repeated rows",
                            """
                            Readings of the night shift:

                            %s
                            Nothing unusual was seen before the morning came."""
                                    .formatted("00:00, ok, 0\n".repeat(14)))
                    .asRepetitive();

    static final WholeAnswer ZEROS = text("zeros", "0,".repeat(120) + "1").asRepetitive();

    static final WholeAnswer TABLE =
            text(
                    "table",
                    """
                    | city | river | bridges |
                    |---|---|---|
                    | Bremen | Weser | 7 |
                    | Dresden | Elbe | 9 |
                    | Prague | Vltava | 18 |
                    | Vienna | Danube | 12 |
                    | Basel | Rhine | 5 |

                    Counted in the spring, footbridges included.""");

    static final WholeAnswer FENCE =
            text(
                    "fence",
                    """
                    This prints the squares:

                    ```java
                    for (int i = 0; i < 10; i++) {
                        int square = i * i;
                        System.out.println(square);
                    }
                    ```

                    Run it with any recent compiler.
                    """);

    static final WholeAnswer EMOJI =
            text(
                    "joined emoji",
                    "The family 👨‍👩‍👧‍👦 met at the harbour 🏴‍☠️, waved a flag 🏳️‍🌈 and"
                            + " sailed off with 👩🏽‍🚀 at the helm; nobody 🤷🏿‍♂️ knew the way home"
                            + " but everybody 🎉 sang.");

    static final WholeAnswer CJK =
            text(
                    "Chinese",
                    "从前有一座古老的石桥，桥下的河水日夜不停地流淌。每年春天，村里的孩子们都会到河边放纸船，"
                            + "看它们随着水流漂向远方。老人们说，船上载着一年的愿望，谁的船先到海边，谁就会得到好运。");

    static final WholeAnswer BLANK_END =
            text(
                    "blank ends",
                    "A line that ends in blanks   \n\n\nand another paragraph that begins after three"
                            + " line breaks,\n\n    then an indented one, and the end is blank as well."
                            + "\n\n  \n");

    static final WholeAnswer DOCUMENT =
            text(
                            "JSON document",
                            """
                            {"title": "Bridges of the old town", "year": 1987, "spans": [12.5, 30, 12.5],
                             "notes": "The \\"middle\\" span was rebuilt.", "open": true,
                             "architect": {"name": "Ilse Brandt", "born": null}}""")
                    .asDocument();

    static final WholeAnswer REASONED =
            WholeAnswer.of(
                    "reasoning and text",
                    FinishReason.STOP,
                    Piece.reasoning(
                            "They want the colour of the sky at dusk; keep it to one sentence and"
                                    + " mention why."),
                    Piece.text(
                            "At dusk the sky turns red, because the light has a longer way through"
                                    + " the air and the blue is scattered out of it."));

    static final WholeAnswer TEXT_AND_CALL =
            WholeAnswer.of(
                    "text and a tool call",
                    FinishReason.TOOL_CALLS,
                    Piece.text("Let me look up the weather in Lisbon for tomorrow morning."),
                    Piece.call("weather", "{\"city\": \"Lisbon\", \"day\": \"tomorrow\"}"));

    static final WholeAnswer TWO_CALLS =
            WholeAnswer.of(
                    "two parallel tool calls",
                    FinishReason.TOOL_CALLS,
                    Piece.call("weather", "{\"city\": \"Lisbon\"}"),
                    Piece.call("trains", "{\"from\": \"Porto\", \"to\": \"Lisbon\", \"n\": 3}"));

    static final WholeAnswer REASONED_CALLS =
            WholeAnswer.of(
                    "reasoning, text and two tool calls",
                    FinishReason.TOOL_CALLS,
                    Piece.reasoning("Both the weather and the trains are needed."),
                    Piece.text("I will check the weather and the trains for you now."),
                    Piece.call("weather", "{\"city\": \"Lisbon\"}"),
                    Piece.call("now", "{}"));

    static final WholeAnswer THOUGHT_TWICE =
            WholeAnswer.of(
                    "reasoning and text, twice",
                    FinishReason.STOP,
                    Piece.reasoning("First the easy half of the question."),
                    Piece.text("The bridge has seven arches, each of a different width."),
                    Piece.reasoning("Now the harder half: who paid for it."),
                    Piece.text(" The toll of the first forty years went to the city's bakers."));

    static final WholeAnswer LIMITED =
            WholeAnswer.of(
                    "cut by the token limit",
                    FinishReason.LENGTH,
                    Piece.text(
                            "There are a hundred reasons for this, and the first of them is that"));

    static final WholeAnswer REFUSED =
            WholeAnswer.of(
                    "refusal",
                    FinishReason.REFUSAL,
                    new Piece(0, BlockKind.REFUSAL, "I will not write that, whoever asks.", ""));

    static final WholeAnswer FILTERED =
            WholeAnswer.of(
                    "stopped by a filter",
                    FinishReason.CONTENT_FILTER,
                    Piece.text(
                            "The recipe begins with a pound of flour and then, to the surprise"));

    static final WholeAnswer SEARCHED =
            WholeAnswer.of(
                    "provider's own tool and text",
                    FinishReason.STOP,
                    new Piece(0, BlockKind.OPAQUE, "{\"search\": \"bridges\"}", ""),
                    Piece.text("The search found three bridges of that name in the region."));

    static final WholeAnswer EMPTY = WholeAnswer.of("empty", FinishReason.STOP);

    static final WholeAnswer TWO_CHOICES =
            new WholeAnswer(
                    "two choices",
                    List.of(
                            new Piece(
                                    0,
                                    BlockKind.TEXT,
                                    "The first of two answers, a short one.",
                                    ""),
                            new Piece(1, BlockKind.TEXT, "The second one says it otherwise.", "")),
                    FinishReason.STOP,
                    false,
                    false,
                    2);

    static final List<WholeAnswer> ALL =
            List.of(
                    PROSE,
                    SHORT,
                    ROWS,
                    ZEROS,
                    TABLE,
                    FENCE,
                    EMOJI,
                    CJK,
                    BLANK_END,
                    DOCUMENT,
                    REASONED,
                    TEXT_AND_CALL,
                    TWO_CALLS,
                    REASONED_CALLS,
                    THOUGHT_TWICE,
                    LIMITED,
                    REFUSED,
                    FILTERED,
                    SEARCHED,
                    EMPTY,
                    TWO_CHOICES);

    private Answers() {}

    private static WholeAnswer text(String name, String text) {
        return WholeAnswer.of(name, FinishReason.STOP, Piece.text(text));
    }
}
