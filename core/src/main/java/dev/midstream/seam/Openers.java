package dev.midstream.seam;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How models begin when they do not go on: with words of their own before they do, or with a
 * refusal.
 *
 * <p>Only what stands at the very beginning counts, and only together with other evidence: an
 * answer may say all of this.
 */
enum Openers {
    /** It begins in no known way. */
    NONE,
    /** So little came that it may still become one. */
    UNDECIDED,
    /** Words of its own: "Sure, continuing:". */
    PREAMBLE,
    /** It apologises, which may be a preamble too. */
    APOLOGY,
    /** It declines. */
    REFUSAL;

    private static final int WITHIN = 120;

    private static final List<String> PREAMBLES =
            List.of(
                    // English
                    "sure",
                    "certainly",
                    "of course",
                    "absolutely",
                    "okay",
                    "ok",
                    "alright",
                    "all right",
                    "great",
                    "got it",
                    "understood",
                    "no problem",
                    "yes",
                    "right",
                    "hello",
                    "hi",
                    "hey",
                    "continuing",
                    "continuation",
                    "continued",
                    "to continue",
                    "let me continue",
                    "let's continue",
                    "let me pick up",
                    "i'll continue",
                    "i will continue",
                    "i'll pick up",
                    "i'll carry on",
                    "i can continue",
                    "here is the rest",
                    "here's the rest",
                    "here is the continuation",
                    "here's the continuation",
                    "here is the remainder",
                    "here's the remainder",
                    "here is where",
                    "here's where",
                    "here we go",
                    "picking up",
                    "resuming",
                    "carrying on",
                    "going on from",
                    "as requested",
                    "as you requested",
                    "it looks like",
                    "it seems",
                    "you left off",
                    "the last words",
                    "my reply was",
                    "my response was",
                    "thanks",
                    "thank you",
                    "happy to",
                    "(continued",
                    "[continued",
                    "(continuing",
                    "[continuing",
                    "...continued",
                    "…continued",
                    "<continu",
                    // German
                    "natürlich",
                    "selbstverständlich",
                    "klar",
                    "gerne",
                    "gern",
                    "sicher",
                    "hier ist die fortsetzung",
                    "hier ist der rest",
                    "hier geht es weiter",
                    "fortsetzung",
                    "weiter geht",
                    // French
                    "bien sûr",
                    "certainement",
                    "d'accord",
                    "voici la suite",
                    "je continue",
                    "je reprends",
                    "suite :",
                    "(suite",
                    // Spanish
                    "claro",
                    "por supuesto",
                    "desde luego",
                    "aquí está",
                    "aquí tienes",
                    "continúo",
                    "continuando",
                    "continuación",
                    "sigo",
                    // Portuguese
                    "com certeza",
                    "aqui está",
                    "continuo",
                    "continuação",
                    // Italian
                    "certo",
                    "certamente",
                    "ecco",
                    "continuo",
                    "continuazione",
                    // Dutch and the Nordic languages
                    "natuurlijk",
                    "zeker",
                    "hier is het vervolg",
                    "vervolg",
                    "självklart",
                    "visst",
                    "selvfølgelig",
                    "fortsättning",
                    "fortsættelse",
                    "fortsettelse",
                    "toki",
                    "tässä jatko",
                    "jatko",
                    // Slavonic languages
                    "конечно",
                    "разумеется",
                    "продолжаю",
                    "продолжение",
                    "вот продолжение",
                    "звичайно",
                    "продовжую",
                    "oczywiście",
                    "kontynuuję",
                    "jasne",
                    "samozřejmě",
                    "jistě",
                    "pokračuji",
                    // Turkish, Indonesian, Vietnamese, Hindi, Arabic
                    "tabii",
                    "elbette",
                    "devam ediyorum",
                    "tentu",
                    "baik",
                    "lanjutan",
                    "chắc chắn",
                    "tất nhiên",
                    "ज़रूर",
                    "बिल्कुल",
                    "بالتأكيد",
                    "بالطبع",
                    "حسنًا",
                    "متابعة",
                    // Chinese, Japanese, Korean
                    "好的",
                    "当然",
                    "當然",
                    "继续",
                    "繼續",
                    "接着",
                    "接續",
                    "以下是",
                    "没问题",
                    "もちろん",
                    "はい",
                    "承知",
                    "続き",
                    "以下",
                    "かしこまりました",
                    "물론",
                    "네,",
                    "알겠습니다",
                    "계속",
                    "이어서");

    private static final List<String> APOLOGIES =
            List.of(
                    "i'm sorry",
                    "i am sorry",
                    "sorry",
                    "i apologize",
                    "i apologise",
                    "my apologies",
                    "apologies",
                    "unfortunately, i",
                    "i don't see",
                    "i do not see",
                    "i don't have",
                    "es tut mir leid",
                    "tut mir leid",
                    "entschuldigung",
                    "leider kann ich",
                    "je suis désolé",
                    "désolé",
                    "lo siento",
                    "desculpe",
                    "sinto muito",
                    "mi dispiace",
                    "het spijt me",
                    "jag är ledsen",
                    "beklager",
                    "undskyld",
                    "извините",
                    "простите",
                    "przepraszam",
                    "omlouvám se",
                    "üzgünüm",
                    "maaf",
                    "xin lỗi",
                    "क्षमा करें",
                    "عذرًا",
                    "آسف",
                    "抱歉",
                    "对不起",
                    "對不起",
                    "很抱歉",
                    "申し訳",
                    "すみません",
                    "죄송");

    private static final List<String> REFUSALS =
            List.of(
                    "i'm sorry, but i can",
                    "i'm sorry, but i'm",
                    "i'm sorry, i can",
                    "i am sorry, but i can",
                    "sorry, but i can",
                    "sorry, i can",
                    "i apologize, but i can",
                    "i apologise, but i can",
                    "i can't help",
                    "i can't assist",
                    "i can't continue",
                    "i can't provide",
                    "i can't comply",
                    "i can't fulfill",
                    "i can't do that",
                    "i cannot help",
                    "i cannot assist",
                    "i cannot continue",
                    "i cannot provide",
                    "i cannot comply",
                    "i cannot fulfill",
                    "i won't continue",
                    "i won't help",
                    "i'm unable to",
                    "i am unable to",
                    "i'm not able to",
                    "i am not able to",
                    "i must decline",
                    "as an ai",
                    "as a language model",
                    "as a large language model",
                    "als ki",
                    "ich kann das nicht",
                    "ich kann dabei nicht",
                    "en tant qu'ia",
                    "je ne peux pas vous aider",
                    "no puedo ayudar",
                    "no puedo continuar",
                    "como ia",
                    "não posso ajudar",
                    "não posso continuar",
                    "non posso aiutar",
                    "non posso continuare",
                    "я не могу помочь",
                    "я не могу продолжить",
                    "к сожалению, я не могу",
                    "作为一个ai",
                    "作为ai",
                    "作为一个人工智能",
                    "我无法",
                    "我不能");

    /** Words that show that the talk is about the answer itself. */
    private static final List<String> ABOUT_ITSELF =
            List.of(
                    "continuation",
                    "continuing from",
                    "continuing where",
                    "continuing:",
                    "continue from",
                    "continue where",
                    "'ll continue",
                    "will continue",
                    "me continue",
                    "can continue",
                    "left off",
                    "cut off",
                    "interrupted",
                    "the rest of",
                    "pick up",
                    "picking up",
                    "resuming",
                    "help you",
                    "assist you",
                    "here is the",
                    "here's the",
                    "here is a",
                    "here's a",
                    "here you go",
                    "fortsetz",
                    "weitermachen",
                    "wo ich",
                    "voici",
                    "la suite",
                    "je continue",
                    "je reprends",
                    "aquí",
                    "continúo",
                    "aqui está",
                    "ecco",
                    "hier is",
                    "продолж",
                    "continued",
                    "继续",
                    "繼續",
                    "续写",
                    "以下是",
                    "続き",
                    "계속",
                    "이어서");

    /** Words of which one is in a sentence about going on. */
    private static final List<String> GOING_ON =
            List.of(
                    "contin",
                    "rest",
                    "remain",
                    "left off",
                    "cut off",
                    "interrupt",
                    "stopped",
                    "here we go",
                    "resum",
                    "pick",
                    "carry",
                    "go on",
                    "going on",
                    "as requested",
                    "you asked",
                    "weiter",
                    "fortsetz",
                    "unterbrech",
                    "suite",
                    "reprend",
                    "sigo",
                    "siguiente",
                    "jatk",
                    "fortsæt",
                    "fortset",
                    "fortsätt",
                    "vervolg",
                    "ga verder",
                    "продолж",
                    "kontynu",
                    "pokrač",
                    "devam",
                    "lanjut",
                    "tiếp",
                    "आगे",
                    "متابعة",
                    "أكمل",
                    "继续",
                    "繼續",
                    "接着",
                    "续",
                    "続",
                    "계속",
                    "이어");

    private static final Pattern SENTENCES = Pattern.compile("[.!。！:：…—–\\n]+");

    /**
     * What {@code text} begins with, if it begins like a sentence. {@code ended}: no more of it
     * comes.
     */
    static Openers of(CharSequence text, boolean ended) {
        int first = Blanks.end(text, 0);
        if (first == text.length()) {
            return ended ? NONE : UNDECIDED;
        }
        if (Character.isLowerCase(text.charAt(first))) {
            return NONE;
        }
        String start = folded(text);
        if (begins(start, REFUSALS, ended)) {
            return REFUSAL;
        }
        if (!ended && mayBegin(start)) {
            return UNDECIDED;
        }
        if (begins(start, APOLOGIES, ended)) {
            return APOLOGY;
        }
        return begins(start, PREAMBLES, ended) ? PREAMBLE : NONE;
    }

    /**
     * The same for a target that should go on in the middle of a sentence, where the first word
     * alone says nothing: a preamble or an apology only if it talks about itself.
     */
    static Openers ofFreshTurn(CharSequence text, boolean due, boolean ended) {
        Openers opener = of(text, ended);
        if (!opener.mayPrecede()) {
            return opener;
        }
        String start = folded(text);
        if (due && !ended || ABOUT_ITSELF.stream().anyMatch(start::contains)) {
            return opener;
        }
        return ended || start.length() >= WITHIN ? NONE : UNDECIDED;
    }

    /** The same for refusals alone. */
    static Openers refusal(CharSequence text, boolean ended) {
        int first = Blanks.end(text, 0);
        if (first == text.length() || Character.isLowerCase(text.charAt(first))) {
            return NONE;
        }
        String start = folded(text);
        if (begins(start, REFUSALS, ended)) {
            return REFUSAL;
        }
        boolean may = !ended && REFUSALS.stream().anyMatch(phrase -> phrase.startsWith(start));
        return may ? UNDECIDED : NONE;
    }

    /** Whether what is meant by it may be followed by the answer. */
    boolean mayPrecede() {
        return this == PREAMBLE || this == APOLOGY;
    }

    private static boolean begins(String start, List<String> phrases, boolean ended) {
        return phrases.stream().anyMatch(phrase -> beginsWith(start, phrase, ended));
    }

    /** As whole words, where the script has them: "surely" does not begin with "sure". */
    private static boolean beginsWith(String start, String phrase, boolean ended) {
        if (!start.startsWith(phrase)) {
            return false;
        }
        char last = phrase.charAt(phrase.length() - 1);
        if (!Character.isAlphabetic(last) || glued(last)) {
            return true;
        }
        return start.length() == phrase.length()
                ? ended
                : !Character.isLetterOrDigit(start.charAt(phrase.length()));
    }

    private static boolean glued(char c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI -> true;
            default -> false;
        };
    }

    /**
     * Whether all of {@code text} is a preamble: each of its sentences is one. What else stood
     * there would be part of the answer.
     */
    static boolean preambleThroughout(String text) {
        int first = Blanks.end(text, 0);
        return first < text.length()
                && !Character.isLowerCase(text.charAt(first))
                && SENTENCES
                        .splitAsStream(text)
                        .map(
                                sentence ->
                                        Blanks.strip(Flat.of(sentence).text())
                                                .toLowerCase(Locale.ROOT))
                        .allMatch(sentence -> sentence.isEmpty() || preambleSentence(sentence));
    }

    private static boolean preambleSentence(String sentence) {
        return Stream.of(PREAMBLES, APOLOGIES)
                .flatMap(List::stream)
                .filter(phrase -> beginsWith(sentence, phrase, true))
                .anyMatch(
                        phrase ->
                                sentence.length() - phrase.length() <= 3 || aboutGoingOn(sentence));
    }

    private static boolean aboutGoingOn(String sentence) {
        return GOING_ON.stream().anyMatch(sentence::contains);
    }

    /**
     * Whether more text could make a phrase of it that says more than the ones which are whole by
     * now.
     */
    private static boolean mayBegin(String start) {
        return Stream.of(REFUSALS, APOLOGIES, PREAMBLES)
                .flatMap(List::stream)
                .anyMatch(phrase -> phrase.startsWith(start));
    }

    private static String folded(CharSequence text) {
        int from = Blanks.end(text, 0);
        int to = Math.min(text.length(), from + 2 * WITHIN);
        return Flat.of(text.subSequence(from, to).toString()).text().toLowerCase(Locale.ROOT);
    }
}
