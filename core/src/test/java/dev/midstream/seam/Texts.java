package dev.midstream.seam;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers of every kind that a seam can run through, made from a seed. */
final class Texts {
    private static final List<String> ENGLISH =
            List.of(
                    "river",
                    "the",
                    "of",
                    "morning",
                    "a",
                    "slowly",
                    "and",
                    "turned",
                    "under",
                    "bridge",
                    "old",
                    "we",
                    "counted",
                    "it’s",
                    "lanterns",
                    "three",
                    "until",
                    "silence",
                    "came",
                    "back",
                    "to",
                    "town",
                    "\"now\"",
                    "fields,",
                    "(perhaps)",
                    "colder",
                    "than",
                    "before",
                    "in",
                    "that",
                    "winter",
                    "house");
    private static final List<String> GERMAN =
            List.of(
                    "Über",
                    "die",
                    "Straße",
                    "ging",
                    "ein",
                    "müder",
                    "Wächter",
                    "und",
                    "zählte",
                    "Schritte",
                    "bis",
                    "zum",
                    "„Tor“",
                    "der",
                    "Größe",
                    "nach",
                    "kälter",
                    "als",
                    "gestern",
                    "wurde",
                    "es");
    private static final List<String> RUSSIAN =
            List.of(
                    "река",
                    "поднялась",
                    "ночью",
                    "и",
                    "к",
                    "утру",
                    "луг",
                    "стал",
                    "озером",
                    "никто",
                    "не",
                    "спал",
                    "в",
                    "доме",
                    "«тихо»",
                    "шёл",
                    "снег");
    private static final List<String> ARABIC =
            List.of(
                    "ارتفع", "النهر", "ليلا", "وفي", "الصباح", "كان", "المرج", "بحيرة", "لم", "ينم",
                    "أحد", "هناك");
    private static final List<String> HINDI =
            List.of(
                    "नदी", "रात", "में", "बढ़", "गई", "और", "सुबह", "तक", "मैदान", "झील", "बन",
                    "गया", "क्षेत्र");
    private static final String CHINESE = "河水夜里上涨到了早晨低处草地成为湖泊没有人睡过山风吹来一阵寒意我们数着灯火直至安静";
    private static final String JAPANESE = "川は夜のうちに増水し朝には低い牧草地が湖になっていた誰も眠れなかったカタカナもある";
    private static final String THAI = "แม่น้ำสูงขึ้นในคืนนี้และตอนเช้าทุ่งหญ้าก็กลายเป็นทะเลสาบ";
    private static final List<String> EMOJI =
            List.of(
                    "👩‍👩‍👧",
                    "🏳️‍🌈",
                    "👍🏽",
                    "🇩🇪",
                    "😀",
                    "❤️",
                    "1️⃣",
                    "é",
                    "ñ́",
                    "yes",
                    "and",
                    "then");

    private Texts() {}

    private static final List<Function<Random, String>> KINDS =
            List.of(
                    r -> prose(r, ENGLISH),
                    r -> prose(r, GERMAN),
                    r -> prose(r, RUSSIAN),
                    r -> prose(r, ARABIC),
                    r -> prose(r, HINDI),
                    r -> prose(r, EMOJI),
                    r -> unspaced(r, CHINESE, "。"),
                    r -> unspaced(r, JAPANESE, "、"),
                    r -> unspaced(r, THAI, " "),
                    Texts::repeatedRows,
                    Texts::table,
                    Texts::code,
                    Texts::json,
                    Texts::zeros,
                    Texts::blankEnds,
                    Texts::song);

    static String any(Random random) {
        return KINDS.get(random.nextInt(KINDS.size())).apply(random);
    }

    static String prose(Random random, List<String> words) {
        StringBuilder text = new StringBuilder();
        int sentences = 3 + random.nextInt(10);
        for (int i = 0; i < sentences; i++) {
            text.append(sentence(random, words, 4 + random.nextInt(14)));
            text.append(random.nextInt(4) == 0 ? ".\n\n" : ". ");
        }
        return text.toString();
    }

    static String english(Random random) {
        return prose(random, ENGLISH);
    }

    private static String sentence(Random random, List<String> words, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> words.get(random.nextInt(words.size())))
                .collect(Collectors.joining(" "));
    }

    private static String unspaced(Random random, String characters, String stop) {
        StringBuilder text = new StringBuilder();
        int length = 60 + random.nextInt(300);
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(characters.length());
            text.append(random.nextInt(12) == 0 ? stop : characters.substring(at, at + 1));
        }
        return text.toString();
    }

    private static String repeatedRows(Random random) {
        String row =
                random.nextBoolean()
                        ? "| 0 | 0 | none | \n"
                        : "- " + sentence(random, ENGLISH, 5) + "\n";
        String intro = random.nextInt(4) == 0 ? "" : sentence(random, ENGLISH, 6) + ":\n\n";
        return intro
                + row.repeat(2 + random.nextInt(20))
                + "\n"
                + sentence(random, ENGLISH, 8)
                + ".";
    }

    private static String table(Random random) {
        StringBuilder text = new StringBuilder("| id | name | state |\n|---|---|---|\n");
        int rows = 3 + random.nextInt(15);
        for (int i = 0; i < rows; i++) {
            text.append("| ").append(random.nextInt(10)).append(" | ");
            text.append(ENGLISH.get(random.nextInt(4))).append(" | open |\n");
        }
        return text + "\nThat is all of " + rows + ".\n";
    }

    private static String code(Random random) {
        StringBuilder text =
                new StringBuilder(sentence(random, ENGLISH, 6)).append(":\n\n```python\n");
        int functions = 1 + random.nextInt(4);
        for (int i = 0; i < functions; i++) {
            text.append("def f").append(random.nextInt(100)).append("(x):\n    if x > ");
            text.append(random.nextInt(50)).append(":\n        return x\n    return None\n\n\n");
        }
        return text
                + "```\n\n"
                + sentence(random, ENGLISH, 9)
                + ".\n\n```\nplain block\n```\nDone.";
    }

    private static String json(Random random) {
        String items =
                IntStream.range(0, 2 + random.nextInt(12))
                        .mapToObj(
                                i ->
                                        "    {\"id\": "
                                                + random.nextInt(20)
                                                + ", \"name\": \"x\", \"tags\": []}")
                        .collect(Collectors.joining(",\n"));
        return "{\n  \"items\": [\n" + items + "\n  ],\n  \"next\": null\n}";
    }

    private static String zeros(Random random) {
        String head = random.nextBoolean() ? "" : "[" + random.nextInt(100) + ", ";
        String unit = random.nextBoolean() ? "0," : "0, ";
        return head + unit.repeat(5 + random.nextInt(500)) + "1]";
    }

    private static String blankEnds(Random random) {
        List<String> gaps =
                List.of(" ", "  ", "\n", "\n\n", "\n    ", "\t", " \n", "\n\n\n", "\u00a0");
        StringBuilder text = new StringBuilder();
        int parts = 10 + random.nextInt(50);
        for (int i = 0; i < parts; i++) {
            text.append(ENGLISH.get(random.nextInt(ENGLISH.size())));
            text.append(gaps.get(random.nextInt(gaps.size())));
        }
        return text.toString();
    }

    private static String song(Random random) {
        String chorus =
                sentence(random, ENGLISH, 7) + ",\n" + sentence(random, ENGLISH, 7) + ".\n\n";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            text.append(sentence(random, ENGLISH, 12)).append(",\n");
            text.append(sentence(random, ENGLISH, 10)).append(".\n\n").append(chorus);
        }
        return text.toString();
    }
}
