package dev.midstream.testkit;

import java.util.ArrayList;
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
    private final List<ResponsesPartGrammar> content = new ArrayList<>();
    private final List<ResponsesPartGrammar> summary = new ArrayList<>();
    private final StringBuilder input = new StringBuilder();
    private boolean inputTold;
    private @Nullable JsonNode whole;

    ResponsesItemGrammar(int index, JsonNode start, Findings findings) {
        this.index = index;
        this.type = start.path("type").asString("");
        this.start = start;
        this.findings = findings;
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
            case "response.content_part.added" -> startContent(data);
            case "response.content_part.done" -> close(content, "content_index", data);
            case "response.reasoning_summary_part.added" -> startSummary(data);
            case "response.reasoning_summary_part.done" -> close(summary, "summary_index", data);
            case "response.output_text.delta" -> {
                requireLogprobs(data);
                delta(content, "content_index", "output_text", data);
            }
            case "response.output_text.done" -> {
                requireLogprobs(data);
                tell(content, "content_index", "output_text", data, "text");
            }
            case "response.output_text.annotation.added" -> annotation(data);
            case "response.refusal.delta" -> delta(content, "content_index", "refusal", data);
            case "response.refusal.done" ->
                    tell(content, "content_index", "refusal", data, "refusal");
            case "response.reasoning_text.delta" ->
                    delta(content, "content_index", "reasoning_text", data);
            case "response.reasoning_text.done" ->
                    tell(content, "content_index", "reasoning_text", data, "text");
            case "response.reasoning_summary_text.delta" ->
                    delta(summary, "summary_index", "summary_text", data);
            case "response.reasoning_summary_text.done" ->
                    tell(summary, "summary_index", "summary_text", data, "text");
            case "response.function_call_arguments.delta",
                    "response.custom_tool_call_input.delta",
                    "response.mcp_call_arguments.delta" ->
                    inputDelta(data);
            case "response.function_call_arguments.done", "response.mcp_call_arguments.done" ->
                    inputDone(data, "arguments");
            case "response.custom_tool_call_input.done" -> inputDone(data, "input");
            default -> {}
        }
    }

    private void startContent(JsonNode data) {
        Set<String> fitting =
                type.equals("message")
                        ? Set.of("output_text", "refusal")
                        : type.equals("reasoning") ? Set.of("reasoning_text") : Set.of();
        start(content, "content", fitting, data.path("content_index"), data.path("part"));
    }

    private void startSummary(JsonNode data) {
        Set<String> fitting = Set.of("summary_text");
        start(summary, "summary", fitting, data.path("summary_index"), data.path("part"));
    }

    private void start(
            List<ResponsesPartGrammar> parts,
            String kind,
            Set<String> fitting,
            JsonNode place,
            JsonNode part) {
        String name = kind + " part " + place + " of " + what();
        findings.require(
                place.isIntegralNumber() && place.asInt() == parts.size(),
                name + " starts where part " + parts.size() + " is next");
        findings.require(
                parts.isEmpty() || !parts.getLast().isOpen(), name + " starts inside another one");
        findings.require(
                fitting.contains(part.path("type").asString("")),
                name + " has the type " + part.path("type"));
        parts.add(new ResponsesPartGrammar(name, part, findings));
    }

    private void close(List<ResponsesPartGrammar> parts, String member, JsonNode data) {
        ResponsesPartGrammar part = openPart(parts, member, data);
        if (part != null) {
            part.close(data.path("part"));
        }
    }

    private void delta(
            List<ResponsesPartGrammar> parts, String member, String fitting, JsonNode data) {
        ResponsesPartGrammar part = openPart(parts, member, data);
        if (part != null) {
            requireType(part, fitting);
            findings.require(data.path("delta").isString(), what() + " has a delta without text");
            part.delta(data.path("delta").asString(""));
        }
    }

    private void tell(
            List<ResponsesPartGrammar> parts,
            String place,
            String fitting,
            JsonNode data,
            String member) {
        ResponsesPartGrammar part = openPart(parts, place, data);
        if (part != null) {
            requireType(part, fitting);
            part.tell(data.path(member));
        }
    }

    private void annotation(JsonNode data) {
        ResponsesPartGrammar part = openPart(content, "content_index", data);
        if (part != null) {
            requireType(part, "output_text");
            part.annotation(data);
        }
    }

    private void requireType(ResponsesPartGrammar part, String fitting) {
        findings.require(
                part.type().equals(fitting),
                what() + " has a part that is " + part.type() + " and is told as " + fitting);
    }

    private void requireLogprobs(JsonNode data) {
        findings.require(data.path("logprobs").isArray(), what() + " has a text without logprobs");
    }

    private @Nullable ResponsesPartGrammar openPart(
            List<ResponsesPartGrammar> parts, String member, JsonNode data) {
        int place = data.path(member).asInt(-1);
        boolean open = place >= 0 && place == parts.size() - 1 && parts.getLast().isOpen();
        findings.require(
                open, what() + " has no open part at the " + member + " " + data.path(member));
        return open ? parts.getLast() : null;
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
                content.stream().noneMatch(ResponsesPartGrammar::isOpen)
                        && summary.stream().noneMatch(ResponsesPartGrammar::isOpen),
                what() + " is closed around an open part");
        requireStatus(item);
        switch (type) {
            case "message" -> requireParts(content, item.path("content"));
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
        requireParts(summary, item.path("summary"));
        if (!content.isEmpty() || item.path("content").isArray()) {
            requireParts(content, item.path("content"));
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

    private void requireParts(List<ResponsesPartGrammar> parts, JsonNode told) {
        if (findings.require(
                told.isArray() && told.size() == parts.size(),
                what() + " is closed with other parts than were told: " + told)) {
            for (int i = 0; i < parts.size(); i++) {
                findings.require(
                        told.get(i).path("type").asString("").equals(parts.get(i).type()),
                        what() + " is closed with a part of the type " + told.get(i).path("type"));
                parts.get(i).requireContent(told.get(i));
            }
        }
    }

    // ------------------------------------------------------------------------------- transcript

    ResponsesTranscript.Item item() {
        return switch (type) {
            case "message" ->
                    new ResponsesTranscript.Message(
                            id(), text("output_text"), text("refusal"), status());
            case "reasoning" ->
                    new ResponsesTranscript.Reasoning(
                            id(),
                            summary.stream().map(ResponsesPartGrammar::text).toList(),
                            text("reasoning_text"),
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

    private String text(String partType) {
        StringBuilder text = new StringBuilder();
        for (ResponsesPartGrammar part : content) {
            text.append(part.type().equals(partType) ? part.text() : "");
        }
        return text.toString();
    }

    private String what() {
        return "item " + index;
    }
}
