package dev.midstream.testkit;

import dev.midstream.testkit.AnchorFinder.Anchor;
import dev.midstream.testkit.Conversation.Turn;
import java.util.Optional;

/** What a request wants of a model that has one text to say. */
sealed interface Wish {

    /** The whole answer. */
    record Original() implements Wish {}

    /** The rest of the answer after this beginning; the position is where the text has it end. */
    record Prefill(String text, int position) implements Wish {}

    /** The position is where the answer broke off; the anchor ends where its words do. */
    record UserTurn(String anchor, int anchorEnd, int position) implements Wish {}

    /** What this conversation wants of a model with this text. */
    static Wish of(Conversation conversation, String text, AnchorFinder anchors) {
        Turn last = conversation.fromEnd(0);
        if (last.is("assistant") && !last.callsTools() && !last.text().isEmpty()) {
            return new Prefill(last.text(), said(last.text(), text).orElse(0));
        }
        if (last.is("user") && conversation.turns().size() > 1) {
            return userTurn(last.text(), conversation.fromEnd(1), text, anchors);
        }
        return new Original();
    }

    private static Wish userTurn(String turn, Turn before, String text, AnchorFinder anchors) {
        Optional<Integer> said =
                before.is("assistant") ? said(before.text(), text) : Optional.empty();
        if (said.isPresent()) {
            String delivered = text.substring(0, said.get());
            String anchor = anchors.find(turn, delivered).map(Wish::words).orElse("");
            int end = anchor.isEmpty() ? said.get() : end(delivered.lastIndexOf(anchor), anchor);
            return new UserTurn(anchor, end, said.get());
        }
        return anchors.find(turn, text)
                .<Wish>map(
                        anchor -> {
                            int end = end(text.indexOf(anchor.tail()), anchor.tail());
                            return new UserTurn(words(anchor), end, end);
                        })
                .orElseGet(Original::new);
    }

    /** No model begins its reply with white space that it was to repeat. */
    private static String words(Anchor anchor) {
        return anchor.words().stripLeading();
    }

    private static int end(int at, String words) {
        return at + words.length();
    }

    /** How much of the answer an assistant's message is; empty if it is something else. */
    private static Optional<Integer> said(String message, String text) {
        if (!message.isBlank() && text.startsWith(message)) {
            return Optional.of(message.length());
        }
        String stripped = message.stripTrailing();
        return !stripped.isEmpty() && text.startsWith(stripped)
                ? Optional.of(stripped.length())
                : Optional.empty();
    }
}
