package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Tokeniser;

/** What the models of the scenarios have to say. */
public final class Said {

    /** What they are asked. */
    public static final String QUESTION = "Tell me about the ferryman.";

    /** How texts of one answer that stand apart are shown as one. */
    public static final String APART = "\n\n";

    /** Sixty words, most of them once, so that no join is right by chance. */
    public static final String ESSAY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing:"
                    + " never change horses in midstream. A merchant laughed, bought fresh horses"
                    + " halfway over, and lost both carts below the old mill. Since that morning"
                    + " each traveller listens, pays two coins, keeps quiet until the far bank,"
                    + " and thanks him with bread and salt.";

    /** Another answer to the same question. */
    public static final String OTHER_ESSAY =
            "Rivers were roads long before there were roads, and whoever wanted to cross them paid"
                    + " a man with a boat.";

    /** Code in a fence, so that an answer can break off inside it. */
    public static final String CODE =
            "Here is the loop that you asked for:\n\n```java\nfor (int i = 0; i < horses.size();"
                    + " i++) {\n    ferry.load(horses.get(i));\n    ferry.cross();\n}\n```\n\nIt"
                    + " never changes a horse while the boat is between the banks.";

    /** Every third character takes more than one byte. */
    public static final String JAPANESE =
            "船頭には一つの決まりがあった。渡し場に来る者すべてにそれを話した。"
                    + "流れの途中で馬を替えてはならない。商人は笑い、途中で新しい馬を買い、"
                    + "荷車を二台とも失った。🐎🌊 それからというもの、旅人は皆、静かに耳を傾ける。";

    /** A JSON document. */
    public static final String DOCUMENT =
            "{\"rule\": \"never change horses in midstream\", \"told_by\": \"the ferryman\","
                    + " \"coins\": 2, \"carts_lost\": [\"the first one\", \"the second one\"],"
                    + " \"place\": {\"river\": \"the old mill\", \"bank\": \"far\"}}";

    /** That document with a text where its schema wants a number of coins. */
    public static final String WRONG_DOCUMENT =
            DOCUMENT.replace("\"coins\": 2", "\"coins\": \"two\"");

    /** Arguments of a call of {@code get_weather}. */
    public static final String PARIS = "{\"city\": \"Paris\", \"unit\": \"celsius\"}";

    /** Arguments of another one. */
    public static final String OSLO = "{\"city\": \"Oslo\", \"unit\": \"celsius\"}";

    /** A text before calls. */
    public static final String LEAD =
            "Let me look up the weather in both of the cities for you first.";

    /** Reasoning before the essay. */
    public static final String THOUGHT = "The traveller wants the rule, so I tell of the ferryman.";

    private Said() {}

    /** The essay's beginning. */
    public static String words(int count) {
        return words(ESSAY, count);
    }

    /** The beginning of a text, as a scripted model says it in so many tokens. */
    public static String words(String text, int count) {
        return String.join("", Tokeniser.words().tokens(text).subList(0, count));
    }

    /** How many words there are. */
    public static int count(String text) {
        return text.isBlank() ? 0 : Tokeniser.words().tokens(text).size();
    }
}
