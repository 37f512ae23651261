package dev.midstream.protocol.messages;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.model.RouterMembers;
import dev.midstream.model.Target;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.MetadataTags;
import dev.midstream.protocol.Untranslatable;
import java.util.List;

/**
 * Edits a Messages client's own body for a target that speaks Messages: only the edited members
 * change.
 *
 * <p>What Claude's models differ in is fitted to a model that is known by its name; any other is
 * sent what the client wrote. Not thread-safe, for one request.
 */
final class MessagesRequestSplicer {

    /** What an upstream takes that is to count tokens and not to answer. */
    private static final List<String> COUNTED =
            List.of(
                    "model",
                    "anthropic_version",
                    "messages",
                    "system",
                    "tools",
                    "tool_choice",
                    "thinking",
                    "output_config",
                    "output_format",
                    "context_management",
                    "mcp_servers",
                    "cache_control");

    private final Draft draft;
    private final Request request;
    private final Target target;
    private final JsonSplice splice;
    private final OwnTurns turns;

    private MessagesRequestSplicer(Draft draft, Target target) {
        this.draft = draft;
        this.request = draft.request();
        this.target = target;
        this.splice = JsonSplice.of(request.body());
        this.turns = new OwnTurns(draft, target);
    }

    static byte[] splice(Draft draft, Target target) throws Untranslatable {
        return new MessagesRequestSplicer(draft, target).spliced().bytes();
    }

    /** The body of a request that asks how many tokens the draft's prompt has. */
    static byte[] counting(Draft draft, Target target) throws Untranslatable {
        JsonSplice splice = new MessagesRequestSplicer(draft, target).spliced();
        for (String name : splice.names()) {
            if (!COUNTED.contains(name)) {
                splice.remove(name);
            }
        }
        return splice.setString("model", target.model()).bytes();
    }

    private JsonSplice spliced() throws Untranslatable {
        removeRouters();
        head();
        OwnDefaults.apply(splice, target);
        withouts();
        turns.apply(splice);
        new OwnThinking(splice, draft, target).fit(turns.callsWithoutReasoning());
        new OwnSampling(splice, target).fit();
        OwnDefaults.drop(splice, target);
        return splice;
    }

    private void removeRouters() {
        boolean anthropics =
                MessagesRequestReader.ownFallbacks(request.headers())
                        && target.provider().equals("anthropic");
        for (String name : splice.names()) {
            if (RouterMembers.own(name) && !(name.equals("fallbacks") && anthropics)) {
                splice.remove(name);
            }
        }
        MetadataTags.remove(splice);
    }

    private void head() {
        if (target.provider().startsWith("vertex_ai")) {
            splice.remove("model").setString("anthropic_version", RequestWriter.ON_VERTEX);
        } else {
            splice.setString("model", target.model());
        }
        if (draft.stream()) {
            splice.set("stream", "true");
        } else if (splice.has("stream")) {
            splice.set("stream", "false");
        }
        if (draft.maxTokens() != null) {
            splice.set("max_tokens", draft.maxTokens().toString());
        }
    }

    private void withouts() {
        if (draft.withoutFormat()) {
            removeFormat(splice);
        }
        if (draft.withoutStop()) {
            splice.remove("stop_sequences");
        }
        ToolChoice choice = request.toolChoice();
        if (draft.withoutForcedTool() && choice != null && choice.forced()) {
            boolean oneAtMost = Boolean.FALSE.equals(request.parallelToolCalls());
            splice.set(
                    "tool_choice",
                    oneAtMost
                            ? "{\"type\":\"auto\",\"disable_parallel_tool_use\":true}"
                            : "{\"type\":\"auto\"}");
        }
    }

    static void removeFormat(JsonSplice splice) {
        splice.remove("output_format");
        removeWithin(splice, "output_config", "format");
    }

    /** Removes a member of an object that is a member, and that too if nothing is left in it. */
    static void removeWithin(JsonSplice splice, String name, String nested) {
        Json outer = splice.value(name);
        if (outer == null || JsonText.raw(outer.text(), nested) == null) {
            return;
        }
        JsonSplice inner = Members.of(outer.text()).remove(nested);
        if (inner.names().isEmpty()) {
            splice.remove(name);
        } else {
            splice.set(name, Members.text(inner));
        }
    }
}
