package dev.midstream.testkit;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the anchor without knowing the prompt around it. */
final class LongestQuote implements AnchorFinder {

    private static final String QUOTES = "\"'`\u201c\u201d\u201e\u2019\u00ab\u00bb\u300c\u300d";
    private static final int SURELY_A_QUOTE = 12;
    private static final int NO_ACCIDENT = 5;
    private static final Pattern LAST_WORDS = Pattern.compile("last (\\d+) words");

    /** A piece of the turn. */
    private record Piece(int from, int to) {
        int length() {
            return to - from;
        }
    }

    @Override
    public Optional<Anchor> find(String turn, String answer) {
        Piece tail = longest(turn, answer);
        if (tail.length() < SURELY_A_QUOTE) {
            tail = beginning(turn, answer);
        }
        if (tail.length() == 0) {
            return Optional.empty();
        }
        String quoted = turn.substring(tail.from(), tail.to());
        return Optional.of(new Anchor(demanded(turn, tail, quoted), quoted));
    }

    /** The longest piece that ends at a boundary and is in the answer. */
    private static Piece longest(String turn, String answer) {
        Piece best = new Piece(0, 0);
        for (int to = 1; to <= turn.length(); to++) {
            if (isBoundary(turn, to) && answer.contains(turn.substring(Math.max(0, to - 1), to))) {
                Piece piece = new Piece(from(turn, to, answer), to);
                best = piece.length() > best.length() ? piece : best;
            }
        }
        return best;
    }

    /** By halving: what is in the answer stays in it when it gets shorter. */
    private static int from(String turn, int to, String answer) {
        int outside = -1;
        int inside = to;
        while (inside - outside > 1) {
            int middle = (outside + inside) / 2;
            if (answer.contains(turn.substring(middle, to))) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    /** A whole quotation that is the beginning of the answer, when little has been said so far. */
    private static Piece beginning(String turn, String answer) {
        Piece best = new Piece(0, 0);
        for (int from = 0; from < turn.length(); from++) {
            int to = isOpening(turn, from) ? nextBoundary(turn, from + 1) : from;
            if (to - from > best.length() && answer.startsWith(turn.substring(from, to))) {
                best = new Piece(from, to);
            }
        }
        return best;
    }

    private static String demanded(String turn, Piece tail, String quoted) {
        Matcher lastWords = LAST_WORDS.matcher(turn);
        if (lastWords.find()) {
            return lastWords(quoted, Integer.parseInt(lastWords.group(1)));
        }
        Piece best = new Piece(0, 0);
        for (int from = 0; from < turn.length(); from++) {
            if (isOpening(turn, from)) {
                Piece end = endOf(quoted, turn, from, tail);
                best = end.length() > best.length() ? end : best;
            }
        }
        return best.length() == 0 ? quoted : turn.substring(best.from(), best.to());
    }

    /**
     * The longest quotation from this place on, of one line or several, that ends what is quoted.
     */
    private static Piece endOf(String quoted, String turn, int from, Piece tail) {
        Piece best = new Piece(from, from);
        int to = nextBoundary(turn, from + 1);
        while (to - from <= quoted.length()) {
            boolean elsewhere = to <= tail.from() || from >= tail.to();
            boolean longEnough = to - from >= Math.min(NO_ACCIDENT, quoted.length());
            if (elsewhere && longEnough && quoted.endsWith(turn.substring(from, to))) {
                best = new Piece(from, to);
            }
            if (to == turn.length()) {
                return best;
            }
            to = nextBoundary(turn, to + 1);
        }
        return best;
    }

    private static String lastWords(String text, int count) {
        List<String> words = Tokeniser.words().tokens(text);
        return String.join("", words.subList(Math.max(0, words.size() - count), words.size()))
                .stripLeading();
    }

    /** Whether a line or a quotation may end before this place. */
    private static boolean isBoundary(String turn, int at) {
        return at == turn.length()
                || turn.charAt(at) == '\n'
                || QUOTES.indexOf(turn.charAt(at)) >= 0;
    }

    /** Whether a line or a quotation may begin at this place. */
    private static boolean isOpening(String turn, int at) {
        return at == 0 || turn.charAt(at - 1) == '\n' || QUOTES.indexOf(turn.charAt(at - 1)) >= 0;
    }

    private static int nextBoundary(String turn, int from) {
        int at = from;
        while (!isBoundary(turn, at)) {
            at++;
        }
        return at;
    }
}
