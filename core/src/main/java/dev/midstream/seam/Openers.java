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
        if (begins(start, Phrases.REFUSALS, ended)) {
            return REFUSAL;
        }
        if (!ended && mayBegin(start)) {
            return UNDECIDED;
        }
        if (begins(start, Phrases.APOLOGIES, ended)) {
            return APOLOGY;
        }
        return begins(start, Phrases.PREAMBLES, ended) ? PREAMBLE : NONE;
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
        if (due && !ended || Phrases.ABOUT_ITSELF.stream().anyMatch(start::contains)) {
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
        if (begins(start, Phrases.REFUSALS, ended)) {
            return REFUSAL;
        }
        boolean may =
                !ended && Phrases.REFUSALS.stream().anyMatch(phrase -> phrase.startsWith(start));
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
        return Stream.of(Phrases.PREAMBLES, Phrases.APOLOGIES)
                .flatMap(List::stream)
                .filter(phrase -> beginsWith(sentence, phrase, true))
                .anyMatch(
                        phrase ->
                                sentence.length() - phrase.length() <= 3 || aboutGoingOn(sentence));
    }

    private static boolean aboutGoingOn(String sentence) {
        return Phrases.GOING_ON.stream().anyMatch(sentence::contains);
    }

    /**
     * Whether more text could make a phrase of it that says more than the ones which are whole by
     * now.
     */
    private static boolean mayBegin(String start) {
        return Stream.of(Phrases.REFUSALS, Phrases.APOLOGIES, Phrases.PREAMBLES)
                .flatMap(List::stream)
                .anyMatch(phrase -> phrase.startsWith(start));
    }

    private static String folded(CharSequence text) {
        int from = Blanks.end(text, 0);
        int to = Math.min(text.length(), from + 2 * WITHIN);
        return Flat.of(text.subSequence(from, to).toString()).text().toLowerCase(Locale.ROOT);
    }
}
