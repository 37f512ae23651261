package dev.midstream.protocol.chat;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Quirk;
import dev.midstream.model.RouterMembers;
import dev.midstream.model.Target;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.MetadataTags;
import dev.midstream.protocol.Untranslatable;
import java.util.ArrayList;
import java.util.List;

/** Edits a chat client's own body for a target that speaks chat: only the edited members change. */
final class ChatRequestSplicer {

    /**
     * Members that force a grammar on the answer, beside {@code response_format} (vLLM, SGLang,
     * llama.cpp).
     */
    private static final List<String> GRAMMARS =
            List.of(
                    "response_format",
                    "guided_json",
                    "guided_regex",
                    "guided_choice",
                    "guided_grammar",
                    "structured_outputs",
                    "grammar",
                    "json_schema");

    private final Draft draft;
    private final Target target;
    private final JsonSplice splice;

    private ChatRequestSplicer(Draft draft, Target target) {
        this.draft = draft;
        this.target = target;
        this.splice = JsonSplice.of(draft.request().body());
    }

    static byte[] splice(Draft draft, Target target) throws Untranslatable {
        ChatRequestSplicer splicer = new ChatRequestSplicer(draft, target);
        splicer.removeOurs();
        splicer.splice.setString("model", target.model());
        splicer.streaming();
        splicer.maxTokens();
        splicer.append();
        splicer.withouts();
        ChatDefaults.apply(splicer.splice, target);
        return splicer.splice.bytes();
    }

    private void removeOurs() {
        for (String name : splice.names()) {
            if (RouterMembers.own(name)) {
                splice.remove(name);
            }
        }
        Json store = splice.value("store");
        if (store == null || !store.text().equals("true")) {
            splice.remove("metadata");
        }
        MetadataTags.remove(splice);
    }

    private void streaming() {
        if (draft.stream()) {
            splice.set("stream", "true");
        } else if (splice.has("stream")) {
            splice.set("stream", "false");
        }
        if (draft.stream() && !target.has(Quirk.NO_STREAM_OPTIONS)) {
            splice.setWithin("stream_options", "include_usage", "true");
        } else {
            splice.remove("stream_options");
        }
    }

    private void maxTokens() {
        boolean newName = splice.has("max_completion_tokens");
        boolean oldName = splice.has("max_tokens");
        if (oldName && !newName && ChatDefaults.newTokenName(target)) {
            Json given = splice.value("max_tokens");
            splice.remove("max_tokens");
            splice.set("max_completion_tokens", given == null ? "null" : given.text());
            newName = true;
            oldName = false;
        }
        if (draft.maxTokens() == null) {
            return;
        }
        String limit = draft.maxTokens().toString();
        if (oldName) {
            splice.set("max_tokens", limit);
        }
        if (newName) {
            splice.set("max_completion_tokens", limit);
        }
        if (!oldName && !newName) {
            splice.set(ChatDefaults.tokenName(target), limit);
        }
    }

    private void append() throws Untranslatable {
        List<Message> appended = draft.appended();
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < appended.size(); i++) {
            boolean last = i == appended.size() - 1;
            turns.addAll(ChatTurnWriter.write(appended.get(i), draft, target, last));
        }
        splice.append("messages", turns);
        ChatPrefill.flags(draft, splice::set);
        if (ChatPrefill.withoutTools(draft, target)) {
            List.of("tools", "tool_choice", "parallel_tool_calls", "functions", "function_call")
                    .forEach(splice::remove);
        }
    }

    private void withouts() {
        if (draft.withoutFormat()) {
            GRAMMARS.forEach(splice::remove);
        }
        if (draft.withoutStop()) {
            splice.remove("stop");
        }
        if (draft.withoutForcedTool()) {
            freeToolChoice();
        }
        if (draft.withoutReasoning()) {
            ChatDefaults.withoutReasoning(splice, target);
        }
        if (draft.singleChoice()) {
            splice.remove("n");
        }
    }

    private void freeToolChoice() {
        ToolChoice choice = draft.request().toolChoice();
        boolean free = choice instanceof ToolChoice.Auto || choice instanceof ToolChoice.None;
        if (free) {
            return;
        }
        for (String name : List.of("tool_choice", "function_call")) {
            if (splice.has(name)) {
                splice.set(name, "\"auto\"");
            }
        }
    }
}
