package dev.midstream.protocol.messages;

import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Target;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The parameters that count: the client's, else the configuration's, changed by what a continuation
 * overrides and without what the configuration never sends. Names are those of Chat Completions, as
 * the configuration uses them. Immutable.
 */
record Wishes(Draft draft, Target target, Limits limits) {

    /**
     * What the configuration may set and this class reads; anything else there goes out as it is.
     */
    private static final Set<String> READ =
            Set.of(
                    "max_tokens",
                    "max_completion_tokens",
                    "temperature",
                    "top_p",
                    "top_k",
                    "stop",
                    "reasoning_effort",
                    "thinking",
                    "parallel_tool_calls",
                    "user");

    @Nullable Integer maxTokens() throws Untranslatable {
        if (draft.maxTokens() != null) {
            return draft.maxTokens();
        }
        Integer asked = sends("max_tokens") ? request().maxTokens() : null;
        Double given = number("max_tokens", asked == null ? null : asked.doubleValue());
        given = given != null ? given : number("max_completion_tokens", null);
        return given == null ? null : Integer.valueOf(given.intValue());
    }

    @Nullable Double temperature() throws Untranslatable {
        return number("temperature", request().sampling().temperature());
    }

    @Nullable Double topP() throws Untranslatable {
        return number("top_p", request().sampling().topP());
    }

    @Nullable Integer topK() throws Untranslatable {
        Integer asked = request().sampling().topK();
        Double given = number("top_k", asked == null ? null : asked.doubleValue());
        return given == null ? null : Integer.valueOf(given.intValue());
    }

    /** Stop strings that the API takes: it refuses those of white space alone. */
    List<String> stop() {
        List<String> asked = request().stop();
        Json standard = target.defaults().get("stop");
        if (asked.isEmpty() && standard != null) {
            asked = strings(standard.text());
        }
        return sends("stop") && !draft.withoutStop()
                ? asked.stream().filter(stop -> !stop.isBlank()).toList()
                : List.of();
    }

    @Nullable ReasoningRequest reasoning() {
        if (sends("reasoning_effort") && request().reasoning() != null) {
            return request().reasoning();
        }
        if (!sends("thinking")) {
            return null;
        }
        Json own = request().further().get("thinking");
        own = own != null ? own : target.defaults().get("thinking");
        if (own != null) {
            return ownReasoning(own);
        }
        Json effort = target.defaults().get("reasoning_effort");
        return effort == null || !sends("reasoning_effort")
                ? null
                : new ReasoningRequest(JsonText.unquoted(effort.text()), null, null, false);
    }

    List<Tool> tools() {
        return sends("tools") ? request().tools() : List.of();
    }

    @Nullable ToolChoice toolChoice() {
        ToolChoice choice = sends("tool_choice") ? request().toolChoice() : null;
        return choice != null && choice.forced() && draft.withoutForcedTool()
                ? new ToolChoice.Auto()
                : choice;
    }

    boolean oneToolCallAtMost() {
        if (!sends("parallel_tool_calls")) {
            return false;
        }
        Json standard = target.defaults().get("parallel_tool_calls");
        Boolean parallel = request().parallelToolCalls();
        return parallel != null ? !parallel : standard != null && standard.text().equals("false");
    }

    ResponseFormat format() {
        return draft.withoutFormat() || !sends("response_format")
                ? new ResponseFormat.Text()
                : request().format();
    }

    /** The end user's id, null if there is none. */
    @Nullable String user() {
        Json standard = target.defaults().get("user");
        String user = request().user();
        if (user == null && standard != null) {
            user = JsonText.unquoted(standard.text());
        }
        return sends("user") ? user : null;
    }

    /** What the configuration adds that has no meaning here, by name. */
    Map<String, Json> unread() {
        Map<String, Json> unread = new TreeMap<>(target.defaults());
        unread.keySet().removeAll(READ);
        unread.keySet().removeIf(name -> !sends(name));
        return unread;
    }

    Request request() {
        return draft.request();
    }

    boolean sends(String name) {
        return !target.dropAlways().contains(name);
    }

    private @Nullable Double number(String name, @Nullable Double asked) throws Untranslatable {
        if (!sends(name)) {
            return null;
        }
        Json standard = target.defaults().get(name);
        if (asked != null || standard == null) {
            return asked;
        }
        try {
            return Double.valueOf(JsonText.unquoted(standard.text()));
        } catch (NumberFormatException notANumber) {
            throw limits.refusal(name, "the configuration gives something that is no number");
        }
    }

    /** The protocol's own {@code thinking} member, which chat clients of LiteLLM send too. */
    private static ReasoningRequest ownReasoning(Json own) {
        String type = JsonText.scalar(own.text(), "type");
        String budget = JsonText.scalar(own.text(), "budget_tokens");
        boolean numeric = budget != null && budget.matches("\\d{1,9}");
        return new ReasoningRequest(
                null, numeric ? Integer.valueOf(budget) : null, !"disabled".equals(type), false);
    }

    private static List<String> strings(String json) {
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = JsonText.parser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getString());
                }
            }
        } catch (JacksonException notJson) {
            return List.of();
        }
        return strings;
    }
}
