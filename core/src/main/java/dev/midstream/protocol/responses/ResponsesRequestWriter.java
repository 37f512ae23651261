package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.ReasoningRequest;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.RouterMembers;
import dev.midstream.model.Sampling;
import dev.midstream.model.Target;
import dev.midstream.model.Tool;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.OfferedTools;
import dev.midstream.protocol.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request of another protocol as a Responses request. The provider is asked to keep
 * nothing, unless the client wants that or the answer is made in the background, and to hand out
 * reasoning sealed, so that it can be sent back.
 */
final class ResponsesRequestWriter {

    private static final int LONGEST_USER = 64;

    /** Members that say nothing which a Responses target could miss. */
    private static final Set<String> IMMATERIAL = Set.of("metadata");

    /** Members of this protocol that a request of any other may name too, as they are. */
    private static final List<String> SHARED =
            List.of(
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "service_tier");

    /** Further ones, which are written in places of their own. */
    private static final Set<String> READ = Set.of("store", "verbosity");

    private static final Json NO_PARAMETERS = new Json("{\"type\":\"object\",\"properties\":{}}");

    private final Draft draft;
    private final Request request;
    private final Target target;
    private final JsonOut out = new JsonOut(new Bytes(4096));

    private ResponsesRequestWriter(Draft draft, Target target) {
        this.draft = draft;
        this.request = draft.request();
        this.target = target;
    }

    static byte[] write(Draft draft, Target target) throws Untranslatable {
        ResponsesRequestWriter writer = new ResponsesRequestWriter(draft, target);
        writer.refuseFurther();
        writer.out.open('{').member("model", target.model());
        writer.input();
        writer.limits();
        writer.sampling(writer.request.sampling());
        writer.tools();
        writer.text();
        writer.reasoning();
        writer.keeping();
        writer.shared();
        if (draft.stream()) {
            writer.out.member("stream", true);
        }
        writer.out.close('}');
        JsonSplice splice = JsonSplice.of(writer.out.bytes().toByteArray());
        if (draft.withoutReasoning()) {
            ResponsesDefaults.withoutReasoning(splice, target);
        }
        ResponsesDefaults.apply(splice, target);
        return splice.bytes();
    }

    /** Members that the canonical request does not know. */
    private void refuseFurther() throws Untranslatable {
        for (String name : new TreeSet<>(request.further().keySet())) {
            boolean known =
                    IMMATERIAL.contains(name) || SHARED.contains(name) || READ.contains(name);
            Json value = request.further().get(name);
            boolean nothing =
                    value == null || value.text().equals("null") || value.text().equals("false");
            if (!known && !nothing && !RouterMembers.own(name)) {
                leaveOut(name);
            }
        }
    }

    private void leaveOut(String name) throws Untranslatable {
        if (!target.dropUnsupported() && !target.dropAlways().contains(name)) {
            throw new Untranslatable(
                    name,
                    "Deployment '"
                            + target.id()
                            + "' cannot take '"
                            + name
                            + "' (drop_params would leave it out)");
        }
    }

    // ---- the conversation

    private void input() throws Untranslatable {
        List<Message> turns = new ArrayList<>(request.messages());
        turns.addAll(draft.appended());
        int leading = leading(turns);
        if (leading > 0) {
            out.member("instructions", instructions(turns.subList(0, leading)));
        }
        List<Message> rest = turns.subList(leading, turns.size());
        out.name("input").open('[');
        new ItemWriter(target, draft.withoutOldReasoning()).write(rest).forEach(out::raw);
        out.close(']');
    }

    /** How many turns at the beginning are instructions; not all, for something must be said. */
    private static int leading(List<Message> turns) {
        int count = 0;
        while (count < turns.size() - 1 && instructs(turns.get(count))) {
            count++;
        }
        return count;
    }

    private static boolean instructs(Message turn) {
        return (turn.role() == Role.SYSTEM || turn.role() == Role.DEVELOPER)
                && turn.parts().stream().allMatch(part -> part instanceof Part.Text);
    }

    private static String instructions(List<Message> turns) {
        StringBuilder all = new StringBuilder();
        for (Message turn : turns) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.Text text && !text.text().isEmpty()) {
                    all.append(all.isEmpty() ? "" : "\n\n").append(text.text());
                }
            }
        }
        return all.toString();
    }

    // ---- limits and sampling

    private void limits() throws Untranslatable {
        Integer limit = draft.maxTokens() != null ? draft.maxTokens() : request.maxTokens();
        if (limit != null) {
            out.member("max_output_tokens", ResponsesDefaults.limit(limit));
        }
        if (!request.stop().isEmpty()) {
            leaveOut("stop");
        }
        if (request.choices() > 1 && !draft.singleChoice()) {
            leaveOut("n");
        }
    }

    private void sampling(Sampling sampling) throws Untranslatable {
        boolean fixed = target.dropUnsupported() && OpenAiModel.reasons(target);
        if (!fixed) {
            out.optional("temperature", sampling.temperature());
            out.optional("top_p", sampling.topP());
        }
        unlessNothing("top_k", sampling.topK());
        unlessNothing("frequency_penalty", sampling.frequencyPenalty());
        unlessNothing("presence_penalty", sampling.presencePenalty());
        if (sampling.seed() != null) {
            leaveOut("seed");
        }
    }

    private void unlessNothing(String name, @Nullable Number value) throws Untranslatable {
        if (value != null && value.doubleValue() != 0) {
            leaveOut(name);
        }
    }

    // ---- tools

    private void tools() throws Untranslatable {
        OfferedTools offered = OfferedTools.of(request.tools(), own -> false);
        if (offered.nothingLeft()) {
            leaveOut(offered.leftOut().getFirst().path());
        }
        if (offered.tools().isEmpty()) {
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
                Json parameters = function.parameters();
                out.open('{').member("type", "function").member("name", function.name());
                out.optional("description", function.description());
                out.member("parameters", parameters == null ? NO_PARAMETERS : parameters);
                out.member("strict", Boolean.TRUE.equals(function.strict())).close('}');
            }
            case Tool.Custom custom -> {
                Json format = custom.format();
                out.open('{').member("type", "custom").member("name", custom.name());
                out.optional("description", custom.description());
                out.optional("format", format == null ? null : ItemWriter.format(format));
                out.close('}');
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
                out.name("tool_choice").open('{');
                out.member("type", custom(named.name()) ? "custom" : "function");
                out.member("name", named.name()).close('}');
            }
            case ToolChoice.Native foreign -> leaveOut("tool_choice");
        }
    }

    private boolean custom(String name) {
        return request.tools().stream()
                .anyMatch(tool -> tool instanceof Tool.Custom own && own.name().equals(name));
    }

    // ---- the form of the text

    private void text() {
        Json verbosity = request.further().get("verbosity");
        boolean formed = request.format().structured() && !draft.withoutFormat();
        if (verbosity == null && !formed) {
            return;
        }
        out.name("text").open('{');
        if (formed) {
            out.name("format").open('{');
            format(request.format());
            out.close('}');
        }
        out.optional("verbosity", verbosity).close('}');
    }

    private void format(ResponseFormat format) {
        switch (format) {
            case ResponseFormat.Text plain -> out.member("type", "text");
            case ResponseFormat.JsonObject object -> out.member("type", "json_object");
            case ResponseFormat.JsonSchema schema -> {
                out.member("type", "json_schema").member("name", schema.name());
                out.optional("description", schema.description());
                out.member("schema", schema.schema()).optional("strict", schema.strict());
            }
        }
    }

    // ---- reasoning

    private void reasoning() {
        ReasoningRequest asked = request.reasoning();
        if (asked == null || draft.withoutReasoning() || unreasoning()) {
            return;
        }
        String effort = asked.asked() ? effort(asked) : OpenAiModel.leastEffort(target);
        boolean visible = asked.asked() && asked.shown();
        if (effort == null && !visible) {
            return;
        }
        out.name("reasoning").open('{').optional("effort", effort);
        if (visible) {
            out.member("summary", "auto");
        }
        out.close('}');
    }

    private boolean unreasoning() {
        return target.dropUnsupported()
                && OpenAiModel.ofOpenAi(target)
                && !OpenAiModel.reasons(target);
    }

    private static @Nullable String effort(ReasoningRequest asked) {
        String effort = asked.nearestEffort();
        return "max".equals(effort) ? "xhigh" : effort;
    }

    // ---- what the provider keeps, and what else there is

    private void keeping() {
        Json wish = request.further().get("store");
        boolean never = wish != null && wish.text().equals("false");
        boolean background = draft.background() && draft.stream() && !never;
        boolean store = background || wish != null && wish.text().equals("true");
        out.member("store", store);
        if (background) {
            out.member("background", true);
        }
        if (OpenAiModel.reasons(target) && OpenAiModel.ofOpenAi(target)) {
            out.name("include").open('[').string("reasoning.encrypted_content").close(']');
        }
    }

    private void shared() {
        String user = request.user();
        if (user != null && !user.isEmpty() && user.length() <= LONGEST_USER) {
            out.member("user", user);
        }
        for (String name : SHARED) {
            out.optional(name, request.further().get(name));
        }
    }
}
