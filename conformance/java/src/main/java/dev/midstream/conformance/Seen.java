package dev.midstream.conformance;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a client saw of one case. Its callbacks may come on any thread, one after the other. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.NON_PRIVATE)
final class Seen {

    private static final ObjectMapper JSON = new ObjectMapper();

    final int n;
    String text = "";
    String thinking = "";
    final List<List<Object>> calls = new ArrayList<>();
    final List<String> finishes = new ArrayList<>();
    final List<Integer> usage = new ArrayList<>();
    final List<String> ids = new ArrayList<>();
    final List<String> ran = new ArrayList<>();
    final List<String> oddities = new ArrayList<>();
    Map<String, Object> error;

    Seen(int n) {
        this.n = n;
    }

    void text(String more) {
        text += more == null ? "" : more;
    }

    void thinking(String more) {
        thinking += more == null ? "" : more;
    }

    void id(String id) {
        if (id != null && !id.isEmpty() && !ids.contains(id)) {
            ids.add(id);
        }
    }

    void finish(Object reason) {
        finishes.add(String.valueOf(reason));
    }

    void call(String id, String name, String arguments) {
        try {
            calls.add(List.of(id, name, JSON.readValue(arguments, Map.class)));
        } catch (JsonProcessingException e) {
            odd(true, "invalid JSON: " + arguments);
        }
    }

    /** Runs the tool: returns its result. */
    String append(String line) {
        ran.add(line);
        return "done";
    }

    void odd(boolean condition, String what) {
        if (condition) {
            oddities.add(what);
        }
    }

    /** What there is to know about what was raised, or handed to the error callback. */
    void failed(Throwable raised) {
        odd(error != null, "two errors");
        error = Failures.described(raised);
    }

    String line() throws JsonProcessingException {
        return JSON.writeValueAsString(this);
    }
}
