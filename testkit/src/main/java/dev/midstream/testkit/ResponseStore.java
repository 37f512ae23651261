package dev.midstream.testkit;

import dev.midstream.testkit.Step.HttpError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The responses that a provider of the Responses protocol keeps: all that are through and were not
 * asked to be forgotten, and those that run in the background.
 *
 * <p>Thread-safe.
 */
final class ResponseStore implements Memory {

    /** A response, and everything that was said before it. */
    record Stored(
            List<JsonNode> input,
            boolean streamed,
            ObjectNode response,
            @Nullable Generation generation) {
        ObjectNode now() {
            return generation == null ? response : generation.response();
        }
    }

    private final ResponsesDialect dialect;
    private final String provider;
    private final Map<String, Stored> responses = new HashMap<>();

    ResponseStore(ResponsesDialect dialect, String provider) {
        this.dialect = dialect;
        this.provider = provider;
    }

    synchronized Optional<Stored> find(String id) {
        return Optional.ofNullable(responses.get(id));
    }

    synchronized void delete(String id) {
        Stored gone = responses.remove(id);
        if (gone != null && gone.generation() != null) {
            gone.generation().stop();
        }
    }

    @Override
    public synchronized void forget() {
        List.copyOf(responses.keySet()).forEach(this::delete);
    }

    @Override
    public Play recall(RecordedRequest request) {
        return new ResponseLookup(this, request).play();
    }

    // ---------------------------------------------------------------------------------- keeping

    @Override
    public void keep(RecordedRequest request, ObjectNode document) {
        if (ResponsesRequest.of(request).isStored()) {
            keep(request, document, null);
        }
    }

    /** A background answer with something to say goes on by itself; any other is given at once. */
    @Override
    public Play play(RecordedRequest request, Dialect.Ids ids, Answer answer) {
        boolean says = answer.steps().stream().anyMatch(Step.Sent.class::isInstance);
        if (!says || !ResponsesRequest.of(request).inBackground()) {
            return Play.of(answer);
        }
        ResponsesEncoder encoder = dialect.encoder(request, ids, answer.content());
        ObjectNode first = encoder.soFar();
        Generation generation = new Generation(encoder, answer.steps());
        keep(request, first, generation);
        Play play =
                request.wantsStream()
                        ? new Play(answer, generation.after(-1))
                        : Play.of(ResponseLookup.json(first));
        generation.start();
        return play;
    }

    private synchronized void keep(
            RecordedRequest request, ObjectNode document, @Nullable Generation generation) {
        ResponsesRequest read = ResponsesRequest.of(request);
        List<JsonNode> input = new ArrayList<>(before(read));
        for (JsonNode item : read.input()) {
            input.add(identified(item, "-in-" + request.number() + "-" + input.size()));
        }
        responses.put(
                document.path("id").asString(),
                new Stored(List.copyOf(input), request.wantsStream(), document, generation));
    }

    private ObjectNode identified(JsonNode item, String place) {
        ObjectNode kept = Json.object();
        kept.put("id", item.path("id").asString("item_" + provider + place));
        kept.put("type", ResponsesRequest.type(item));
        item.properties().forEach(member -> kept.set(member.getKey(), member.getValue()));
        return kept;
    }

    /** What was said before the request's own input. */
    private List<JsonNode> before(ResponsesRequest request) {
        List<JsonNode> before = new ArrayList<>();
        request.previous()
                .flatMap(this::find)
                .ifPresent(
                        previous -> {
                            before.addAll(previous.input());
                            previous.now().path("output").forEach(before::add);
                        });
        return before;
    }

    // ------------------------------------------------------------------------------- objections

    @Override
    public synchronized Optional<HttpError> objection(RecordedRequest request) {
        ResponsesRequest read = ResponsesRequest.of(request);
        Optional<String> previous = read.previous();
        if (previous.isPresent() && find(previous.get()).isEmpty()) {
            return Optional.of(
                    ResponsesRequest.refusal(
                            "Previous response with id '" + previous.get() + "' not found.",
                            "previous_response_not_found",
                            "previous_response_id"));
        }
        List<JsonNode> whole = new ArrayList<>(before(read));
        for (JsonNode item : read.input()) {
            Optional<HttpError> objection = itemObjection(item);
            if (objection.isPresent()) {
                return objection;
            }
            whole.add(ResponsesRequest.type(item).equals("item_reference") ? known(item) : item);
        }
        return orphan(whole);
    }

    private Optional<HttpError> itemObjection(JsonNode item) {
        String type = ResponsesRequest.type(item);
        JsonNode encrypted = item.path("encrypted_content");
        if (encrypted.isString()) {
            return encrypted.asString().startsWith(ResponsesDialect.sealOf(provider))
                    ? Optional.empty()
                    : Optional.of(notOurs(encrypted.asString()));
        }
        boolean mustBeKnown =
                type.equals("item_reference") || type.equals("reasoning") && item.has("id");
        return mustBeKnown && known(item).isMissingNode()
                ? Optional.of(unknownItem(item.path("id").asString("")))
                : Optional.empty();
    }

    private static HttpError notOurs(String encrypted) {
        return ResponsesRequest.refusal(
                "The encrypted content "
                        + encrypted.substring(0, Math.min(8, encrypted.length()))
                        + "... could not be verified.",
                "invalid_encrypted_content",
                null);
    }

    private static HttpError unknownItem(String id) {
        return new HttpError(
                404,
                "invalid_request_error",
                "Item with id '"
                        + id
                        + "' not found. Items are not persisted when `store` is set to false.",
                null,
                "input",
                Map.of());
    }

    /** The item that this one names; a missing node if no kept response has it. */
    private JsonNode known(JsonNode reference) {
        for (Stored stored : responses.values()) {
            List<JsonNode> items = new ArrayList<>(stored.input());
            stored.now().path("output").forEach(items::add);
            for (JsonNode item : items) {
                if (item.path("id").equals(reference.path("id"))) {
                    return item;
                }
            }
        }
        return Json.missing();
    }

    /** Each output needs its call before it, each call its output. */
    private static Optional<HttpError> orphan(List<JsonNode> items) {
        Set<String> called = new HashSet<>();
        Set<String> answered = new HashSet<>();
        for (JsonNode item : items) {
            String callId = item.path("call_id").asString("");
            switch (ResponsesRequest.type(item)) {
                case "function_call" -> called.add(callId);
                case "function_call_output" -> {
                    answered.add(callId);
                    if (!called.contains(callId)) {
                        return orphan(
                                "No tool call found for function call output with call_id "
                                        + callId);
                    }
                }
                default -> {}
            }
        }
        called.removeAll(answered);
        return called.isEmpty()
                ? Optional.empty()
                : orphan("No tool output found for function call " + called.iterator().next());
    }

    private static Optional<HttpError> orphan(String message) {
        return Optional.of(ResponsesRequest.refusal(message + ".", null, "input"));
    }
}
