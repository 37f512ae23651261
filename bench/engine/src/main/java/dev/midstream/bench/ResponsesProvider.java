package dev.midstream.bench;

import static dev.midstream.bench.ProviderStream.quoted;

import java.util.List;

/** The events of a provider that speaks Responses, numbered one after the other. */
final class ResponsesProvider {

    private static final String AT = "\"item_id\":\"item_0\",\"output_index\":0";

    private final Content content;
    private int number;

    ResponsesProvider(Content content) {
        this.content = content;
    }

    ProviderStream stream(List<String> pieces) {
        String whole = quoted(String.join("", pieces));
        String opening = opening();
        List<String> events = pieces.stream().map(this::increment).toList();
        return ProviderStream.of(opening, events, closing(whole));
    }

    private String opening() {
        String response = response("in_progress", "", "null");
        return event("response.created", response)
                + event("response.in_progress", response)
                + added(0, item("in_progress", ""))
                + switch (content) {
                    case TEXT -> textPart("response.content_part.added", AT, "\"\"");
                    case REASONING -> summaryPart("response.reasoning_summary_part.added", "\"\"");
                    case ARGUMENTS -> "";
                };
    }

    private String increment(String piece) {
        String delta = "\"delta\":" + quoted(piece);
        return switch (content) {
            case TEXT ->
                    event(
                            "response.output_text.delta",
                            AT
                                    + ",\"content_index\":0,"
                                    + delta
                                    + ",\"logprobs\":[],\"obfuscation\":\"k3JdXa8\"");
            case REASONING ->
                    event(
                            "response.reasoning_summary_text.delta",
                            AT + ",\"summary_index\":0," + delta + ",\"obfuscation\":\"k3JdXa8\"");
            case ARGUMENTS ->
                    event(
                            "response.function_call_arguments.delta",
                            AT + "," + delta + ",\"obfuscation\":\"k3JdXa8\"");
        };
    }

    private String closing(String whole) {
        String item = item("completed", whole);
        String done =
                switch (content) {
                    case TEXT -> textDone(AT, whole);
                    case REASONING ->
                            event(
                                            "response.reasoning_summary_text.done",
                                            AT + ",\"summary_index\":0,\"text\":" + whole)
                                    + summaryPart("response.reasoning_summary_part.done", whole);
                    case ARGUMENTS ->
                            event(
                                    "response.function_call_arguments.done",
                                    AT + ",\"name\":\"write\",\"arguments\":" + whole);
                };
        String first = done + done(0, item);
        String second = content == Content.REASONING ? answer() : "";
        String items = second.isEmpty() ? item : item + "," + message("completed", 1, "\"Done.\"");
        String usage =
                "{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":1000,"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":1009}";
        return first + second + event("response.completed", response("completed", items, usage));
    }

    /** The short message that follows upon reasoning. */
    private String answer() {
        String at = "\"item_id\":\"item_1\",\"output_index\":1";
        return added(1, message("in_progress", 1, ""))
                + textPart("response.content_part.added", at, "\"\"")
                + event(
                        "response.output_text.delta",
                        at + ",\"content_index\":0,\"delta\":\"Done.\",\"logprobs\":[]")
                + textDone(at, "\"Done.\"")
                + done(1, message("completed", 1, "\"Done.\""));
    }

    private String textDone(String at, String whole) {
        return event(
                        "response.output_text.done",
                        at + ",\"content_index\":0,\"text\":" + whole + ",\"logprobs\":[]")
                + textPart("response.content_part.done", at, whole);
    }

    private String textPart(String type, String at, String text) {
        return event(type, at + ",\"content_index\":0,\"part\":" + part(text));
    }

    private String summaryPart(String type, String text) {
        return event(type, AT + ",\"summary_index\":0,\"part\":" + summary(text));
    }

    private String added(int index, String item) {
        return event(
                "response.output_item.added", "\"output_index\":" + index + ",\"item\":" + item);
    }

    private String done(int index, String item) {
        return event(
                "response.output_item.done", "\"output_index\":" + index + ",\"item\":" + item);
    }

    private String event(String type, String members) {
        return "event: "
                + type
                + "\ndata: {\"type\":\""
                + type
                + "\",\"sequence_number\":"
                + number++
                + ","
                + members
                + "}\n\n";
    }

    /**
     * @param whole the text as a JSON string; empty while the item is begun
     */
    private String item(String status, String whole) {
        return switch (content) {
            case TEXT -> message(status, 0, whole);
            case REASONING ->
                    "{\"id\":\"item_0\",\"type\":\"reasoning\",\"summary\":["
                            + (whole.isEmpty() ? "" : summary(whole))
                            + "],\"encrypted_content\":\"Z0FBQUFB\"}";
            case ARGUMENTS ->
                    "{\"id\":\"item_0\",\"type\":\"function_call\",\"status\":\""
                            + status
                            + "\",\"call_id\":\"call_A1b2C3\",\"name\":\"write\",\"arguments\":"
                            + (whole.isEmpty() ? "\"\"" : whole)
                            + "}";
        };
    }

    private static String message(String status, int index, String whole) {
        return "{\"id\":\"item_"
                + index
                + "\",\"type\":\"message\",\"status\":\""
                + status
                + "\",\"role\":\"assistant\",\"content\":["
                + (whole.isEmpty() ? "" : part(whole))
                + "]}";
    }

    private static String part(String text) {
        return "{\"type\":\"output_text\",\"text\":"
                + text
                + ",\"annotations\":[],\"logprobs\":[]}";
    }

    private static String summary(String text) {
        return "{\"type\":\"summary_text\",\"text\":" + text + "}";
    }

    private static String response(String status, String output, String usage) {
        return "\"response\":{\"id\":\"resp_A1b2C3\",\"object\":\"response\",\"created_at\":1770933892,\"status\":\""
                + status
                + "\",\"error\":null,\"incomplete_details\":null,\"instructions\":null,\"max_output_tokens\":null,"
                + "\"model\":\"gpt-x-2026-01-01\",\"output\":["
                + output
                + "],\"parallel_tool_calls\":true,\"previous_response_id\":null,\"store\":false,\"temperature\":1.0,"
                + "\"tool_choice\":\"auto\",\"tools\":[],\"top_p\":1.0,\"truncation\":\"disabled\",\"usage\":"
                + usage
                + ",\"metadata\":{}}";
    }
}
