package dev.midstream.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a request together in code: a conversation first, wishes after it, all but the conversation
 * optional. The request is of no protocol and asks for a stream with usage, unless said otherwise.
 *
 * <pre>{@code
 * Request request =
 *         Request.to("chat")
 *                 .system("Answer in one sentence.")
 *                 .user("Why is the sky blue?")
 *                 .maxTokens(200)
 *                 .build();
 * }</pre>
 *
 * <p>Turns and tools are added, in order; everything else replaces what was said before. Not
 * thread-safe; may be built from more than once.
 */
public final class RequestBuilder {

    private final String model;
    private final List<Message> messages = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private boolean stream = true;
    private boolean streamUsage = true;
    private @Nullable ToolChoice toolChoice;
    private @Nullable Boolean parallelToolCalls;
    private @Nullable Integer maxTokens;
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
    private @Nullable String endUser;

    RequestBuilder(String model) {
        this.model = model;
    }

    // ---- the conversation

    /** Instructions of the application. */
    public RequestBuilder system(String text) {
        return message(Message.of(Message.Role.SYSTEM, text));
    }

    /** Instructions as OpenAI's newer models call them; a system turn elsewhere. */
    public RequestBuilder developer(String text) {
        return message(Message.of(Message.Role.DEVELOPER, text));
    }

    /** What the user says. */
    public RequestBuilder user(String text) {
        return message(Message.of(Message.Role.USER, text));
    }

    /** A user's turn of several parts: text, images, documents. */
    public RequestBuilder user(Part... parts) {
        return message(new Message(Message.Role.USER, List.of(parts)));
    }

    /** What the model said earlier. */
    public RequestBuilder assistant(String text) {
        return message(Message.of(Message.Role.ASSISTANT, text));
    }

    /** What the model said earlier, tool calls and reasoning included. */
    public RequestBuilder assistant(Part... parts) {
        return message(new Message(Message.Role.ASSISTANT, List.of(parts)));
    }

    /** What a tool gave. */
    public RequestBuilder toolResult(String callId, String text) {
        return toolResult(new Part.ToolResult(callId, text));
    }

    /** What a tool gave, in parts or as an error. */
    public RequestBuilder toolResult(Part.ToolResult result) {
        return message(new Message(Message.Role.TOOL, List.of(result)));
    }

    /** Adds a turn. */
    public RequestBuilder message(Message turn) {
        messages.add(turn);
        return this;
    }

    /** Adds all these turns. */
    public RequestBuilder messages(List<Message> turns) {
        messages.addAll(turns);
        return this;
    }

    // ---- tools

    /**
     * A function that the model may call.
     *
     * @param parameters a JSON schema of its arguments, as JSON text
     */
    public RequestBuilder tool(String name, String description, String parameters) {
        return tool(new Tool.Function(name, description, new Json(parameters)));
    }

    /** Adds a tool. */
    public RequestBuilder tool(Tool tool) {
        tools.add(tool);
        return this;
    }

    /** Whether and which tool has to be called; left to the model where nothing is said. */
    public RequestBuilder toolChoice(ToolChoice choice) {
        toolChoice = choice;
        return this;
    }

    /** Whether one answer may call several tools; left to the provider where nothing is said. */
    public RequestBuilder parallelToolCalls(boolean allowed) {
        parallelToolCalls = allowed;
        return this;
    }

    // ---- limits

    /** The most tokens of output, reasoning included; 1 or more. */
    public RequestBuilder maxTokens(int most) {
        maxTokens = most;
        return this;
    }

    /** Strings at which the answer ends; they are not part of it. */
    public RequestBuilder stop(String... strings) {
        stop = List.copyOf(Arrays.asList(strings));
        return this;
    }

    /** How many answers are wanted, 1 to 128. Several answers cannot be continued. */
    public RequestBuilder choices(int wanted) {
        choices = wanted;
        return this;
    }

    // ---- sampling

    /** 0 to 2. */
    public RequestBuilder temperature(double value) {
        temperature = value;
        return this;
    }

    /** 0 to 1. */
    public RequestBuilder topP(double value) {
        topP = value;
        return this;
    }

    /** 1 or more. */
    public RequestBuilder topK(int value) {
        topK = value;
        return this;
    }

    /** -2 to 2. */
    public RequestBuilder frequencyPenalty(double value) {
        frequencyPenalty = value;
        return this;
    }

    /** -2 to 2. */
    public RequestBuilder presencePenalty(double value) {
        presencePenalty = value;
        return this;
    }

    /** Makes answers repeatable, as far as the provider does that. */
    public RequestBuilder seed(long value) {
        seed = value;
        return this;
    }

    // ---- the form of the answer

    /** The answer is to be one JSON object, whichever. */
    public RequestBuilder jsonObject() {
        return format(new ResponseFormat.JsonObject());
    }

    /**
     * The answer is to be a JSON document of this schema, strictly.
     *
     * @param name of the schema, for the provider
     * @param schema as JSON text
     */
    public RequestBuilder jsonSchema(String name, String schema) {
        return format(new ResponseFormat.JsonSchema(name, null, new Json(schema), true));
    }

    /** What the answer is to be; text where nothing is said. */
    public RequestBuilder format(ResponseFormat wanted) {
        format = wanted;
        return this;
    }

    /**
     * How hard the model is to think: {@code none}, {@code minimal}, {@code low}, {@code medium},
     * {@code high}, {@code xhigh}, {@code max}. What it thinks is shown where that is possible.
     */
    public RequestBuilder reasoning(String effort) {
        return reasoning(new ReasoningRequest(effort, null, null, true));
    }

    /** How the model is to think, in full. */
    public RequestBuilder reasoning(ReasoningRequest wanted) {
        reasoning = wanted;
        return this;
    }

    // ---- the rest

    /** The id of the end user, for the provider's abuse detection: no name, no address. */
    public RequestBuilder endUser(String id) {
        endUser = id;
        return this;
    }

    /** Whether the answer is wanted as it comes; true by default. */
    public RequestBuilder stream(boolean wanted) {
        stream = wanted;
        return this;
    }

    /** Whether a stream is to end with usage; true by default. */
    public RequestBuilder streamUsage(boolean wanted) {
        streamUsage = wanted;
        return this;
    }

    /**
     * The request.
     *
     * @throws IllegalArgumentException if it is impossible whoever is asked; its message names
     *     everything that is wrong ({@link Request#problems})
     */
    public Request build() {
        Request request = request();
        List<String> problems = request.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "The request is impossible: " + String.join("; ", problems));
        }
        return request;
    }

    private Request request() {
        return new Request(
                "",
                model,
                stream,
                streamUsage,
                messages,
                tools,
                toolChoice,
                parallelToolCalls,
                maxTokens,
                stop,
                choices,
                new Sampling(temperature, topP, topK, frequencyPenalty, presencePenalty, seed),
                format,
                reasoning,
                endUser,
                Map.of(),
                Map.of(),
                null,
                new byte[0]);
    }
}
