package dev.midstream.json;

import java.util.Arrays;

/**
 * Follows one JSON text that is still coming, character by character: is it so far the valid
 * beginning of one value, and is that value complete?
 *
 * <p>Constant time a character, no memory beyond one bit a nesting level. Nesting is bounded
 * ({@value #DEEPEST}); deeper texts count as invalid.
 *
 * <p><b>Source</b>: RFC 8259. <b>Thread-safety</b>: not thread-safe.
 */
public final class JsonProgress {

    /** How deep a text may nest. */
    public static final int DEEPEST = 512;

    /**
     * What may come next. Numbers are followed by their own states, so that {@code 01} and {@code
     * 1.} are known.
     */
    private enum State {
        VALUE,
        FIRST_VALUE_OR_END,
        FIRST_NAME_OR_END,
        NAME,
        COLON,
        COMMA_OR_END,
        IN_STRING,
        ESCAPE,
        HEX,
        LITERAL,
        MINUS,
        ZERO,
        DIGITS,
        POINT,
        FRACTION,
        EXPONENT,
        EXPONENT_SIGN,
        EXPONENT_DIGITS,
        DONE,
        TRAILING,
        INVALID
    }

    private final long[] objects;
    private State state = State.VALUE;
    private int depth;
    private boolean inName;
    private int hexLeft;
    private String literal = "";
    private int literalAt;
    private boolean object;

    public JsonProgress() {
        objects = new long[DEEPEST / Long.SIZE];
    }

    private JsonProgress(JsonProgress other) {
        objects = Arrays.copyOf(other.objects, other.objects.length);
        state = other.state;
        depth = other.depth;
        inName = other.inName;
        hexLeft = other.hexLeft;
        literal = other.literal;
        literalAt = other.literalAt;
        object = other.object;
    }

    /** An independent follower at the same place: to try how a text would go on. */
    public JsonProgress copy() {
        return new JsonProgress(this);
    }

    /** Takes more of the text; whether it is still {@link #valid()}. */
    public boolean accept(CharSequence text) {
        for (int i = 0; i < text.length() && state != State.INVALID; i++) {
            accept(text.charAt(i));
        }
        return valid();
    }

    /** Takes one more character. */
    public void accept(char c) {
        state =
                switch (state) {
                    case VALUE -> blank(c) ? state : value(c);
                    case FIRST_VALUE_OR_END ->
                            blank(c) ? state : c == ']' ? closed(false) : value(c);
                    case FIRST_NAME_OR_END -> blank(c) ? state : c == '}' ? closed(true) : name(c);
                    case NAME -> blank(c) ? state : name(c);
                    case COLON -> blank(c) ? state : c == ':' ? State.VALUE : State.INVALID;
                    case COMMA_OR_END -> blank(c) ? state : afterValue(c);
                    case IN_STRING -> inString(c);
                    case ESCAPE -> escape(c);
                    case HEX -> hex(c);
                    case LITERAL -> inLiteral(c);
                    case MINUS, ZERO, DIGITS -> whole(c);
                    case POINT, FRACTION -> fraction(c);
                    case EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS -> exponent(c);
                    case DONE -> blank(c) ? state : State.TRAILING;
                    case TRAILING, INVALID -> state;
                };
    }

    /** Whether what has come is a beginning of one JSON value, or the whole of it. */
    public boolean valid() {
        return state != State.INVALID && state != State.TRAILING;
    }

    /**
     * Whether the whole of one value has come, whatever stands behind it. A number at the top level
     * may still grow.
     */
    public boolean complete() {
        return state == State.DONE
                || state == State.TRAILING
                || depth == 0
                        && (state == State.ZERO
                                || state == State.DIGITS
                                || state == State.FRACTION
                                || state == State.EXPONENT_DIGITS);
    }

    /** Whether something that is not blank stands behind a complete value. */
    public boolean trailing() {
        return state == State.TRAILING;
    }

    /** Whether the value is an object, as far as it has come. */
    public boolean object() {
        return object;
    }

    /** Whether the text so far ends inside a string, where any text may follow. */
    public boolean inString() {
        return state == State.IN_STRING || state == State.ESCAPE || state == State.HEX;
    }

    private State value(char c) {
        return switch (c) {
            case '{' -> opened(true);
            case '[' -> opened(false);
            case '"' -> {
                inName = false;
                yield State.IN_STRING;
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-' -> State.MINUS;
            case '0' -> State.ZERO;
            default -> digit(c) ? State.DIGITS : State.INVALID;
        };
    }

    private State opened(boolean isObject) {
        if (depth == DEEPEST) {
            return State.INVALID;
        }
        object |= depth == 0 && isObject;
        long bit = 1L << (depth & 63);
        if (isObject) {
            objects[depth >> 6] |= bit;
        } else {
            objects[depth >> 6] &= ~bit;
        }
        depth++;
        return isObject ? State.FIRST_NAME_OR_END : State.FIRST_VALUE_OR_END;
    }

    private State closed(boolean asObject) {
        if (depth == 0 || inObject() != asObject) {
            return State.INVALID;
        }
        depth--;
        return ended();
    }

    private boolean inObject() {
        return depth > 0 && (objects[(depth - 1) >> 6] & 1L << ((depth - 1) & 63)) != 0;
    }

    private State ended() {
        return depth == 0 ? State.DONE : State.COMMA_OR_END;
    }

    private State name(char c) {
        inName = true;
        return c == '"' ? State.IN_STRING : State.INVALID;
    }

    private State afterValue(char c) {
        return switch (c) {
            case ',' -> inObject() ? State.NAME : State.VALUE;
            case '}' -> closed(true);
            case ']' -> closed(false);
            default -> State.INVALID;
        };
    }

    private State inString(char c) {
        if (c == '"') {
            return inName ? State.COLON : ended();
        }
        if (c == '\\') {
            return State.ESCAPE;
        }
        return c < 0x20 ? State.INVALID : State.IN_STRING;
    }

    private State escape(char c) {
        hexLeft = 4;
        return switch (c) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> State.IN_STRING;
            case 'u' -> State.HEX;
            default -> State.INVALID;
        };
    }

    private State hex(char c) {
        boolean isHex = digit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
        if (!isHex) {
            return State.INVALID;
        }
        return --hexLeft == 0 ? State.IN_STRING : State.HEX;
    }

    private State literal(String word) {
        literal = word;
        literalAt = 1;
        return State.LITERAL;
    }

    private State inLiteral(char c) {
        if (c != literal.charAt(literalAt)) {
            return State.INVALID;
        }
        return ++literalAt == literal.length() ? ended() : State.LITERAL;
    }

    private State whole(char c) {
        if (state != State.ZERO && digit(c)) {
            return state == State.MINUS && c == '0' ? State.ZERO : State.DIGITS;
        }
        if (state == State.MINUS) {
            return State.INVALID;
        }
        return switch (c) {
            case '.' -> State.POINT;
            case 'e', 'E' -> State.EXPONENT;
            default -> afterNumber(c);
        };
    }

    private State fraction(char c) {
        if (digit(c)) {
            return State.FRACTION;
        }
        if (state == State.POINT) {
            return State.INVALID;
        }
        return c == 'e' || c == 'E' ? State.EXPONENT : afterNumber(c);
    }

    private State exponent(char c) {
        if (digit(c)) {
            return State.EXPONENT_DIGITS;
        }
        if (state == State.EXPONENT && (c == '+' || c == '-')) {
            return State.EXPONENT_SIGN;
        }
        return state == State.EXPONENT_DIGITS ? afterNumber(c) : State.INVALID;
    }

    private State afterNumber(char c) {
        if (depth == 0) {
            return blank(c) ? State.DONE : State.TRAILING;
        }
        return blank(c) ? State.COMMA_OR_END : afterValue(c);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
