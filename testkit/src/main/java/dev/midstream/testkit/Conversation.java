package dev.midstream.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What a request says, as far as a scripted model listens. Chat and Messages say it alike; the
 * items of Responses that are said by somebody become turns.
 */
record Conversation(JsonNode body, List<Turn> turns) {

    /** One message; its text is that of all its parts. */
    record Turn(String role, String text, JsonNode message) {
        boolean is(String other) {
            return role.equals(other);
        }

        boolean callsTools() {
            return message.has("tool_calls")
                    || message.path("type").asString("").equals("function_call")
                    || parts(message.path("content"))
                            .anyMatch(part -> part.path("type").asString("").equals("tool_use"));
        }
    }

    static Conversation of(RecordedRequest request) {
        JsonNode body = request.jsonOrMissing();
        if (isResponses(body)) {
            return new Conversation(body, responsesTurns(ResponsesRequest.of(request)));
        }
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            turns.add(turn(message));
        }
        return new Conversation(body, List.copyOf(turns));
    }

    /** Whether it is held in the Responses protocol, where no message is ever gone on with. */
    boolean isResponses() {
        return isResponses(body);
    }

    private static boolean isResponses(JsonNode body) {
        return body.has("input");
    }

    private static List<Turn> responsesTurns(ResponsesRequest request) {
        List<Turn> turns = new ArrayList<>();
        JsonNode instructions = request.body().path("instructions");
        if (instructions.isString()) {
            turns.add(new Turn("system", instructions.asString(), instructions));
        }
        for (JsonNode item : request.input()) {
            switch (ResponsesRequest.type(item)) {
                case "message" -> turns.add(turn(item));
                case "function_call" -> turns.add(new Turn("assistant", "", item));
                case "function_call_output" ->
                        turns.add(new Turn("tool", text(item.path("output")), item));
                default -> {}
            }
        }
        return List.copyOf(turns);
    }

    private static Turn turn(JsonNode message) {
        return new Turn(message.path("role").asString(""), text(message.path("content")), message);
    }

    /** The turn so many places before the end, 0 being the last; an empty one if there is none. */
    Turn fromEnd(int places) {
        return places < turns.size()
                ? turns.get(turns.size() - 1 - places)
                : new Turn("", "", Json.missing());
    }

    /** The limit on the tokens of the answer. */
    OptionalInt maxTokens() {
        return List.of("max_completion_tokens", "max_output_tokens", "max_tokens").stream()
                .map(body::path)
                .filter(JsonNode::isIntegralNumber)
                .mapToInt(JsonNode::asInt)
                .findFirst();
    }

    List<String> stops() {
        JsonNode one = body.path("stop");
        if (one.isString()) {
            return List.of(one.asString());
        }
        JsonNode several = one.isArray() ? one : body.path("stop_sequences");
        return StreamSupport.stream(several.spliterator(), false).map(JsonNode::asString).toList();
    }

    boolean asks(String flag) {
        return body.path(flag).asBoolean(false);
    }

    /** About as many tokens as the prompt has: its words. */
    int promptTokens() {
        return turns.stream().mapToInt(turn -> Tokeniser.words().tokens(turn.text()).size()).sum();
    }

    private static String text(JsonNode content) {
        return content.isString()
                ? content.asString()
                : parts(content)
                        .map(part -> part.path("text").asString(""))
                        .collect(Collectors.joining());
    }

    private static Stream<JsonNode> parts(JsonNode content) {
        return content.isArray()
                ? StreamSupport.stream(content.spliterator(), false)
                : Stream.empty();
    }
}
