package dev.midstream.testkit.scenario;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client has in the end, whichever client it is. Immutable.
 *
 * @param status of the response
 * @param reasoning null from a client that has no word for it
 * @param finish the finish reason, null if there was none
 * @param tokens the usage told, null if none was
 * @param trouble the error, as the response or inside the stream; null if it went well
 */
public record Seen(
        int status,
        String text,
        @Nullable String reasoning,
        List<Call> calls,
        @Nullable String finish,
        @Nullable Tokens tokens,
        @Nullable Trouble trouble) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A tool call; its id is somebody's own. */
    public record Call(String name, String arguments) {

        /** As documents of Messages hold it, in which arguments are an object, not its text. */
        public Call parsed() {
            return new Call(name, JSON.readTree(arguments).toString());
        }
    }

    /** The usage told. */
    public record Tokens(long prompt, long completion, long total) {}

    /** An error object as it was received. */
    public record Trouble(JsonNode error) {

        /** Empty if there is none. */
        public String type() {
            return error.path("type").asString("");
        }

        /** Empty if there is none. */
        public String code() {
            return error.path("code").asString("");
        }

        /** Empty if there is none. */
        public String message() {
            return error.path("message").asString("");
        }

        /** What the gateway adds: {@code delivered}, {@code attempts}. */
        public JsonNode midstream() {
            return error.path("midstream");
        }
    }

    public Seen {
        calls = List.copyOf(calls);
    }

    /** An error instead of an answer. */
    public static Seen refused(int status, JsonNode error) {
        return new Seen(status, "", "", List.of(), null, null, new Trouble(error));
    }

    /** A stream that an error ended. */
    public static Seen broken(int status, String text, @Nullable String finish, JsonNode error) {
        return new Seen(status, text, null, List.of(), finish, null, new Trouble(error));
    }

    /** As a client sees it that has no word for reasoning. */
    public Seen withoutReasoning() {
        return new Seen(status, text, null, calls, finish, tokens, trouble);
    }

    /** In a few words, for the failure matrix. */
    public String inWords(String wholeText) {
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
