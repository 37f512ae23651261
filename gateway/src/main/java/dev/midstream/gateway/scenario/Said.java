package dev.midstream.gateway.scenario;

import dev.midstream.testkit.Tokeniser;

/** What the models of the scenarios have to say. */
final class Said {

    /** What they are asked. */
    static final String QUESTION = "Tell me about the ferryman.";

    /** How texts of one answer that stand apart are shown as one. */
    static final String APART = "\n\n";

    /** Sixty words, most of them once, so that no join is right by chance. */
    static final String ESSAY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing:"
                    + " never change horses in midstream. A merchant laughed, bought fresh horses"
                    + " halfway over, and lost both carts below the old mill. Since that morning"
                    + " each traveller listens, pays two coins, keeps quiet until the far bank,"
                    + " and thanks him with bread and salt.";

    /** Another answer to the same question. */
    static final String OTHER_ESSAY =
            "Rivers were roads long before there were roads, and whoever wanted to cross them paid"
                    + " a man with a boat.";

    /** Code in a fence, so that an answer can break off inside it. */
    static final String CODE =
            "Here is the loop that you asked for:\n\n```java\nfor (int i = 0; i < horses.size();"
                    + " i++) {\n    ferry.load(horses.get(i));\n    ferry.cross();\n}\n```\n\nIt"
                    + " never changes a horse while the boat is between the banks.";

    /** Every third character takes more than one byte. */
    static final String JAPANESE =
            "船頭には一つの決まりがあった。渡し場に来る者すべてにそれを話した。"
                    + "流れの途中で馬を替えてはならない。商人は笑い、途中で新しい馬を買い、"
                    + "荷車を二台とも失った。🐎🌊 それからというもの、旅人は皆、静かに耳を傾ける。";

    /** A JSON document. */
    static final String DOCUMENT =
            "{\"rule\": \"never change horses in midstream\", \"told_by\": \"the ferryman\","
                    + " \"coins\": 2, \"carts_lost\": [\"the first one\", \"the second one\"],"
                    + " \"place\": {\"river\": \"the old mill\", \"bank\": \"far\"}}";

    private Said() {}

    /** The essay's beginning. */
    static String words(int count) {
        return words(ESSAY, count);
    }

    /** The beginning of a text, as a scripted model says it in so many tokens. */
    static String words(String text, int count) {
        return String.join("", Tokeniser.words().tokens(text).subList(0, count));
    }

    /** How many words there are. */
    static int count(String text) {
        return text.isBlank() ? 0 : Tokeniser.words().tokens(text).size();
    }
}
