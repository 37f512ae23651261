package dev.midstream.gateway.scenario;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client has in the end, whichever client it is. Immutable.
 *
 * @param status of the response
 * @param reasoning null from a client that has no word for it
 * @param finish the finish reason, null if there was none
 * @param tokens the usage told, null if none was
 * @param trouble the error, as the response or inside the stream; null if it went well
 */
record Seen(
        int status,
        String text,
        @Nullable String reasoning,
        List<Call> calls,
        @Nullable String finish,
        @Nullable Tokens tokens,
        @Nullable Trouble trouble) {

    /** A tool call; its id is somebody's own. */
    record Call(String name, String arguments) {

        /** As documents of Messages hold it, in which arguments are an object, not its text. */
        Call parsed() {
            return new Call(name, World.JSON.readTree(arguments).toString());
        }
    }

    record Tokens(long prompt, long completion, long total) {}

    /** An error object as it was received. */
    record Trouble(JsonNode error) {

        String type() {
            return error.path("type").asString("");
        }

        String code() {
            return error.path("code").asString("");
        }

        String message() {
            return error.path("message").asString("");
        }

        JsonNode midstream() {
            return error.path("midstream");
        }
    }

    Seen {
        calls = List.copyOf(calls);
    }

    static Seen refused(int status, JsonNode error) {
        return new Seen(status, "", "", List.of(), null, null, new Trouble(error));
    }

    /** A stream that an error ended. */
    static Seen broken(int status, String text, @Nullable String finish, JsonNode error) {
        return new Seen(status, text, null, List.of(), finish, null, new Trouble(error));
    }

    /** In a few words, for the failure matrix. */
    String inWords(String wholeText) {
        if (status != 200) {
            return "HTTP " + status + " " + name(trouble);
        }
        String delivered = delivered(wholeText);
        String had = delivered.isEmpty() ? "nothing" : delivered;
        return trouble == null ? had + ", `" + finish + "`" : had + ", then error " + name(trouble);
    }

    private String delivered(String wholeText) {
        String said = text.equals(wholeText) && !text.isEmpty() ? "whole answer" : words(wholeText);
        String called =
                calls.isEmpty()
                        ? ""
                        : calls.stream()
                                .map(call -> "`" + call.name() + "`")
                                .collect(Collectors.joining(", ", "call of ", ""));
        return said.isEmpty() || called.isEmpty() ? said + called : said + ", " + called;
    }

    private String words(String wholeText) {
        if (text.isEmpty()) {
            return "";
        }
        int count = Said.count(text);
        if (wholeText.startsWith(text)) {
            return count == 1 ? "the first word" : "the first " + count + " words";
        }
        int same = 1;
        while (same <= count && wholeText.startsWith(Said.words(text, same))) {
            same++;
        }
        return same == 1
                ? "%d other words".formatted(count)
                : "the first %d words, then %d others".formatted(same - 1, count - same + 1);
    }

    private static String name(@Nullable Trouble trouble) {
        if (trouble == null) {
            return "without an error";
        }
        String code = trouble.code();
        return "`" + trouble.type() + (code.isEmpty() ? "" : "`/`" + code) + "`";
    }
}
