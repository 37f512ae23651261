package dev.midstream.protocol.chat;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.RouterMembers;
import dev.midstream.model.Sampling;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.BodyReader;
import dev.midstream.protocol.InvalidRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads a chat request into the canonical one. One reader a body; members may come in any order.
 */
final class ChatRequestReader {

    private static final int MOST_CHOICES = 128;

    private final byte[] body;
    private final BodyReader in;
    private final Map<String, Json> further = new LinkedHashMap<>();
    private final List<Tool> tools = new ArrayList<>();
    private @Nullable String model;
    private @Nullable List<Message> messages;
    private boolean stream;
    private boolean streamUsage;
    private @Nullable ToolChoice toolChoice;
    private @Nullable Boolean parallelToolCalls;
    private @Nullable Integer maxTokens;
    private @Nullable Integer maxCompletionTokens;
    private List<String> stop = List.of();
    private int choices = 1;
    private @Nullable Double temperature;
    private @Nullable Double topP;
    private @Nullable Integer topK;
    private @Nullable Double frequencyPenalty;
    private @Nullable Double presencePenalty;
    private @Nullable Long seed;
    private ResponseFormat format = new ResponseFormat.Text();
    private @Nullable ReasoningRequest reasoning;
    private @Nullable String user;

    private ChatRequestReader(byte[] body, BodyReader in) {
        this.body = body;
        this.in = in;
    }

    static Request read(byte[] body) throws InvalidRequest {
        BodyReader.requireUtf8(body);
        try (BodyReader in = new BodyReader(body)) {
            return new ChatRequestReader(body, in).request();
        } catch (JacksonException e) {
            throw BodyReader.notJson(e);
        }
    }

    private Request request() throws InvalidRequest {
        in.body(this::member);
        return build();
    }

    private Request build() throws InvalidRequest {
        if (model == null || model.isBlank()) {
            throw BodyReader.invalid("model", "Expected the name of a model");
        }
        if (messages == null) {
            throw BodyReader.invalid("messages", "Expected an array of at least one message");
        }
        return new Request(
                ChatProtocol.NAME,
                model,
                stream,
                streamUsage,
                messages,
                tools,
                toolChoice,
                parallelToolCalls,
                maxCompletionTokens != null ? maxCompletionTokens : maxTokens,
                stop,
                choices,
                new Sampling(temperature, topP, topK, frequencyPenalty, presencePenalty, seed),
                format,
                reasoning,
                user,
                further,
                Map.of(),
                null,
                body);
    }

    private void member(String name) throws InvalidRequest {
        switch (name) {
            case "model" -> model = in.string(name);
            case "messages" -> messages = new ChatTurnReader(in).turns(name);
            case "stream" -> stream = Boolean.TRUE.equals(in.optionalBoolean(name));
            case "stream_options" -> streamOptions(name);
            case "max_tokens" -> maxTokens = in.optionalInt(name, 1);
            case "max_completion_tokens" -> maxCompletionTokens = in.optionalInt(name, 1);
            case "stop" -> stop = in.strings(name);
            case "n" -> choices(name);
            case "user" -> user = in.optionalString(name);
            default -> {
                if (!sampling(name) && !toolMember(name) && !reasoningMember(name)) {
                    furtherMember(name);
                }
            }
        }
    }

    private void furtherMember(String name) throws InvalidRequest {
        if (RouterMembers.REFUSED.contains(name)) {
            throw BodyReader.invalid(
                    name, "Where a request goes is configured, and not taken from its body");
        }
        Json value = in.raw();
        if (!value.text().equals("null")) {
            further.put(name, value);
        }
    }

    private void streamOptions(String path) throws InvalidRequest {
        if (in.isNull()) {
            return;
        }
        in.object(
                path,
                name -> {
                    if (name.equals("include_usage")) {
                        streamUsage =
                                Boolean.TRUE.equals(in.optionalBoolean(path + ".include_usage"));
                    } else {
                        in.skip();
                    }
                });
    }

    private void choices(String path) throws InvalidRequest {
        Integer n = in.optionalInt(path, 1);
        if (n != null && n > MOST_CHOICES) {
            throw BodyReader.invalid(path, "Expected at most " + MOST_CHOICES + ", but got " + n);
        }
        choices = n == null ? 1 : n;
    }

    private boolean sampling(String name) throws InvalidRequest {
        switch (name) {
            case "temperature" -> temperature = in.optionalDouble(name);
            case "top_p" -> topP = in.optionalDouble(name);
            case "top_k" -> topK = in.optionalInt(name, Integer.MIN_VALUE);
            case "frequency_penalty" -> frequencyPenalty = in.optionalDouble(name);
            case "presence_penalty" -> presencePenalty = in.optionalDouble(name);
            case "seed" -> seed = in.optionalLong(name);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean toolMember(String name) throws InvalidRequest {
        ChatToolReader reader = new ChatToolReader(in);
        switch (name) {
            case "tools" -> tools.addAll(reader.tools(name));
            case "functions" -> tools.addAll(reader.functions(name));
            case "tool_choice" -> toolChoice = reader.choice(name);
            case "function_call" -> {
                ToolChoice legacy = reader.functionCall(name);
                toolChoice = toolChoice == null ? legacy : toolChoice;
            }
            case "parallel_tool_calls" -> parallelToolCalls = in.optionalBoolean(name);
            case "response_format" -> responseFormat(name);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void responseFormat(String path) throws InvalidRequest {
        if (in.isNull()) {
            return;
        }
        if (!in.isObject()) {
            throw in.expected(path, "an object");
        }
        Json raw = in.raw();
        ResponseFormat known = ChatToolReader.format(path, raw);
        if (known == null) {
            further.put(path, raw);
        } else {
            format = known;
        }
    }

    private boolean reasoningMember(String name) throws InvalidRequest {
        switch (name) {
            case "reasoning_effort" -> {
                String effort = in.optionalString(name);
                if (effort != null) {
                    reasoning = merged(new ReasoningRequest(effort, null, null, false));
                }
            }
            case "reasoning", "thinking" -> {
                if (in.isObject()) {
                    reasoning = merged(reasoningObject(name));
                } else {
                    furtherMember(name);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * OpenRouter's {@code reasoning: {effort, max_tokens, enabled}}, and {@code thinking: {type,
     * budget_tokens}}.
     */
    private ReasoningRequest reasoningObject(String path) throws InvalidRequest {
        String[] effort = new String[1];
        Integer[] budget = new Integer[1];
        Boolean[] enabled = new Boolean[1];
        in.object(
                path,
                name -> {
                    String at = path + "." + name;
                    switch (name) {
                        case "effort" -> effort[0] = in.optionalString(at);
                        case "max_tokens", "budget_tokens" -> budget[0] = in.optionalInt(at, 0);
                        case "enabled" -> enabled[0] = in.optionalBoolean(at);
                        case "type" -> enabled[0] = !"disabled".equals(in.optionalString(at));
                        default -> in.skip();
                    }
                });
        return new ReasoningRequest(effort[0], budget[0], enabled[0], false);
    }

    private ReasoningRequest merged(ReasoningRequest later) {
        ReasoningRequest earlier = reasoning;
        if (earlier == null) {
            return later;
        }
        return new ReasoningRequest(
                later.effort() != null ? later.effort() : earlier.effort(),
                later.budgetTokens() != null ? later.budgetTokens() : earlier.budgetTokens(),
                later.enabled() != null ? later.enabled() : earlier.enabled(),
                false);
    }
}
