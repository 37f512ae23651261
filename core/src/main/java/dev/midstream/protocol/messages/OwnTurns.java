package dev.midstream.protocol.messages;

import dev.midstream.json.Bytes;
import dev.midstream.json.JsonOut;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Draft;
import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import dev.midstream.model.Seal;
import dev.midstream.model.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The turns of a Messages client as they were written, save what a target refuses:
 *
 * <ul>
 *   <li>Thinking that nobody signed, or another maker, is left out, and so is all of it if the
 *       draft says so; a turn of nothing else goes too.
 *   <li>A turn of the system in the middle becomes user text between {@code <system>} tags for
 *       models that know no such role; behind results of tools, which have to come first.
 *   <li>What a continuation appends stands behind: an answer that the client had begun itself is
 *       gone on with, in the same block; what an answer is to go on with ends without white space.
 * </ul>
 *
 * <p>Not thread-safe, for one request.
 */
final class OwnTurns {

    private final Draft draft;
    private final boolean foldSystem;
    private final List<String> turns = new ArrayList<>();
    private final List<String> appended = new ArrayList<>();
    private @Nullable String folded;
    private boolean changed;

    OwnTurns(Draft draft, Target target) {
        this.draft = draft;
        foldSystem = !ClaudeModel.of(target.model()).takesSystemTurns();
    }

    /** Edits the member {@code messages}. */
    void apply(JsonSplice splice) {
        Json messages = splice.value("messages");
        for (String turn : JsonText.elements(messages == null ? "[]" : messages.text())) {
            add(turn);
        }
        place(folded);
        append();
        if (changed) {
            List<String> all = new ArrayList<>(turns);
            all.addAll(appended);
            splice.set("messages", "[" + String.join(",", all) + "]");
        } else {
            splice.append("messages", appended);
        }
    }

    /** After {@link #apply}: see {@link Conversation#callsWithoutReasoning}. */
    boolean callsWithoutReasoning() {
        int calling = lastAssistant();
        if (!appended.isEmpty() || calling < 0 || calling == turns.size() - 1) {
            return false;
        }
        List<String> blocks = blocks(turns.get(calling));
        boolean calls = blocks.stream().anyMatch(block -> is(block, "tool_use"));
        return calls && !isReasoning(blocks.getFirst());
    }

    private int lastAssistant() {
        int at = turns.size() - 1;
        while (at >= 0 && !assistants(at)) {
            at--;
        }
        return at;
    }

    private boolean assistants(int at) {
        return "assistant".equals(JsonText.scalar(turns.get(at), "role"));
    }

    private void add(String turn) {
        String role = String.valueOf(JsonText.scalar(turn, "role"));
        if (role.equals("system") && foldSystem) {
            changed = true;
            boolean behindCalls = !turns.isEmpty() && assistants(turns.size() - 1);
            place(folded);
            folded = fold(turn);
            if (!behindCalls) {
                place(folded);
            }
            return;
        }
        if (role.equals("user")) {
            turns.add(turn);
            place(folded);
            return;
        }
        place(folded);
        String kept = role.equals("assistant") ? withoutForeignThinking(turn) : turn;
        if (kept != null) {
            turns.add(kept);
        }
    }

    private void place(@Nullable String turn) {
        if (turn != null) {
            turns.add(turn);
        }
        folded = null;
    }

    private static String fold(String turn) {
        JsonSplice splice = Members.of(turn).setString("role", "user");
        Json content = JsonText.raw(turn, "content");
        String text = content == null ? "\"\"" : content.text();
        if (text.startsWith("[")) {
            List<String> blocks = new ArrayList<>(JsonText.elements(text));
            blocks.replaceAll(OwnTurns::tagged);
            return Members.text(splice.set("content", "[" + String.join(",", blocks) + "]"));
        }
        return Members.text(splice.setString("content", tags(JsonText.unquoted(text))));
    }

    private static String tagged(String block) {
        String text = is(block, "text") ? JsonText.scalar(block, "text") : null;
        return text == null ? block : Members.text(Members.of(block).setString("text", tags(text)));
    }

    private static String tags(String text) {
        return "<system>\n" + text + "\n</system>";
    }

    private @Nullable String withoutForeignThinking(String turn) {
        List<String> blocks = blocks(turn);
        List<String> kept = new ArrayList<>(blocks);
        kept.removeIf(block -> isReasoning(block) && !keeps(block));
        if (kept.size() == blocks.size()) {
            return turn;
        }
        changed = true;
        return kept.isEmpty()
                ? null
                : Members.with(turn, "content", "[" + String.join(",", kept) + "]");
    }

    private boolean keeps(String reasoning) {
        String name = is(reasoning, "thinking") ? "signature" : "data";
        String seal = JsonText.scalar(reasoning, name);
        return !draft.withoutOldReasoning()
                && seal != null
                && !seal.isEmpty()
                && Seal.read(seal, Seal.CLAUDE).origin().equals(Seal.CLAUDE);
    }

    private static boolean isReasoning(String block) {
        return is(block, "thinking") || is(block, "redacted_thinking");
    }

    private static boolean is(String block, String type) {
        return type.equals(JsonText.scalar(block, "type"));
    }

    /** The blocks of a turn, none if it is one text. */
    private static List<String> blocks(String turn) {
        Json content = JsonText.raw(turn, "content");
        return content == null || !content.text().startsWith("[")
                ? List.of()
                : JsonText.elements(content.text());
    }

    private void append() {
        List<Message> added = draft.appended();
        for (int i = 0; i < added.size(); i++) {
            Message turn = added.get(i);
            String text = text(turn);
            if (turn.role() != Role.ASSISTANT) {
                appended.add(written("user", text));
                continue;
            }
            boolean last = i == added.size() - 1;
            if (i == 0 && !turns.isEmpty() && assistants(turns.size() - 1)) {
                goOn(text, last);
            } else {
                String said = last ? text.stripTrailing() : text;
                if (!said.isBlank()) {
                    appended.add(written("assistant", said));
                }
            }
        }
    }

    private static String text(Message turn) {
        StringBuilder text = new StringBuilder();
        for (Part part : turn.parts()) {
            text.append(part instanceof Part.Text said ? said.text() : "");
        }
        return text.toString();
    }

    /** A boundary between blocks would tell the model of an interruption. */
    private void goOn(String text, boolean last) {
        String turn = turns.removeLast();
        changed = true;
        List<String> blocks = new ArrayList<>(blocks(turn));
        if (blocks.isEmpty()) {
            Json content = JsonText.raw(turn, "content");
            String begun = content == null ? "" : JsonText.unquoted(content.text());
            String whole = last ? (begun + text).stripTrailing() : begun + text;
            turns.add(Members.text(Members.of(turn).setString("content", whole)));
            return;
        }
        String begun =
                is(blocks.getLast(), "text") ? JsonText.scalar(blocks.getLast(), "text") : null;
        String whole = begun == null ? text : begun + text;
        String said = last ? whole.stripTrailing() : whole;
        if (begun != null) {
            blocks.add(Members.text(Members.of(blocks.removeLast()).setString("text", said)));
        } else if (!said.isBlank()) {
            blocks.add(
                    new JsonOut(new Bytes(256))
                            .open('{')
                            .member("type", "text")
                            .member("text", said)
                            .close('}')
                            .bytes()
                            .toString());
        }
        turns.add(Members.with(turn, "content", "[" + String.join(",", blocks) + "]"));
    }

    private static String written(String role, String text) {
        JsonOut out = new JsonOut(new Bytes(text.length() + 64)).open('{').member("role", role);
        return out.member("content", text).close('}').bytes().toString();
    }
}
