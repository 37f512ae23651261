package dev.midstream.protocol.responses;

import dev.midstream.model.Held;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.RouterMembers;
import dev.midstream.model.Sampling;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.BodyReader;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads a Responses request into the canonical one. One reader a body; members may come in any
 * order.
 */
final class ResponsesRequestReader {

    /**
     * Members that ask for nothing that another protocol could fail to give: which of its own
     * extras an answer holds, caches, labels, the limits of tools that only this protocol has.
     */
    private static final Pattern NOTHING = Pattern.compile("\\s*\\[\\s*]\\s*");

    private static final Set<String> SAYING_NOTHING =
            Set.of(
                    "background",
                    "client_metadata",
                    "context_management",
                    "include",
                    "max_tool_calls",
                    "prompt_cache_key",
                    "prompt_cache_options",
                    "prompt_cache_retention",
                    "stream_options",
                    "truncation");

    private final byte[] body;
    private final @Nullable Held previous;
    private final BodyReader in;
    private final Map<String, Json> further = new LinkedHashMap<>();
    private final DeclaredTools tools = new DeclaredTools();
    private @Nullable String model;
    private @Nullable Json input;
    private @Nullable Json declared;
    private @Nullable Json choice;
    private @Nullable String instructions;
    private boolean stream;
    private boolean conversation;
    private @Nullable Boolean parallelToolCalls;
    private @Nullable Integer maxTokens;
    private @Nullable Double temperature;
    private @Nullable Double topP;
    private ResponseFormat format = new ResponseFormat.Text();
    private @Nullable ReasoningRequest reasoning;
    private @Nullable String user;

    private ResponsesRequestReader(byte[] body, @Nullable Held previous, BodyReader in) {
        this.body = body;
        this.previous = previous;
        this.in = in;
    }

    /**
     * @param previous where the answer is kept that the request goes on from, null if there is none
     */
    static Request read(byte[] body, @Nullable Held previous) throws InvalidRequest {
        BodyReader.requireUtf8(body);
        try (BodyReader in = new BodyReader(body)) {
            ResponsesRequestReader reader = new ResponsesRequestReader(body, previous, in);
            in.body(reader::member);
            return reader.request();
        } catch (JacksonException e) {
            throw BodyReader.notJson(e);
        }
    }

    private void member(String name) throws InvalidRequest {
        switch (name) {
            case "model" -> model = in.string(name);
            case "input" -> input = in.optionalRaw();
            case "instructions" -> instructions();
            case "tools" -> declared = in.optionalRaw();
            case "tool_choice" -> choice = in.optionalRaw();
            case "parallel_tool_calls" -> parallelToolCalls = in.optionalBoolean(name);
            case "stream" -> stream = Boolean.TRUE.equals(in.optionalBoolean(name));
            case "max_output_tokens" -> maxTokens = in.optionalInt(name, 1);
            case "temperature" -> temperature = in.optionalDouble(name);
            case "top_p" -> topP = in.optionalDouble(name);
            case "reasoning" -> reasoning = reasoning(in.optionalRaw());
            case "text" -> text(in.optionalRaw());
            case "user" -> user = in.optionalString(name);
            case "safety_identifier" -> {
                String identifier = in.optionalString(name);
                user = user == null ? identifier : user;
            }
            case "background" -> background();
            default -> furtherMember(name);
        }
    }

    private void instructions() throws InvalidRequest {
        instructions = in.optionalString("instructions");
    }

    private void background() throws InvalidRequest {
        if (Boolean.TRUE.equals(in.optionalBoolean("background"))) {
            throw Fields.invalid(
                    "unsupported_parameter",
                    "background",
                    "Background mode is not offered here: an answer is generated while its request"
                            + " is open");
        }
    }

    private void furtherMember(String name) throws InvalidRequest {
        if (RouterMembers.REFUSED.contains(name)) {
            throw BodyReader.invalid(
                    name, "Where a request goes is configured, and not taken from its body");
        }
        Json value = in.optionalRaw();
        if (value == null || name.equals("previous_response_id")) {
            return;
        }
        conversation |= name.equals("conversation");
        boolean noProbabilities = name.equals("top_logprobs") && value.text().equals("0");
        if (!noProbabilities && !SAYING_NOTHING.contains(name)) {
            further.put(name, value);
        }
    }

    private Request request() throws InvalidRequest {
        if (model == null || model.isBlank()) {
            throw Fields.missing("model");
        }
        List<Message> turns = turns();
        ToolChoice chosen = choice == null ? null : tools.choice(choice);
        return new Request(
                ResponsesProtocol.NAME,
                model,
                stream,
                true,
                turns,
                tools.tools(),
                chosen,
                parallelToolCalls,
                maxTokens,
                List.of(),
                1,
                new Sampling(temperature, topP, null, null, null, null),
                format,
                reasoning,
                user,
                further,
                Map.of(),
                previous,
                body);
    }

    private static boolean nothing(@Nullable Json input) {
        return input == null || NOTHING.matcher(input.text()).matches();
    }

    private List<Message> turns() throws InvalidRequest {
        if (declared != null) {
            tools.read("tools", declared);
        }
        Json said = input;
        boolean openEnded = previous != null || conversation;
        if (nothing(said) && !openEnded && !further.containsKey("prompt")) {
            throw Fields.missing("input");
        }
        List<Message> turns = new ArrayList<>();
        if (instructions != null) {
            turns.add(Message.of(Message.Role.SYSTEM, instructions));
        }
        if (said != null) {
            readAdditionalTools(said);
            turns.addAll(new InputReader(tools).read(said, openEnded));
        }
        return turns;
    }

    /** Codex declares tools in an item of the input. */
    private void readAdditionalTools(Json said) throws InvalidRequest {
        if (!said.text().startsWith("[")) {
            return;
        }
        Fields.each(
                "input",
                said,
                (at, element) -> {
                    if (!element.text().contains("additional_tools")) {
                        return;
                    }
                    Fields item = Fields.of(at, element);
                    Json more = item.value("tools");
                    if (more != null && "additional_tools".equals(item.optional("type"))) {
                        tools.read(item.at("tools"), more);
                    }
                });
    }

    private static @Nullable ReasoningRequest reasoning(@Nullable Json raw) throws InvalidRequest {
        if (raw == null) {
            return null;
        }
        Fields wanted = Fields.of("reasoning", raw);
        boolean shown = wanted.value("summary") != null;
        return new ReasoningRequest(wanted.optional("effort"), null, null, shown);
    }

    private void text(@Nullable Json raw) throws InvalidRequest {
        Json form = raw == null ? null : Fields.of("text", raw).value("format");
        if (form == null) {
            return;
        }
        Fields wanted = Fields.of("text.format", form);
        String type = wanted.named("type");
        switch (type) {
            case "text" -> format = new ResponseFormat.Text();
            case "json_object" -> format = new ResponseFormat.JsonObject();
            case "json_schema" -> format = schema(wanted);
            default -> further.put("text.format", form);
        }
    }

    private static ResponseFormat schema(Fields wanted) throws InvalidRequest {
        Json schema = wanted.value("schema");
        if (schema == null) {
            throw Fields.missing(wanted.at("schema"));
        }
        return new ResponseFormat.JsonSchema(
                wanted.named("name"),
                wanted.optional("description"),
                schema,
                wanted.flag("strict"));
    }

    /** The tools of a body that {@link #read} has taken. */
    static DeclaredTools declaredTools(byte[] body) {
        try (BodyReader in = new BodyReader(body)) {
            ResponsesRequestReader reader = new ResponsesRequestReader(body, null, in);
            in.body(
                    name -> {
                        switch (name) {
                            case "tools" -> reader.declared = in.optionalRaw();
                            case "input" -> reader.input = in.optionalRaw();
                            default -> in.skip();
                        }
                    });
            if (reader.declared != null) {
                reader.tools.read("tools", reader.declared);
            }
            if (reader.input != null) {
                reader.readAdditionalTools(reader.input);
            }
            return reader.tools;
        } catch (InvalidRequest | JacksonException neverRead) {
            return new DeclaredTools();
        }
    }
}
