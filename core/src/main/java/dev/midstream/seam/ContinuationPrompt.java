package dev.midstream.seam;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of the user turn that asks to go on.
 *
 * <p>They read like a user, because what reads like an operator's notice is refused as an
 * injection. The text that broke off stands in the turn before; here only the anchor is quoted. It
 * may hold anything, so it is put between two lines that it does not contain.
 */
final class ContinuationPrompt {
    private static final String PLACE = "{tail}";
    private static final List<String> MARKS = List.of("-----", "=====", "+++++");

    private ContinuationPrompt() {}

    static String of(@Nullable String template, Anchor anchor, boolean inCode) {
        if (template == null) {
            return ours(anchor.text(), inCode);
        }
        if (template.isBlank()) {
            throw new IllegalArgumentException(
                    "a blank continuation prompt rules the user turn out");
        }
        return template.replace(PLACE, anchor.text());
    }

    private static String ours(String anchor, boolean inCode) {
        String mark = mark(anchor);
        String lines = "\n\n" + mark + "\n" + anchor + "\n" + mark + "\n\n";
        return """
                Your reply broke off before it was complete. The end of what I have is between these \
                two lines:%sPlease begin by repeating exactly that, without the lines around it and \
                without quotation marks, and go straight on from there to the end of the reply, in \
                the same language and format. I will paste it onto what I have, so please no \
                introduction, no comment, no apology and no new heading.%s"""
                .formatted(
                        lines,
                        inCode
                                ? " It broke off inside a code block: please don't open the block"
                                        + " again."
                                : "");
    }

    private static String mark(String quoted) {
        for (String mark : MARKS) {
            if (!quoted.contains(mark)) {
                return mark;
            }
        }
        int number = 1;
        while (quoted.contains(numbered(number))) {
            number++;
        }
        return numbered(number);
    }

    private static String numbered(int number) {
        return "===== " + number + " =====";
    }
}
