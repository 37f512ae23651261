package dev.midstream.seam;

import org.jspecify.annotations.Nullable;

/**
 * The words of the user turn. They read like a user, because what reads like an operator's notice
 * is refused as an injection; and what they quote is hostile, so that its delimiters never occur in
 * it.
 */
final class ContinuationPrompt {
    private static final int CONTEXT = 200;
    private static final String PLACE = "{tail}";

    private ContinuationPrompt() {}

    static String of(@Nullable String template, String delivered, Anchor anchor) {
        if (template == null) {
            return ours(delivered, anchor.text());
        }
        if (template.isBlank()) {
            throw new IllegalArgumentException(
                    "a blank continuation prompt rules the user turn out");
        }
        return template.replace(PLACE, anchor.text());
    }

    private static String ours(String delivered, String anchor) {
        String tail = tail(delivered, anchor.length());
        String mark = delimiter(tail);
        String context =
                tail.length() > anchor.length()
                        ? "The last I got of it is between the two "
                                + mark
                                + " lines:\n\n"
                                + quoted(tail, mark)
                        : "";
        return "Your reply was cut off before it was complete. "
                + context
                + "Please begin your next message with exactly the words between the two "
                + mark
                + " lines here, repeated as they are:\n\n"
                + quoted(anchor, mark)
                + "and then go straight on from there to the end of the reply, in the same language and format."
                + inCode(delivered)
                + " No introduction, no comment, no apology, no new heading: it will be pasted right onto what I have.";
    }

    private static String quoted(String text, String mark) {
        return mark + "\n" + text + "\n" + mark + "\n\n";
    }

    private static String inCode(String delivered) {
        return Fences.inside(delivered)
                ? " It stopped inside a code block that is still open, so go on with the code itself and do not open the"
                        + " block again."
                : "";
    }

    private static String tail(String delivered, int anchor) {
        int from = delivered.length() - Math.max(CONTEXT, anchor);
        if (from <= 0) {
            return delivered;
        }
        String window = delivered.substring(Math.max(0, from - CONTEXT));
        int at = from - Math.max(0, from - CONTEXT);
        return window.substring(Graphemes.boundaryAtOrBefore(window, at));
    }

    /**
     * A mark that the quoted text does not contain, not even together with the line breaks around
     * it.
     */
    private static String delimiter(String quoted) {
        for (String mark : new String[] {"\"\"\"", "=====", "-----8<-----"}) {
            if (!quoted.contains(mark)) {
                return mark;
            }
        }
        int number = 1;
        while (quoted.contains("=====" + number + "=====")) {
            number++;
        }
        return "=====" + number + "=====";
    }
}
