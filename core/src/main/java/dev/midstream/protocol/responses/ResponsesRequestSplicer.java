package dev.midstream.protocol.responses;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Draft;
import dev.midstream.model.Held;
import dev.midstream.model.Json;
import dev.midstream.model.RouterMembers;
import dev.midstream.model.Target;
import dev.midstream.model.ToolChoice;
import dev.midstream.protocol.MetadataTags;
import dev.midstream.protocol.Untranslatable;
import java.util.ArrayList;
import java.util.List;

/**
 * Edits a Responses client's own body for a target that speaks Responses: only the edited members
 * change.
 */
final class ResponsesRequestSplicer {

    private final Draft draft;
    private final Target target;
    private final JsonSplice splice;

    private ResponsesRequestSplicer(Draft draft, Target target) {
        this.draft = draft;
        this.target = target;
        this.splice = JsonSplice.of(draft.request().body());
    }

    static byte[] splice(Draft draft, Target target) throws Untranslatable {
        ResponsesRequestSplicer splicer = new ResponsesRequestSplicer(draft, target);
        splicer.removeOurs();
        splicer.splice.setString("model", target.model());
        splicer.streaming();
        splicer.previous();
        splicer.input();
        splicer.withouts();
        splicer.background();
        ResponsesDefaults.apply(splicer.splice, target);
        return splicer.splice.bytes();
    }

    private void removeOurs() {
        for (String name : splice.names()) {
            if (RouterMembers.own(name)) {
                splice.remove(name);
            }
        }
        MetadataTags.remove(splice);
    }

    private void streaming() {
        if (draft.stream()) {
            splice.set("stream", "true");
            return;
        }
        splice.remove("stream_options");
        if (splice.has("stream")) {
            splice.set("stream", "false");
        }
    }

    /** Nobody but its keeper knows an answer by its name. */
    private void previous() throws Untranslatable {
        Held previous = draft.request().previous();
        if (previous == null) {
            return;
        }
        if (!previous.deployment().equals(target.id())) {
            throw new Untranslatable(
                    "previous_response_id",
                    "Deployment '" + target.id() + "' does not keep the previous response");
        }
        splice.setString("previous_response_id", previous.id());
    }

    private void input() throws Untranslatable {
        Json given = splice.value("input");
        String text = given == null ? "" : given.text();
        boolean list = text.startsWith("[");
        if (!list && draft.appended().isEmpty()) {
            return;
        }
        List<String> came = list ? InputItems.elements(text) : said(text);
        List<String> fitted = new ArrayList<>();
        boolean changed = false;
        for (String item : came) {
            String fit = InputItems.fitted(item, target, draft.withoutOldReasoning(), unkept());
            changed |= fit == null || !fit.equals(item);
            if (fit != null) {
                fitted.add(fit);
            }
        }
        List<String> appended = new ItemWriter(target, true).write(draft.appended());
        if (changed || !list) {
            fitted.addAll(appended);
            splice.set("input", "[" + String.join(",", fitted) + "]");
        } else {
            splice.append("input", appended);
        }
    }

    /**
     * Whether OpenAI was asked to keep nothing: there an item without its content is a 400 then.
     * Elsewhere reasoning may need no seal.
     */
    private boolean unkept() {
        Json store = splice.value("store");
        return store != null && store.text().equals("false") && OpenAiModel.ofOpenAi(target);
    }

    /** A text in place of items is what the user says. */
    private static List<String> said(String text) {
        if (!text.startsWith("\"")) {
            return List.of();
        }
        JsonOut out = new JsonOut(new Bytes(text.length() + 64)).open('{');
        out.member("role", "user").member("content", new Json(text)).close('}');
        return List.of(out.bytes().toString());
    }

    private void withouts() {
        Integer limit = draft.maxTokens();
        if (limit != null) {
            splice.set("max_output_tokens", Integer.toString(ResponsesDefaults.limit(limit)));
        }
        if (draft.withoutFormat()) {
            ResponsesDefaults.removeWithin(splice, "text", "format");
        }
        if (draft.withoutForcedTool()) {
            freeToolChoice();
        }
        if (draft.withoutReasoning()) {
            ResponsesDefaults.withoutReasoning(splice, target);
        }
    }

    private void freeToolChoice() {
        ToolChoice choice = draft.request().toolChoice();
        boolean free = choice instanceof ToolChoice.Auto || choice instanceof ToolChoice.None;
        if (!free && splice.has("tool_choice")) {
            splice.set("tool_choice", "\"auto\"");
        }
    }

    /** Only what the provider keeps can be taken up again, and a client may forbid to keep it. */
    private void background() {
        Json store = splice.value("store");
        boolean forbidden = store != null && store.text().equals("false");
        if (draft.background() && draft.stream() && !forbidden) {
            splice.set("background", "true").set("store", "true");
        }
    }
}
