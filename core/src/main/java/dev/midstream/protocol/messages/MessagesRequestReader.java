package dev.midstream.protocol.messages;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.RouterMembers;
import dev.midstream.model.Sampling;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads a client's request into the canonical one.
 *
 * <p>An upstream of this protocol is sent the client's own bytes, so what is canonical here is for
 * the others: what only guides Anthropic's caches, accounts and housekeeping ({@code
 * context_management}, {@code service_tier}) is no part of it, and a user's id that is longer than
 * others take is none.
 *
 * <p><b>Source</b>: Anthropic's API reference, and what its SDKs and Claude Code send (2026-11).
 */
final class MessagesRequestReader {

    /** The beta under which {@code fallbacks} speaks to Anthropic and not to the router. */
    private static final String OWN_FALLBACKS = "server-side-fallback";

    private static final int LONGEST_USER = 64;

    /** What says nothing about the answer to anybody but Anthropic. */
    private static final Set<String> HOUSEKEEPING =
            Set.of(
                    "anthropic_version",
                    "anthropic_beta",
                    "betas",
                    "cache_control",
                    "context_management",
                    "diagnostics",
                    "inference_geo",
                    "service_tier");

    private static final Set<String> UNDERSTOOD =
            Set.of(
                    "model",
                    "messages",
                    "system",
                    "max_tokens",
                    "stream",
                    "stop_sequences",
                    "temperature",
                    "top_p",
                    "top_k",
                    "tools",
                    "tool_choice",
                    "thinking",
                    "output_config",
                    "output_format",
                    "metadata");

    private final byte[] body;
    private final Map<String, String> headers;
    private final boolean counting;
    private final Wanted in;
    private final Map<String, Json> further = new LinkedHashMap<>();

    private MessagesRequestReader(
            byte[] body, Map<String, String> headers, boolean counting, Wanted in) {
        this.body = body;
        this.headers = headers;
        this.counting = counting;
        this.in = in;
    }

    /**
     * @param counting whether the tokens of the request are asked for, and no answer: then there
     *     need not be a limit
     */
    static Request read(byte[] body, Function<String, @Nullable String> header, boolean counting)
            throws InvalidRequest {
        try {
            Wanted in = Wanted.of("", JsonView.body(body));
            return new MessagesRequestReader(body, headers(header), counting, in).request();
        } catch (JacksonException e) {
            throw JsonView.notJson(e);
        }
    }

    private static Map<String, String> headers(Function<String, @Nullable String> header) {
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of("anthropic-beta", "anthropic-version")) {
            String value = header.apply(name);
            if (value != null && !value.isBlank()) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    /** Whether {@code fallbacks} of this request is a member of Anthropic's own. */
    static boolean ownFallbacks(Map<String, String> headers) {
        return headers.getOrDefault("anthropic-beta", "").contains(OWN_FALLBACKS);
    }

    private Request request() throws InvalidRequest {
        String model = in.string("model");
        if (model.isBlank()) {
            throw in.wrongAt("model", "String should have at least 1 character");
        }
        ToolReader tools = new ToolReader(in);
        List<Tool> declared = tools.tools();
        ToolChoice choice = tools.choice();
        Wanted config = in.object("output_config");
        ResponseFormat format = format(config);
        furtherMembers();
        return new Request(
                MessagesProtocol.NAME,
                model,
                Boolean.TRUE.equals(in.optionalBoolean("stream")),
                true,
                messages(),
                declared,
                choice,
                tools.parallel(),
                maxTokens(),
                in.strings("stop_sequences"),
                1,
                sampling(),
                format,
                reasoning(config),
                user(),
                further,
                headers,
                null,
                body);
    }

    private @Nullable Integer maxTokens() throws InvalidRequest {
        if (!counting) {
            in.needed("max_tokens");
        }
        Integer limit = in.optionalInt("max_tokens");
        if (limit == null && !counting) {
            throw in.wrongAt("max_tokens", "Input should be a valid integer");
        }
        if (limit != null && limit < 1) {
            throw in.wrongAt("max_tokens", "must be greater than or equal to 1");
        }
        return limit;
    }

    private List<Message> messages() throws InvalidRequest {
        TurnReader reader = new TurnReader();
        List<Message> messages = new ArrayList<>(reader.system("system", in.value("system")));
        in.needed("messages");
        List<JsonView> turns = in.array("messages");
        if (turns.isEmpty()) {
            throw in.wrongAt("messages", "at least one message is required");
        }
        messages.addAll(reader.turns("messages", turns));
        return messages;
    }

    private Sampling sampling() throws InvalidRequest {
        return new Sampling(
                in.optionalDouble("temperature"),
                in.optionalDouble("top_p"),
                in.optionalInt("top_k"),
                null,
                null,
                null);
    }

    private ResponseFormat format(@Nullable Wanted config) throws InvalidRequest {
        Wanted format = config == null ? null : config.object("format");
        format = format != null ? format : in.object("output_format");
        if (format == null) {
            return new ResponseFormat.Text();
        }
        String type = format.string("type");
        if (!type.equals("json_schema")) {
            throw format.wrongAt("type", "Input should be 'json_schema'");
        }
        Wanted.of(format.at("schema"), format.needed("schema"));
        return new ResponseFormat.JsonSchema("answer", null, format.needed("schema").json(), null);
    }

    private @Nullable ReasoningRequest reasoning(@Nullable Wanted config) throws InvalidRequest {
        String effort = config == null ? null : config.optionalString("effort");
        Wanted thinking = in.object("thinking");
        if (thinking == null) {
            return effort == null ? null : new ReasoningRequest(effort, null, null, true);
        }
        boolean shown = !hidden(thinking);
        String type = thinking.string("type");
        return switch (type) {
            case "disabled" -> new ReasoningRequest(effort, null, false, shown);
            case "adaptive" -> new ReasoningRequest(effort, null, true, shown);
            case "enabled" -> {
                thinking.needed("budget_tokens");
                Integer budget = thinking.optionalInt("budget_tokens");
                yield new ReasoningRequest(effort, budget, true, shown);
            }
            default ->
                    throw in.wrongAt(
                            "thinking",
                            "Input tag '"
                                    + type
                                    + "' found using 'type' does not match any of the expected"
                                    + " tags: 'adaptive', 'disabled', 'enabled'");
        };
    }

    /** Thinking is shown unless it is asked to be left out. */
    private static boolean hidden(Wanted thinking) {
        JsonView display = thinking.value("display");
        return display != null && display.isString() && display.text().equals("omitted");
    }

    private @Nullable String user() throws InvalidRequest {
        Wanted metadata = in.object("metadata");
        String user = metadata == null ? null : metadata.optionalString("user_id");
        return user == null || user.length() > LONGEST_USER ? null : user;
    }

    private void furtherMembers() throws InvalidRequest {
        for (String name : in.members().keySet()) {
            if (RouterMembers.REFUSED.contains(name)) {
                throw in.wrongAt(name, "Extra inputs are not permitted");
            }
            if (name.equals("thread") && in.value(name) != null) {
                throw threaded();
            }
            boolean anthropics = name.equals("fallbacks") && ownFallbacks(headers);
            Json value = in.raw(name);
            if (value != null
                    && !anthropics
                    && !UNDERSTOOD.contains(name)
                    && !HOUSEKEEPING.contains(name)) {
                further.put(name, value);
            }
        }
    }

    /**
     * A conversation that one provider keeps could not be gone on with elsewhere, nor without what
     * its turns leave out. Anthropic's SDKs take this answer for a request to send all of it.
     */
    private static InvalidRequest threaded() {
        return new InvalidRequest(
                400,
                MessagesErrorWriter.UNTHREADED,
                "thread",
                "thread: message threads are not served here; send the whole conversation");
    }
}
