package dev.midstream.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The judge of one choice of a Chat Completions stream. */
final class ChatChoiceGrammar {

    /** The names that servers give to reasoning. */
    static final List<String> REASONING = List.of("reasoning_content", "reasoning");

    private static final class Call {
        final String id;
        final String name;
        final StringBuilder arguments = new StringBuilder();

        Call(String id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    private final int index;
    private final Findings findings;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final List<Call> calls = new ArrayList<>();
    private boolean opened;
    private @Nullable String finishReason;

    ChatChoiceGrammar(int index, Findings findings) {
        this.index = index;
        this.findings = findings;
    }

    int index() {
        return index;
    }

    boolean finished() {
        return finishReason != null;
    }

    void delta(JsonNode delta) {
        findings.require(
                !finished() || delta.isEmpty(), "choice " + index + " goes on after its finish");
        role(delta.path("role"));
        append(delta, "content", text);
        append(delta, "refusal", refusal);
        REASONING.forEach(name -> append(delta, name, reasoning));
        delta.path("tool_calls").forEach(this::call);
    }

    void finish(String reason) {
        findings.require(!finished(), "choice " + index + " finishes twice");
        finishReason = reason;
        if (reason.equals("tool_calls")) {
            findings.require(!calls.isEmpty(), "choice " + index + " has no tool call");
            calls.forEach(this::requireWhole);
        }
    }

    void end() {
        findings.require(finished(), "choice " + index + " has no finish_reason");
    }

    ChatTranscript.Choice choice() {
        return new ChatTranscript.Choice(
                index,
                text.toString(),
                reasoning.toString(),
                refusal.toString(),
                calls.stream()
                        .map(
                                call ->
                                        new ChatTranscript.ToolCall(
                                                call.id, call.name, call.arguments.toString()))
                        .toList(),
                finishReason);
    }

    private void role(JsonNode role) {
        if (opened) {
            findings.require(role.isMissingNode(), "choice " + index + " has its role again");
        } else {
            findings.require(
                    role.asString("").equals("assistant"),
                    "choice " + index + " does not open with the role assistant");
        }
        opened = true;
    }

    private void append(JsonNode delta, String name, StringBuilder to) {
        JsonNode value = delta.path(name);
        if (value.isString()) {
            to.append(value.asString());
        } else {
            findings.require(
                    value.isMissingNode() || value.isNull(),
                    "choice " + index + " has a " + name + " that is no string: " + value);
        }
    }

    private void call(JsonNode delta) {
        int number = delta.path("index").asInt(-1);
        JsonNode function = delta.path("function");
        String what = "tool call " + number + " of choice " + index;
        findings.require(function.isObject(), what + " has no function");
        if (number == calls.size()) {
            open(what, delta, function);
        } else if (findings.require(
                number >= 0 && number < calls.size(),
                what + " begins where tool call " + calls.size() + " is next")) {
            findings.require(!delta.has("id"), what + " has its id again");
            findings.require(!function.has("name"), what + " has its name again");
        } else {
            return;
        }
        append(function, "arguments", calls.get(number).arguments);
    }

    private void open(String what, JsonNode delta, JsonNode function) {
        findings.require(ChatStreamGrammar.isText(delta.path("id")), what + " has no id");
        findings.require(delta.path("type").asString("").equals("function"), what + " has no type");
        findings.require(ChatStreamGrammar.isText(function.path("name")), what + " has no name");
        Set<String> ids = new HashSet<>();
        calls.forEach(call -> ids.add(call.id));
        String id = delta.path("id").asString("");
        findings.require(!ids.contains(id), what + " has the id of another one: " + id);
        calls.add(new Call(id, function.path("name").asString("")));
    }

    private void requireWhole(Call call) {
        try {
            findings.require(
                    Json.read(call.arguments.toString()).isObject(),
                    "the arguments of " + call.id + " are no object: " + call.arguments);
        } catch (JacksonException e) {
            findings.add("the arguments of " + call.id + " are not JSON: " + call.arguments);
        }
    }
}
