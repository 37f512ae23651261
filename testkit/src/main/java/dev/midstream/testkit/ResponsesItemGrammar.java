package dev.midstream.testkit;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The judge of one output item of a Responses stream. */
final class ResponsesItemGrammar {

    private static final Set<String> ENDS = Set.of("completed", "incomplete", "failed");

    private final int index;
    private final String type;
    private final JsonNode start;
    private final Findings findings;
    private final ResponsesPartsGrammar content;
    private final ResponsesPartsGrammar summary;
    private final StringBuilder input = new StringBuilder();
    private boolean inputTold;
    private @Nullable JsonNode whole;

    ResponsesItemGrammar(int index, JsonNode start, Findings findings) {
        this.index = index;
        this.type = start.path("type").asString("");
        this.start = start;
        this.findings = findings;
        this.content = new ResponsesPartsGrammar(what(), "content", contentOf(type), findings);
        this.summary =
                new ResponsesPartsGrammar(what(), "summary", Set.of("summary_text"), findings);
        findings.require(ChatStreamGrammar.isText(start.path("type")), what() + " has no type");
        findings.require(ChatStreamGrammar.isText(start.path("id")), what() + " has no id");
        switch (type) {
            case "message" -> {
                requireStart("role", "assistant");
                requireStart("status", "in_progress");
                requireEmpty("content");
            }
            case "reasoning" -> requireEmpty("summary");
            case "function_call" -> startCall("arguments");
            case "custom_tool_call" -> startCall("input");
            default -> {}
        }
    }

    private static Set<String> contentOf(String type) {
        return switch (type) {
            case "message" -> Set.of("output_text", "refusal");
            case "reasoning" -> Set.of("reasoning_text");
            default -> Set.of();
        };
    }

    private void startCall(String member) {
        findings.require(ChatStreamGrammar.isText(start.path("name")), what() + " has no name");
        findings.require(
                ChatStreamGrammar.isText(start.path("call_id")), what() + " has no call_id");
        requireStart(member, "");
    }

    private void requireStart(String member, String expected) {
        findings.require(
                start.path(member).isString() && start.path(member).asString().equals(expected),
                what() + " starts with the " + member + " " + start.path(member));
    }

    private void requireEmpty(String member) {
        findings.require(
                start.path(member).isArray() && start.path(member).isEmpty(),
                what() + " does not start with an empty " + member);
    }

    String id() {
        return start.path("id").asString("");
    }

    String callId() {
        return start.path("call_id").asString("");
    }

    String type() {
        return type;
    }

    boolean isOpen() {
        return whole == null;
    }

    /** The item as it was closed; null while it is open. */
    @Nullable JsonNode whole() {
        return whole;
    }

    // ------------------------------------------------------------------------------------ parts

    /** An event about this item, which is open and of the event's type. */
    void event(String name, JsonNode data) {
        switch (name) {
            case "response.content_part.added" -> content.start(data);
            case "response.content_part.done" -> content.close(data);
            case "response.reasoning_summary_part.added" -> summary.start(data);
            case "response.reasoning_summary_part.done" -> summary.close(data);
            case "response.output_text.delta" -> {
                requireLogprobs(data);
                content.delta("output_text", data);
            }
            case "response.output_text.done" -> {
                requireLogprobs(data);
                content.tell("output_text", data);
            }
            case "response.output_text.annotation.added" -> content.annotation(data);
            case "response.refusal.delta" -> content.delta("refusal", data);
            case "response.refusal.done" -> content.tell("refusal", data);
            case "response.reasoning_text.delta" -> content.delta("reasoning_text", data);
            case "response.reasoning_text.done" -> content.tell("reasoning_text", data);
            case "response.reasoning_summary_text.delta" -> summary.delta("summary_text", data);
            case "response.reasoning_summary_text.done" -> summary.tell("summary_text", data);
            case "response.function_call_arguments.delta",
                    "response.custom_tool_call_input.delta",
                    "response.mcp_call_arguments.delta",
                    "response.code_interpreter_call_code.delta" ->
                    inputDelta(data);
            case "response.function_call_arguments.done", "response.mcp_call_arguments.done" ->
                    inputDone(data, "arguments");
            case "response.custom_tool_call_input.done" -> inputDone(data, "input");
            case "response.code_interpreter_call_code.done" -> inputDone(data, "code");
            default -> {}
        }
    }

    private void requireLogprobs(JsonNode data) {
        findings.require(data.path("logprobs").isArray(), what() + " has a text without logprobs");
    }

    // ------------------------------------------------------------------------------------ calls

    private void inputDelta(JsonNode data) {
        findings.require(!inputTold, what() + " goes on after its whole " + inputMember());
        findings.require(data.path("delta").isString(), what() + " has a delta without text");
        input.append(data.path("delta").asString(""));
    }

    private void inputDone(JsonNode data, String member) {
        findings.require(!inputTold, what() + " tells its " + member + " again");
        inputTold = true;
        requireInput(data.path(member));
        if (type.equals("function_call")) {
            findings.require(
                    data.path("name").equals(start.path("name")),
                    what()
                            + " is called "
                            + start.path("name")
                            + " and ends as "
                            + data.path("name"));
        }
    }

    private void requireInput(JsonNode told) {
        findings.require(
                told.isString() && told.asString().contentEquals(input),
                what()
                        + " ends with the "
                        + inputMember()
                        + " "
                        + told
                        + " and was told \""
                        + input
                        + "\"");
    }

    private String inputMember() {
        return type.equals("custom_tool_call") ? "input" : "arguments";
    }

    // -------------------------------------------------------------------------------------- end

    /** The item is closed. */
    void done(JsonNode item) {
        for (String member : List.of("type", "id", "call_id", "name")) {
            findings.require(
                    item.path(member).equals(start.path(member)),
                    what()
                            + " changes its "
                            + member
                            + " from "
                            + start.path(member)
                            + " to "
                            + item.path(member));
        }
        whole = item;
        findings.require(
                !content.anyOpen() && !summary.anyOpen(),
                what() + " is closed around an open part");
        requireStatus(item);
        switch (type) {
            case "message" -> content.requireAll(item.path("content"));
            case "reasoning" -> doneReasoning(item);
            case "function_call" -> doneCall(item, "arguments");
            case "custom_tool_call" -> doneCall(item, "input");
            default -> {}
        }
    }

    private void requireStatus(JsonNode item) {
        boolean optional = type.equals("reasoning") && item.path("status").isMissingNode();
        findings.require(
                optional || ENDS.contains(item.path("status").asString("")),
                what() + " is closed with the status " + item.path("status"));
    }

    private void doneReasoning(JsonNode item) {
        summary.requireAll(item.path("summary"));
        if (!content.isEmpty() || item.path("content").isArray()) {
            content.requireAll(item.path("content"));
        }
        findings.require(
                !"incomplete".equals(status()) || !item.path("encrypted_content").isString(),
                what() + " is incomplete and has encrypted_content");
    }

    private void doneCall(JsonNode item, String member) {
        findings.require(inputTold, what() + " is closed before its whole " + member);
        requireInput(item.path(member));
        if (type.equals("function_call") && "completed".equals(status())) {
            requireObject(input.toString());
        }
    }

    private void requireObject(String arguments) {
        try {
            findings.require(
                    Json.read(arguments).isObject(),
                    "the arguments of " + what() + " are no object: " + arguments);
        } catch (JacksonException e) {
            findings.add("the arguments of " + what() + " are not JSON: " + arguments);
        }
    }

    // ------------------------------------------------------------------------------- transcript

    ResponsesTranscript.Item item() {
        return switch (type) {
            case "message" ->
                    new ResponsesTranscript.Message(
                            id(), content.text("output_text"), content.text("refusal"), status());
            case "reasoning" ->
                    new ResponsesTranscript.Reasoning(
                            id(),
                            summary.texts(),
                            content.text("reasoning_text"),
                            whole == null ? null : string(whole.path("encrypted_content")),
                            status());
            case "function_call" ->
                    new ResponsesTranscript.FunctionCall(
                            id(),
                            callId(),
                            start.path("name").asString(""),
                            input.toString(),
                            status());
            default -> new ResponsesTranscript.Whole(type, whole == null ? start : whole);
        };
    }

    private @Nullable String status() {
        return whole == null ? null : string(whole.path("status"));
    }

    private static @Nullable String string(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }

    private String what() {
        return "item " + index;
    }
}
