package dev.midstream.protocol.messages;

import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Method;
import dev.midstream.model.Part;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Sampling;
import dev.midstream.model.Target;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.Untranslatable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A chat request and the deployment that is to take it, put together piece by piece. */
final class Asking {

    private final List<Message> messages = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private final Map<String, Json> further = new HashMap<>();
    private final Map<String, Json> defaults = new HashMap<>();
    private final List<Message> appended = new ArrayList<>();
    private @Nullable ToolChoice toolChoice;
    private @Nullable Boolean parallel;
    private @Nullable Integer maxTokens;
    private List<String> stop = List.of();
    private int choices = 1;
    private Sampling sampling = Sampling.NONE;
    private ResponseFormat format = new ResponseFormat.Text();
    private @Nullable ReasoningRequest reasoning;
    private @Nullable String user;
    private String provider = "anthropic";
    private String model = "claude-sonnet-4-5";
    private boolean drop;
    private List<String> dropAlways = List.of();
    private Method method = Method.ORIGINAL;
    private @Nullable Integer draftTokens;
    private boolean withoutReasoning;
    private boolean withoutAnyReasoning;
    private boolean withoutFormat;
    private boolean withoutForcedTool;

    static Asking of(String model) {
        Asking asking = new Asking();
        asking.model = model;
        return asking;
    }

    static Asking hello(String model) {
        return of(model).user("Hello");
    }

    Asking message(Role role, Part... parts) {
        messages.add(new Message(role, List.of(parts)));
        return this;
    }

    Asking system(String text) {
        return message(Role.SYSTEM, new Part.Text(text));
    }

    Asking user(String text) {
        return message(Role.USER, new Part.Text(text));
    }

    Asking assistant(String text) {
        return message(Role.ASSISTANT, new Part.Text(text));
    }

    Asking result(String callId, String text) {
        return message(
                Role.TOOL, new Part.ToolResult(callId, List.of(new Part.Text(text)), false, null));
    }

    Asking tool(Tool tool) {
        tools.add(tool);
        return this;
    }

    Asking weatherTool() {
        return tool(
                new Tool.Function(
                        "weather",
                        "Tells the weather",
                        new Json(
                                "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"),
                        null,
                        null));
    }

    Asking choice(ToolChoice choice) {
        toolChoice = choice;
        return this;
    }

    Asking parallel(boolean parallel) {
        this.parallel = parallel;
        return this;
    }

    Asking maxTokens(int maxTokens) {
        this.maxTokens = maxTokens;
        return this;
    }

    Asking stop(String... stop) {
        this.stop = List.of(stop);
        return this;
    }

    Asking choices(int choices) {
        this.choices = choices;
        return this;
    }

    Asking sampling(Sampling sampling) {
        this.sampling = sampling;
        return this;
    }

    Asking temperature(double temperature) {
        return sampling(new Sampling(temperature, null, null, null, null, null));
    }

    Asking format(ResponseFormat format) {
        this.format = format;
        return this;
    }

    Asking effort(String effort) {
        reasoning = new ReasoningRequest(effort, null, null, false);
        return this;
    }

    Asking endUser(String user) {
        this.user = user;
        return this;
    }

    Asking further(String name, String json) {
        further.put(name, new Json(json));
        return this;
    }

    Asking standard(String name, String json) {
        defaults.put(name, new Json(json));
        return this;
    }

    Asking vertex() {
        provider = "vertex_ai";
        return this;
    }

    Asking dropping() {
        drop = true;
        return this;
    }

    Asking never(String... names) {
        dropAlways = List.of(names);
        return this;
    }

    Asking prefill(String delivered) {
        method = Method.PREFILL;
        appended.add(Message.of(Role.ASSISTANT, delivered));
        return this;
    }

    Asking continuation(String delivered, String words) {
        method = Method.USER_TURN;
        appended.add(Message.of(Role.ASSISTANT, delivered));
        appended.add(Message.of(Role.USER, words));
        return this;
    }

    Asking leftTokens(int tokens) {
        draftTokens = tokens;
        return this;
    }

    Asking withoutReasoning() {
        withoutReasoning = true;
        return this;
    }

    /** The target has refused reasoning of earlier turns. */
    Asking withoutAnyReasoning() {
        withoutAnyReasoning = true;
        return this;
    }

    Asking withoutFormat() {
        withoutFormat = true;
        return this;
    }

    Asking withoutForcedTool() {
        withoutForcedTool = true;
        return this;
    }

    /** The body that is sent. */
    String body() throws Untranslatable {
        return new String(new MessagesProtocol().encode(draft(), target()), StandardCharsets.UTF_8);
    }

    private Draft draft() {
        Request request =
                new Request(
                        "openai-chat",
                        "claude",
                        true,
                        false,
                        messages,
                        tools,
                        toolChoice,
                        parallel,
                        maxTokens,
                        stop,
                        choices,
                        sampling,
                        format,
                        reasoning,
                        user,
                        further,
                        Map.of(),
                        null,
                        new byte[0]);
        Draft draft =
                new Draft(
                        request,
                        method,
                        appended,
                        draftTokens,
                        true,
                        withoutReasoning,
                        withoutFormat,
                        withoutForcedTool,
                        false);
        return withoutAnyReasoning ? draft.withoutAnyReasoning() : draft;
    }

    private Target target() {
        return new Target(
                "d1",
                "claude",
                provider,
                model,
                MessagesProtocol.NAME,
                "",
                defaults,
                drop,
                dropAlways,
                List.of());
    }
}
