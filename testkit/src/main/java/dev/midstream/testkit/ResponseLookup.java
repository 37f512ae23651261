package dev.midstream.testkit;

import dev.midstream.testkit.Memory.Play;
import dev.midstream.testkit.ResponseStore.Stored;
import dev.midstream.testkit.Step.HttpError;
import dev.midstream.testkit.Step.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One request about a response that was given before: retrieve, resume, list, cancel, delete. */
final class ResponseLookup {

    private static final Pattern PATH =
            Pattern.compile(".*/responses/([^/]+)(/cancel|/input_items)?");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final String PAGE = "20";

    private final ResponseStore store;
    private final RecordedRequest request;
    private final String id;
    private final String what;

    ResponseLookup(ResponseStore store, RecordedRequest request) {
        this.store = store;
        this.request = request;
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            throw new IllegalArgumentException("about no response: " + request);
        }
        this.id = path.group(1);
        this.what = verb(request.method(), path);
    }

    /** Whether a request of this method and path is about one response. */
    static boolean isMeantBy(String method, String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches()
                && List.of("GET", "DELETE", "POST/cancel", "GET/input_items")
                        .contains(verb(method, matcher));
    }

    private static String verb(String method, Matcher path) {
        return method + (path.group(2) == null ? "" : path.group(2));
    }

    /** A whole response of this document. */
    static Answer json(JsonNode document) {
        return Answer.of(new Status(200, Map.of(), Json.write(document)));
    }

    Play play() {
        Optional<Stored> found = store.find(id);
        if (found.isEmpty()) {
            return refusal(404, "Response with id '" + id + "' not found.");
        }
        Stored stored = found.get();
        return switch (what) {
            case "GET" -> request.wantsStream() ? resume(stored) : Play.of(json(stored.now()));
            case "GET/input_items" -> Play.of(json(inputItems(stored.input())));
            case "POST/cancel" -> cancel(stored);
            default -> delete();
        };
    }

    private Play resume(Stored stored) {
        String after = request.query("starting_after").orElse("-1");
        if (!NUMBER.matcher(after).matches()) {
            return refusal(400, "Invalid value for 'starting_after': " + after);
        }
        if (stored.generation() == null || !stored.streamed()) {
            return refusal(
                    400,
                    "This response cannot be streamed because it was not created with"
                            + " background=true and stream=true.");
        }
        return new Play(Answer.of(List.of()), stored.generation().after(Integer.parseInt(after)));
    }

    private Play cancel(Stored stored) {
        if (stored.generation() == null) {
            return refusal(400, "Cannot cancel a synchronous response.");
        }
        stored.generation().cancel();
        return Play.of(json(stored.now()));
    }

    private Play delete() {
        store.delete(id);
        return Play.of(
                json(Json.object().put("id", id).put("object", "response").put("deleted", true)));
    }

    /** A page of the items, latest first unless asked for in ascending order. */
    private ObjectNode inputItems(List<JsonNode> input) {
        List<JsonNode> items = new ArrayList<>(input);
        if (!request.query("order").orElse("desc").equals("asc")) {
            Collections.reverse(items);
        }
        String after = request.query("after").orElse("");
        while (!after.isEmpty() && !items.isEmpty()) {
            if (items.removeFirst().path("id").asString("").equals(after)) {
                break;
            }
        }
        int limit = Integer.parseInt(request.query("limit").orElse(PAGE));
        List<JsonNode> page = items.subList(0, Math.min(limit, items.size()));
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        page.forEach(data::add);
        list.set("first_id", page.isEmpty() ? null : page.getFirst().path("id"));
        list.set("last_id", page.isEmpty() ? null : page.getLast().path("id"));
        return list.put("has_more", page.size() < items.size());
    }

    private static Play refusal(int status, String message) {
        return Play.of(Answer.of(new HttpError(status, "invalid_request_error", message)));
    }
}
