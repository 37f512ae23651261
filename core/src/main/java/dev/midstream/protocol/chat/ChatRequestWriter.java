package dev.midstream.protocol.chat;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Quirk;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.RouterMembers;
import dev.midstream.model.Sampling;
import dev.midstream.model.Target;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.AnsweredCalls;
import dev.midstream.protocol.OfferedTools;
import dev.midstream.protocol.Untranslatable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes a request of another protocol as a chat request. */
final class ChatRequestWriter {

    /** Members that say nothing which a chat target could miss. */
    private static final Set<String> IMMATERIAL = Set.of("metadata", "service_tier", "store");

    private static final String USUAL_EFFORT = "medium";

    private final Draft draft;
    private final Request request;
    private final Target target;
    private final JsonOut out = new JsonOut(new Bytes(4096));

    private ChatRequestWriter(Draft draft, Target target) {
        this.draft = draft;
        this.request = draft.request();
        this.target = target;
    }

    static byte[] write(Draft draft, Target target) throws Untranslatable {
        ChatRequestWriter writer = new ChatRequestWriter(draft, target);
        writer.refuseFurther();
        writer.out.open('{').member("model", target.model());
        writer.messages();
        writer.limits();
        writer.sampling(writer.request.sampling());
        writer.tools();
        writer.format();
        writer.reasoning();
        writer.out.optional("user", writer.request.user());
        writer.streaming();
        writer.out.close('}');
        JsonSplice splice = JsonSplice.of(writer.out.bytes().toByteArray());
        if (draft.withoutReasoning()) {
            ChatDefaults.withoutReasoning(splice, target);
        }
        ChatDefaults.apply(splice, target);
        return splice.bytes();
    }

    /** Members that the canonical request does not know. */
    private void refuseFurther() throws Untranslatable {
        if (target.dropUnsupported()) {
            return;
        }
        for (String name : new TreeSet<>(request.further().keySet())) {
            if (!RouterMembers.own(name)
                    && !IMMATERIAL.contains(name)
                    && !target.dropAlways().contains(name)) {
                throw refused(name);
            }
        }
    }

    private void messages() throws Untranslatable {
        out.name("messages").open('[');
        for (Message turn : AnsweredCalls.in(request.messages())) {
            turn(turn, false);
        }
        List<Message> appended = draft.appended();
        for (int i = 0; i < appended.size(); i++) {
            turn(appended.get(i), i == appended.size() - 1);
        }
        out.close(']');
        ChatPrefill.flags(draft, (name, json) -> out.name(name).raw(json));
    }

    private void turn(Message turn, boolean last) throws Untranslatable {
        for (String message : ChatTurnWriter.write(turn, draft, target, last)) {
            out.raw(message);
        }
    }

    private void limits() {
        Integer limit = draft.maxTokens() != null ? draft.maxTokens() : request.maxTokens();
        out.optional(ChatDefaults.tokenName(target), limit);
        if (!request.stop().isEmpty() && !draft.withoutStop()) {
            out.name("stop").open('[');
            request.stop().forEach(out::string);
            out.close(']');
        }
        if (request.choices() > 1 && !draft.singleChoice()) {
            out.member("n", request.choices());
        }
    }

    private void sampling(Sampling sampling) throws Untranslatable {
        out.optional("temperature", sampling.temperature()).optional("top_p", sampling.topP());
        if (sampling.topK() != null) {
            if (!ChatDefaults.openAi(target)) {
                out.member("top_k", sampling.topK());
            } else if (!target.dropUnsupported()) {
                throw refused("top_k");
            }
        }
        out.optional("frequency_penalty", sampling.frequencyPenalty());
        out.optional("presence_penalty", sampling.presencePenalty());
        out.optional("seed", sampling.seed());
    }

    private void tools() throws Untranslatable {
        OfferedTools offered = OfferedTools.of(request.tools(), own -> false);
        if (offered.nothingLeft() && !target.dropUnsupported()) {
            throw refused(offered.leftOut().getFirst().path());
        }
        if (offered.tools().isEmpty() || ChatPrefill.withoutTools(draft, target)) {
            return;
        }
        out.name("tools").open('[');
        offered.tools().forEach(this::tool);
        out.close(']');
        toolChoice();
        out.optional("parallel_tool_calls", request.parallelToolCalls());
    }

    private void tool(Tool tool) {
        switch (tool) {
            case Tool.Function function -> {
                out.open('{').member("type", "function").name("function").open('{');
                out.member("name", function.name()).optional("description", function.description());
                out.optional("parameters", function.parameters());
                out.optional("strict", function.strict()).close('}').close('}');
            }
            case Tool.Custom custom -> {
                out.open('{').member("type", "custom").name("custom").open('{');
                out.member("name", custom.name()).optional("description", custom.description());
                out.optional("format", custom.format()).close('}').close('}');
            }
            case Tool.Native leftOut -> {}
        }
    }

    private void toolChoice() throws Untranslatable {
        ToolChoice choice = request.toolChoice();
        if (choice == null) {
            return;
        }
        if (choice.forced() && draft.withoutForcedTool()) {
            out.member("tool_choice", "auto");
            return;
        }
        switch (choice) {
            case ToolChoice.Auto auto -> out.member("tool_choice", "auto");
            case ToolChoice.None none -> out.member("tool_choice", "none");
            case ToolChoice.Required required -> out.member("tool_choice", "required");
            case ToolChoice.Named named -> {
                out.name("tool_choice").open('{').member("type", "function");
                out.name("function").open('{').member("name", named.name()).close('}').close('}');
            }
            case ToolChoice.Native foreign -> {
                if (!target.dropUnsupported()) {
                    throw refused("tool_choice");
                }
            }
        }
    }

    private void format() {
        if (draft.withoutFormat()) {
            return;
        }
        switch (request.format()) {
            case ResponseFormat.Text text -> {}
            case ResponseFormat.JsonObject object ->
                    out.name("response_format").open('{').member("type", "json_object").close('}');
            case ResponseFormat.JsonSchema schema -> {
                out.name("response_format").open('{').member("type", "json_schema");
                out.name("json_schema").open('{').member("name", schema.name());
                out.optional("description", schema.description());
                out.member("schema", schema.schema()).optional("strict", schema.strict());
                out.close('}').close('}');
            }
        }
    }

    private void reasoning() {
        ReasoningRequest reasoning = request.reasoning();
        if (reasoning == null || draft.withoutReasoning() || !reasoning.asked()) {
            return;
        }
        if (target.dropUnsupported()
                && ChatDefaults.openAi(target)
                && !ChatDefaults.reasoningModel(target)) {
            return;
        }
        String effort = reasoning.nearestEffort();
        out.member("reasoning_effort", effort == null ? USUAL_EFFORT : effort);
    }

    private void streaming() {
        if (!draft.stream()) {
            return;
        }
        out.member("stream", true);
        if (!target.has(Quirk.NO_STREAM_OPTIONS)) {
            out.member("stream_options", new Json("{\"include_usage\":true}"));
        }
    }

    private Untranslatable refused(String param) {
        return new Untranslatable(
                param,
                "Deployment '"
                        + target.id()
                        + "' cannot take '"
                        + param
                        + "' (drop_params would leave it out)");
    }
}
