package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Step;
import dev.midstream.testkit.Tokeniser;
import java.util.List;
import java.util.stream.Stream;

/** Breaks at places where a join is harder than between two words. */
final class PlacesInText {

    private static final String FAMILY = "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc66";
    static final String WITH_EMOJI =
            "On the far bank a family " + FAMILY + " was waiting for the boat, and nobody hurried.";
    static final String TABLE =
            "| day | carts |\n|---|---|\n"
                    + "| 0 | 0 |\n".repeat(12)
                    + "| 1 | 0 |\n"
                    + "| 0 | 0 |\n".repeat(12)
                    + "\nThat was a quiet month on the river.";
    static final String PARAGRAPHS =
            "The ferryman rowed.\n\nThe river was high.\n\nNobody spoke until the bank came in"
                    + " sight, and then all of them did.";

    private PlacesInText() {}

    static List<Scenario> all() {
        return Stream.of(
                        everyWay("inside a word", Said.ESSAY, before(Said.ESSAY, "stream. A")),
                        everyWay("after a blank", Said.ESSAY, before(Said.ESSAY, "both carts")),
                        everyWay(
                                "after an empty line",
                                PARAGRAPHS,
                                before(PARAGRAPHS, "Nobody spoke")),
                        everyWay(
                                "inside a joined emoji",
                                WITH_EMOJI,
                                before(WITH_EMOJI, FAMILY) + 2),
                        everyWay("between rows that are alike", TABLE, before(TABLE, "| 1 | 0 |")))
                .flatMap(List::stream)
                .toList();
    }

    /** How many code points stand before this. */
    private static int before(String text, String words) {
        return text.codePointCount(0, text.indexOf(words));
    }

    private static List<Scenario> everyWay(String where, String text, int characters) {
        Part broken =
                Part.saying(
                        text,
                        model ->
                                model.tokenised(Tokeniser.characters(1))
                                        .breaking(1, characters, new Step.Cut()));
        Part next = Part.saying(text, model -> model.tokenised(Tokeniser.characters(3)));
        return List.of(
                Scenario.of("connection reset", where).says(text).primary(broken).fallback(next),
                Scenario.of("connection reset", where + ", the fallback takes a prefill")
                        .says(text)
                        .primary(broken)
                        .fallback(next.prefillable())
                        .in(Pair.PREFILLABLE));
    }
}
