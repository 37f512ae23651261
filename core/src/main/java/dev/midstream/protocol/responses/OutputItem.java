package dev.midstream.protocol.responses;

import dev.midstream.model.BlockKind;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One item of an answer's output as far as it has been decoded. Event-loop confined. */
final class OutputItem {

    /** What an item is to us. */
    enum Kind {
        MESSAGE,
        REASONING,
        CALL,
        CUSTOM_CALL,
        OPAQUE;

        static Kind of(String type) {
            return switch (type) {
                case "message" -> MESSAGE;
                case "reasoning" -> REASONING;
                case "function_call" -> CALL;
                case "custom_tool_call" -> CUSTOM_CALL;
                default -> OPAQUE;
            };
        }

        boolean call() {
            return this == CALL || this == CUSTOM_CALL;
        }
    }

    static final int NO_BLOCK = -1;

    private static final int MOST_PIECES = 10_000;

    final int index;
    final Kind kind;

    /** Its block, for all but messages, whose parts have one each. */
    int block = NO_BLOCK;

    boolean ended;

    /** Whether something told of it whole was not what its pieces had told. */
    boolean differs;

    private final TreeMap<Integer, Piece> pieces = new TreeMap<>();
    private @Nullable Piece latest;

    OutputItem(int index, Kind kind) {
        this.index = index;
        this.kind = kind;
    }

    /**
     * The piece of this number; null where there would be too many.
     *
     * @param number of a content part; {@code ~number} of a summary's
     */
    @Nullable Piece piece(int number, BlockKind kind) {
        Piece last = latest;
        if (last != null && last.number == number) {
            return last;
        }
        Piece found = pieces.get(number);
        if (found == null && pieces.size() < MOST_PIECES) {
            found = new Piece(number, kind);
            pieces.put(number, found);
        }
        latest = found;
        return found;
    }

    @Nullable Piece known(int number) {
        return pieces.get(number);
    }

    Iterable<Piece> pieces() {
        return pieces.values();
    }

    boolean saidNothing() {
        return pieces.values().stream().allMatch(piece -> piece.length == 0);
    }

    /**
     * One text of an item: a part of a message, of a summary, a call's arguments. What came of it
     * is kept as a length and a hash, to be compared with the whole that a later event repeats.
     */
    static final class Piece {
        final int number;
        final BlockKind kind;
        int block = NO_BLOCK;
        boolean ended;

        /** Whether it was told apart from the one before it already. */
        boolean separated;

        int length;
        private int hash;

        Piece(int number, BlockKind kind) {
            this.number = number;
            this.kind = kind;
        }

        void add(String text) {
            int power = 1;
            for (int i = text.length(); i > 0; i--) {
                power *= 31;
            }
            hash = hash * power + text.hashCode();
            length += text.length();
        }

        /** What of the whole has not come yet; null if what came is not its beginning. */
        @Nullable String missing(String whole) {
            if (whole.length() < length) {
                return null;
            }
            String came = whole.length() == length ? whole : whole.substring(0, length);
            return came.hashCode() == hash ? whole.substring(length) : null;
        }
    }
}
