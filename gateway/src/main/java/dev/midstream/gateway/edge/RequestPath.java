package dev.midstream.gateway.edge;

import org.jspecify.annotations.Nullable;

/** The path of a request, as the client wrote it: encoded, without query. */
final class RequestPath {

    private static final int LONGEST_SHOWN = 200;
    private static final int LONGEST_WORD = 24;

    private RequestPath() {}

    /**
     * @param target of the request: a path or, toward a proxy, a whole URL
     * @return null if it has characters that no URL has
     */
    static @Nullable String of(String target) {
        if (!target.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return null;
        }
        String path = cut(cut(target, '?'), '#');
        int scheme = path.indexOf("://");
        if (path.startsWith("/") || scheme < 0) {
            return path;
        }
        int slash = path.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : path.substring(slash);
    }

    private static String cut(String text, char at) {
        int found = text.indexOf(at);
        return found < 0 ? text : text.substring(0, found);
    }

    /** For a client's eyes: what it wrote itself, not endlessly. */
    static String shown(String path) {
        return path.length() <= LONGEST_SHOWN ? path : path.substring(0, LONGEST_SHOWN) + "…";
    }

    /** For the log: what might be a key rather than a word is left out. */
    static String logged(String path) {
        StringBuilder text = new StringBuilder();
        for (String segment : shown(path).split("/", -1)) {
            text.append('/').append(isWord(segment) ? segment : "…");
        }
        return text.substring(1);
    }

    private static boolean isWord(String segment) {
        return segment.length() <= LONGEST_WORD
                && segment.matches("[A-Za-z0-9._:-]*")
                && !segment.startsWith("sk-");
    }
}
