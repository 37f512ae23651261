package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@code response} object of one answer: who it is, what was asked for, and how far it is. Its
 * members are the upstream's where it told them in this protocol.
 *
 * <p><b>Source</b>: the members that OpenAI's specification requires (read 2026-11).
 */
final class ResponseObject {

    private static final Map<String, String> ECHOED = echoed();

    private final Request request;
    private final ResponseIds ids;
    private final Supplier<String> minted;
    private final long nowSeconds;
    private String id = "";
    private byte[] base = {};

    ResponseObject(Request request, ResponseIds ids, Supplier<String> minted, long nowSeconds) {
        this.request = request;
        this.ids = ids;
        this.minted = minted;
        this.nowSeconds = nowSeconds;
    }

    /** Members that repeat the request, and what they are where it does not say. */
    private static Map<String, String> echoed() {
        Map<String, String> echoed = new LinkedHashMap<>();
        echoed.put("instructions", "null");
        echoed.put("max_output_tokens", "null");
        echoed.put("metadata", "{}");
        echoed.put("parallel_tool_calls", "true");
        echoed.put("previous_response_id", "null");
        echoed.put("reasoning", "{\"effort\":null,\"summary\":null}");
        echoed.put("store", "true");
        echoed.put("temperature", "1.0");
        echoed.put("text", "{\"format\":{\"type\":\"text\"}}");
        echoed.put("tool_choice", "\"auto\"");
        echoed.put("tools", "[]");
        echoed.put("top_p", "1.0");
        echoed.put("truncation", "\"disabled\"");
        echoed.put("user", "null");
        return echoed;
    }

    boolean known() {
        return base.length > 0;
    }

    String id() {
        return id;
    }

    void forget() {
        base = new byte[0];
    }

    /** Takes the first upstream's identity. */
    void open(Opened opened) {
        name(opened);
        String model = opened.model().isEmpty() ? request.model() : opened.model();
        JsonOut out = new JsonOut(new Bytes(1024)).open('{').member("id", id);
        out.member("object", "response");
        out.member("created_at", opened.created() == 0 ? nowSeconds : opened.created());
        out.member("status", "in_progress").member("background", false);
        out.nullable("error", null).nullable("incomplete_details", null).member("model", model);
        out.name("output").open('[').close(']').nullable("usage", null);
        echo().forEach((name, value) -> out.name(name).raw(value));
        base = out.close('}').bytes().toByteArray();
    }

    /**
     * Takes the first upstream's identity and its own members, which are completed.
     *
     * @param told the object as the upstream told it
     */
    void open(Opened opened, byte[] told) {
        open(opened);
        JsonSplice own = JsonSplice.of(base);
        JsonSplice whole = JsonSplice.of(edited(told));
        for (String name : own.names()) {
            Json value = own.value(name);
            if (!whole.has(name) && value != null) {
                whole.set(name, value.text());
            }
        }
        base = whole.bytes();
    }

    private void name(Opened opened) {
        id = opened.held() != null ? ids.of(opened.held()) : ResponseIds.ofNothing(minted.get());
    }

    private Map<String, String> echo() {
        JsonSplice body = JsonSplice.of(request.body());
        Map<String, String> echo = new LinkedHashMap<>();
        ECHOED.forEach(
                (name, otherwise) -> {
                    Json given = body.value(name);
                    String text = given == null ? "null" : oneLine(given.text());
                    echo.put(name, text.equals("null") ? otherwise : text);
                });
        echo.put("previous_response_id", previous(body));
        return echo;
    }

    private static String previous(JsonSplice body) {
        Json expanded = body.value(History.EXPANDED);
        Json given = expanded != null ? expanded : body.value("previous_response_id");
        return given == null ? "null" : oneLine(given.text());
    }

    /** Between the tokens of a JSON text a blank is as good as a line feed. */
    private static String oneLine(String json) {
        return json.replace('\n', ' ').replace('\r', ' ');
    }

    /** What an upstream tells of the answer, under the names by which the client knows it. */
    byte[] edited(byte[] told) {
        JsonSplice splice = JsonSplice.of(told).setString("id", id);
        if (splice.has("previous_response_id") || request.previous() != null) {
            splice.set("previous_response_id", previous(JsonSplice.of(request.body())));
        }
        if (splice.has("background")) {
            splice.set("background", "false");
        }
        return splice.bytes();
    }

    byte[] asItBegins() {
        return base;
    }

    /**
     * The answer at its end.
     *
     * @param reason why it is incomplete, null if it is not
     * @param error the code and message of a failure, null if there is none
     * @param usage null where there is none to tell
     */
    byte[] ended(
            String status,
            @Nullable String reason,
            @Nullable String error,
            String output,
            @Nullable Usage usage) {
        JsonSplice whole = JsonSplice.of(base).setString("status", status).set("output", output);
        whole.set(
                "incomplete_details", reason == null ? "null" : "{\"reason\":\"" + reason + "\"}");
        whole.set("error", error == null ? "null" : error);
        whole.set("usage", usage == null ? "null" : written(usage));
        return whole.bytes();
    }

    /** Every figure is required: what is unknown counts as 0. */
    static String written(Usage usage) {
        long input = Math.max(0, usage.input());
        long output = Math.max(0, usage.output());
        JsonOut out = new JsonOut(new Bytes(256)).open('{').member("input_tokens", input);
        out.name("input_tokens_details").open('{');
        out.member("cached_tokens", Math.max(0, usage.cacheRead()));
        out.member("cache_write_tokens", Math.max(0, usage.cacheWrite())).close('}');
        out.member("output_tokens", output).name("output_tokens_details").open('{');
        out.member("reasoning_tokens", Math.max(0, usage.reasoning())).close('}');
        return out.member("total_tokens", input + output).close('}').bytes().toString();
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
