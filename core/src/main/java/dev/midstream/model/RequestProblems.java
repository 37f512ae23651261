package dev.midstream.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds what no provider could do: every problem at once, each with its place and the value. What
 * only some providers refuse is theirs to say. Not thread-safe, for one request.
 */
final class RequestProblems {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_CHOICES = 128;

    private final Request request;
    private final List<String> problems = new ArrayList<>();

    private RequestProblems(Request request) {
        this.request = request;
    }

    static List<String> of(Request request) {
        RequestProblems found = new RequestProblems(request);
        found.conversation();
        found.tools();
        found.limits();
        found.stops();
        found.sampling(request.sampling());
        found.atLeastOne("top_k", request.sampling().topK());
        found.penalties(request.sampling());
        found.format();
        found.reasoning();
        return List.copyOf(found.problems);
    }

    static List<String> ofNumbers(Request request) {
        RequestProblems found = new RequestProblems(request);
        found.limits();
        found.sampling(request.sampling());
        found.penalties(request.sampling());
        return List.copyOf(found.problems);
    }

    private void add(String place, String expected, Object but) {
        problems.add("%s: expected %s, but got %s".formatted(place, expected, but));
    }

    // ---- the conversation

    private void conversation() {
        if (request.model().isBlank()) {
            add("model", "the name of a model group", "a blank one");
        }
        if (request.messages().isEmpty()) {
            add("messages", "at least one turn", "none");
        }
        boolean silent = true;
        for (int i = 0; i < request.messages().size(); i++) {
            Message turn = request.messages().get(i);
            turn(turn, "messages[" + i + "]");
            silent &= turn.parts().stream().allMatch(RequestProblems::blank);
        }
        if (silent && !request.messages().isEmpty()) {
            add("messages", "a turn that says something", "only blank ones");
        }
    }

    private static boolean blank(Part part) {
        return part instanceof Part.Text text && text.text().isBlank();
    }

    private void turn(Message turn, String place) {
        if (turn.parts().isEmpty()) {
            add(place, "at least one part", "none");
        }
        for (Part part : turn.parts()) {
            switch (part) {
                case Part.ToolCall call -> call(call, turn.role(), place);
                case Part.ToolResult result -> result(result, turn.role(), place);
                case Part.Image image ->
                        oneOf(place, "an image by URL or inline", image.url(), image.base64());
                case Part.Document document ->
                        oneOf(
                                place,
                                "a document by URL, inline or by id",
                                document.url(),
                                document.base64(),
                                document.fileId());
                case Part.Text t -> {}
                case Part.Reasoning r -> {}
                case Part.EncryptedReasoning r -> {}
                case Part.Refusal r -> {}
                case Part.Unknown u -> {}
            }
        }
    }

    private void call(Part.ToolCall call, Message.Role role, String place) {
        if (role != Message.Role.ASSISTANT) {
            add(place, "tool calls in the assistant's turns only", "one in a turn of " + role);
        }
        if (call.id().isBlank() || call.name().isBlank()) {
            add(place, "a tool call with an id and a name", "a blank one");
        }
        boolean none = call.arguments().isBlank();
        if (!call.custom() && !none && !object(call.arguments())) {
            add(place, "a JSON object as the arguments of " + call.name(), "something else");
        }
    }

    private void result(Part.ToolResult result, Message.Role role, String place) {
        if (role != Message.Role.TOOL && role != Message.Role.USER) {
            add(place, "tool results in turns of a tool or user", "one in a turn of " + role);
        }
        if (result.callId().isBlank()) {
            add(place, "the id of the call that a result answers", "a blank one");
        }
    }

    private void oneOf(String place, String what, @Nullable String... sources) {
        int given = 0;
        for (String source : sources) {
            given += source == null ? 0 : 1;
        }
        if (given != 1) {
            add(place, what, given == 0 ? "neither" : "more than one of these");
        }
    }

    // ---- tools

    private void tools() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < request.tools().size(); i++) {
            String place = "tools[" + i + "]";
            switch (request.tools().get(i)) {
                case Tool.Function function -> {
                    tool(function.name(), place, names);
                    Json parameters = function.parameters();
                    if (parameters != null && !object(parameters.text())) {
                        add(place, "a JSON schema as parameters", "something else");
                    }
                }
                case Tool.Custom custom -> tool(custom.name(), place, names);
                case Tool.Native n -> {}
            }
        }
        choice(names);
    }

    private void tool(String name, String place, Set<String> names) {
        if (name.isBlank()) {
            add(place, "a tool's name", "a blank one");
        } else if (!names.add(name)) {
            add(place, "a name of its own for each tool", "'" + name + "' again");
        }
    }

    private void choice(Set<String> names) {
        ToolChoice choice = request.toolChoice();
        boolean natives = request.tools().stream().anyMatch(Tool.Native.class::isInstance);
        if (choice instanceof ToolChoice.Named named && !natives && !names.contains(named.name())) {
            add("tool_choice", "one of the tools " + names, "'" + named.name() + "'");
        } else if (choice instanceof ToolChoice.Required && request.tools().isEmpty()) {
            add("tool_choice", "tools, of which one has to be called", "none");
        }
    }

    // ---- limits and sampling

    private void limits() {
        atLeastOne("max_tokens", request.maxTokens());
        if (request.choices() < 1 || request.choices() > MOST_CHOICES) {
            add("choices", "1 to " + MOST_CHOICES, request.choices());
        }
    }

    private void stops() {
        if (request.stop().stream().anyMatch(String::isEmpty)) {
            add("stop", "strings that say something", "an empty one");
        }
    }

    private void sampling(Sampling sampling) {
        within("temperature", 0, 2, sampling.temperature());
        within("top_p", 0, 1, sampling.topP());
    }

    private void penalties(Sampling sampling) {
        within("frequency_penalty", -2, 2, sampling.frequencyPenalty());
        within("presence_penalty", -2, 2, sampling.presencePenalty());
    }

    private void atLeastOne(String place, @Nullable Integer value) {
        if (value != null && value < 1) {
            add(place, "1 or more", value);
        }
    }

    private void within(String place, int least, int most, @Nullable Double value) {
        if (value != null && !(value >= least && value <= most)) {
            add(place, least + " to " + most, value);
        }
    }

    // ---- form and reasoning

    private void format() {
        if (request.format() instanceof ResponseFormat.JsonSchema schema) {
            if (schema.name().isBlank()) {
                add("format", "a name of the schema", "a blank one");
            }
            if (!object(schema.schema().text())) {
                add("format", "a JSON schema", "something else");
            }
        }
    }

    private void reasoning() {
        ReasoningRequest reasoning = request.reasoning();
        if (reasoning == null) {
            return;
        }
        atLeastOne("reasoning budget", reasoning.budgetTokens());
        if (reasoning.effort() != null && reasoning.effort().isBlank()) {
            add("reasoning", "an effort", "a blank one");
        }
    }

    /** Whether the text is exactly one JSON object. */
    private static boolean object(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException notJson) {
            return false;
        }
    }
}
