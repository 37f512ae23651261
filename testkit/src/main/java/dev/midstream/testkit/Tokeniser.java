package dev.midstream.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Cuts a text into the tokens in which a model says it.
 *
 * <p><b>Shape.</b> The tokens joined are the text; none is empty.
 */
@FunctionalInterface
public interface Tokeniser {

    /** The tokens of this text. */
    List<String> tokens(String text);

    /** Words with the white space before them; what most models come close to. */
    static Tokeniser words() {
        Pattern word = Pattern.compile("\\s*\\S+|\\s+");
        return text -> word.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Pieces of so many characters; a code point is never cut. */
    static Tokeniser characters(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + ", expected 1 or more");
        }
        return text -> {
            List<String> tokens = new ArrayList<>();
            for (int from = 0; from < text.length(); ) {
                int left = text.codePointCount(from, text.length());
                int to = text.offsetByCodePoints(from, Math.min(count, left));
                tokens.add(text.substring(from, to));
                from = to;
            }
            return tokens;
        };
    }
}
