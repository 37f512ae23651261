package dev.midstream.protocol.messages;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Ids of tool calls as the API takes them: letters, digits, {@code _} and {@code -}, each used once
 * in a conversation. Other providers' ids may hold anything ({@code functions.search:0}) or be used
 * anew in every turn ({@code call_0}). Not thread-safe.
 */
final class ToolIds {

    private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9_-]");

    private final Set<String> used = new HashSet<>();
    private final Map<String, Integer> again = new HashMap<>();

    /**
     * The id to send for the next call that the client knows by {@code id}; the same for the same
     * conversation.
     */
    String next(String id) {
        String clean = id.isEmpty() ? "call" : REFUSED.matcher(id).replaceAll("_");
        String unique = clean;
        while (!used.add(unique)) {
            unique = clean + "_" + again.merge(clean, 2, (count, first) -> count + 1);
        }
        return unique;
    }
}
