package dev.midstream.simulation;

import dev.midstream.model.BlockKind;
import dev.midstream.model.FinishReason;
import java.util.List;

/**
 * An answer as it would be if nothing broke.
 *
 * @param structured whether the client asked for one JSON document
 * @param repetitive whether its text says the same in several places, so that nobody can tell where
 *     a model stands that repeats more of it than it was asked to
 * @param choices how many choices it has
 */
record WholeAnswer(
        String name,
        List<Piece> pieces,
        FinishReason finish,
        boolean structured,
        boolean repetitive,
        int choices) {

    /**
     * What becomes one content block.
     *
     * @param text of a tool call: its arguments
     * @param tool the name of the tool, empty for all but tool calls
     */
    record Piece(int choice, BlockKind kind, String text, String tool) {

        static Piece text(String text) {
            return new Piece(0, BlockKind.TEXT, text, "");
        }

        static Piece reasoning(String text) {
            return new Piece(0, BlockKind.REASONING, text, "");
        }

        static Piece call(String tool, String arguments) {
            return new Piece(0, BlockKind.TOOL_CALL, arguments, tool);
        }

        Piece withText(String other) {
            return new Piece(choice, kind, other, tool);
        }
    }

    WholeAnswer {
        pieces = List.copyOf(pieces);
    }

    static WholeAnswer of(String name, FinishReason finish, Piece... pieces) {
        return new WholeAnswer(name, List.of(pieces), finish, false, false, 1);
    }

    WholeAnswer asDocument() {
        return new WholeAnswer(name, pieces, finish, true, repetitive, choices);
    }

    WholeAnswer asRepetitive() {
        return new WholeAnswer(name, pieces, finish, structured, true, choices);
    }

    String text() {
        return joined(BlockKind.TEXT, 0);
    }

    String text(int choice) {
        return joined(BlockKind.TEXT, choice);
    }

    String reasoning() {
        return joined(BlockKind.REASONING, 0);
    }

    boolean hasCalls() {
        return pieces.stream().anyMatch(piece -> piece.kind() == BlockKind.TOOL_CALL);
    }

    private String joined(BlockKind kind, int choice) {
        StringBuilder all = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece.kind() == kind && piece.choice() == choice) {
                all.append(piece.text());
            }
        }
        return all.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
