package dev.midstream.protocol.responses;

import dev.midstream.model.Draft;
import dev.midstream.model.Held;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Method;
import dev.midstream.model.Part;
import dev.midstream.model.Quirk;
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

/** A client's request and the deployment that is to take it, put together piece by piece. */
final class ResponsesAsking {

    private final List<Message> messages = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private final Map<String, Json> further = new HashMap<>();
    private final Map<String, Json> defaults = new HashMap<>();
    private final List<Message> appended = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<Quirk> quirks = new ArrayList<>();
    private String protocol = "openai-chat";
    private String body = "";
    private String model = "gpt-5";
    private @Nullable ToolChoice toolChoice;
    private @Nullable Boolean parallel;
    private @Nullable Integer maxTokens;
    private List<String> stop = List.of();
    private int choices = 1;
    private Sampling sampling = Sampling.NONE;
    private ResponseFormat format = new ResponseFormat.Text();
    private @Nullable ReasoningRequest reasoning;
    private @Nullable String user;
    private @Nullable Held previous;
    private boolean drops;
    private boolean stream;
    private boolean background;
    private boolean withoutReasoning;
    private boolean withoutFormat;
    private boolean withoutForcedTool;
    private boolean withoutOldReasoning;
    private @Nullable Integer draftTokens;

    static ResponsesAsking of(String model) {
        ResponsesAsking asking = new ResponsesAsking();
        asking.model = model;
        return asking;
    }

    static ResponsesAsking hello() {
        return of("gpt-5").user("Hi");
    }

    /** A Responses client's own body. */
    static ResponsesAsking own(String body) {
        ResponsesAsking asking = new ResponsesAsking();
        asking.protocol = ResponsesProtocol.NAME;
        asking.body = body.replace('\'', '"');
        return asking;
    }

    ResponsesAsking message(Role role, Part... parts) {
        messages.add(new Message(role, List.of(parts)));
        return this;
    }

    ResponsesAsking user(String text) {
        return message(Role.USER, new Part.Text(text));
    }

    ResponsesAsking tool(Tool tool) {
        tools.add(tool);
        return this;
    }

    ResponsesAsking choice(ToolChoice choice) {
        toolChoice = choice;
        return this;
    }

    ResponsesAsking parallel(boolean parallel) {
        this.parallel = parallel;
        return this;
    }

    ResponsesAsking maxTokens(int maxTokens) {
        this.maxTokens = maxTokens;
        return this;
    }

    ResponsesAsking stop(String... stop) {
        this.stop = List.of(stop);
        return this;
    }

    ResponsesAsking choices(int choices) {
        this.choices = choices;
        return this;
    }

    ResponsesAsking sampling(Sampling sampling) {
        this.sampling = sampling;
        return this;
    }

    ResponsesAsking format(ResponseFormat format) {
        this.format = format;
        return this;
    }

    ResponsesAsking reasoning(ReasoningRequest reasoning) {
        this.reasoning = reasoning;
        return this;
    }

    ResponsesAsking endUser(String user) {
        this.user = user;
        return this;
    }

    ResponsesAsking further(String name, String json) {
        further.put(name, new Json(json.replace('\'', '"')));
        return this;
    }

    ResponsesAsking standard(String name, String json) {
        defaults.put(name, new Json(json.replace('\'', '"')));
        return this;
    }

    ResponsesAsking never(String name) {
        dropped.add(name);
        return this;
    }

    ResponsesAsking dropping() {
        drops = true;
        return this;
    }

    ResponsesAsking quirk(Quirk quirk) {
        quirks.add(quirk);
        return this;
    }

    ResponsesAsking streaming() {
        stream = true;
        return this;
    }

    ResponsesAsking background() {
        background = true;
        return this;
    }

    ResponsesAsking previous(String deployment, String id) {
        previous = new Held(deployment, id);
        return this;
    }

    ResponsesAsking continuing(String delivered, String words) {
        appended.add(Message.of(Role.ASSISTANT, delivered));
        appended.add(Message.of(Role.USER, words));
        return this;
    }

    ResponsesAsking leftTokens(int tokens) {
        draftTokens = tokens;
        return this;
    }

    ResponsesAsking withoutReasoning() {
        withoutReasoning = true;
        return this;
    }

    ResponsesAsking withoutFormat() {
        withoutFormat = true;
        return this;
    }

    ResponsesAsking withoutForcedTool() {
        withoutForcedTool = true;
        return this;
    }

    ResponsesAsking withoutOldReasoning() {
        withoutOldReasoning = true;
        return this;
    }

    /** The body that is sent. */
    String sent() throws Untranslatable {
        byte[] sent = new ResponsesProtocol().encode(draft(), target());
        return new String(sent, StandardCharsets.UTF_8);
    }

    private Draft draft() {
        return new Draft(
                request(),
                appended.isEmpty() ? Method.ORIGINAL : Method.USER_TURN,
                appended,
                draftTokens,
                stream,
                withoutReasoning,
                withoutFormat,
                withoutForcedTool,
                false,
                withoutOldReasoning,
                background,
                null);
    }

    private Request request() {
        return new Request(
                protocol,
                "group",
                stream,
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
                previous,
                body.getBytes(StandardCharsets.UTF_8));
    }

    private Target target() {
        return new Target(
                "d1",
                "group",
                "openai",
                model,
                ResponsesProtocol.NAME,
                "openai:key-1",
                defaults,
                drops,
                dropped,
                quirks);
    }
}
