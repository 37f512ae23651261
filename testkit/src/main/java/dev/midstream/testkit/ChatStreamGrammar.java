package dev.midstream.testkit;

import dev.midstream.testkit.GrammarViolation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The judge of Chat Completions streams: whether a client may receive this.
 *
 * <p>It is stricter than the specification, namely as strict as the strictest of the official SDKs:
 * a role twice is two roles to the Python helper, an {@code "error": null} throws in Java, a usage
 * beside choices makes Java drop them. One id, one creation time, one model; a role once a choice,
 * and first; choices and tool calls without gaps in the order of their indexes; id and name of a
 * call once; one finish reason a choice; usage alone, and last. The stream ends in exactly one
 * {@code [DONE]}, or in exactly one {@code event: error} with an error object.
 *
 * <p><b>Source.</b> The stream decoders and accumulators of openai-python 3.22, openai-node 7.55
 * and openai-java 4.98, read and measured in 2026.
 *
 * <p>Not thread-safe; one stream an instance.
 */
public final class ChatStreamGrammar {

    private static final Set<String> FINISH_REASONS =
            Set.of("stop", "length", "tool_calls", "function_call", "content_filter");

    private final Findings findings;
    private final Map<Integer, ChatChoiceGrammar> choices = new TreeMap<>();
    private final List<String> comments = new ArrayList<>();
    private final Set<String> reasoningNames = new HashSet<>();
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable Long created;
    private ChatTranscript.@Nullable Usage usage;
    private @Nullable StreamError error;
    private boolean done;

    private ChatStreamGrammar(byte[] stream) {
        findings = new Findings(stream);
    }

    /**
     * Judges a whole stream, which is the body of a response without its transport framing.
     *
     * @throws GrammarViolation if it breaks any rule
     */
    public static ChatTranscript check(byte[] stream) {
        ChatStreamGrammar grammar = new ChatStreamGrammar(stream);
        ChatTranscript transcript = grammar.read();
        grammar.findings.throwIfAny();
        return transcript;
    }

    /** As {@link #check(byte[])}. */
    public static ChatTranscript check(String stream) {
        return check(stream.getBytes(StandardCharsets.UTF_8));
    }

    /** The broken rules of a stream; none for a valid one. */
    public static List<Violation> violations(String stream) {
        ChatStreamGrammar grammar = new ChatStreamGrammar(stream.getBytes(StandardCharsets.UTF_8));
        grammar.read();
        return List.copyOf(grammar.findings.violations());
    }

    private ChatTranscript read() {
        for (SseItem item : findings.items()) {
            findings.next(item);
            findings.require(!done, "comes after [DONE]");
            findings.require(error == null, "comes after the error");
            switch (item) {
                case SseItem.Comment(String text) -> comments.add(text);
                case SseItem.Field ignored -> {}
                case SseItem.Event event -> event(event);
            }
        }
        findings.atEnd();
        end();
        return new ChatTranscript(
                id == null ? "" : id,
                model == null ? "" : model,
                created == null ? 0 : created,
                choices.values().stream().map(ChatChoiceGrammar::choice).toList(),
                usage,
                error,
                comments);
    }

    private void end() {
        if (error != null) {
            return;
        }
        findings.require(done, "ends without [DONE] and without an error");
        findings.require(!choices.isEmpty(), "has no choice");
        choices.values().forEach(ChatChoiceGrammar::end);
    }

    private void event(SseItem.Event event) {
        if (event.name() == null && event.data().equals("[DONE]")) {
            done = true;
            return;
        }
        JsonNode data = findings.object(event.data());
        if (data == null) {
            return;
        }
        if (event.name() != null) {
            named(event.name(), data);
        } else if (findings.require(!data.has("error"), "has an error, but is no event: error")) {
            frame(data);
        }
    }

    private void named(String name, JsonNode data) {
        if (findings.require(name.equals("error"), "has the event name '" + name + "'")) {
            JsonNode body = data.path("error");
            findings.require(body.isObject(), "its error is no object: " + data);
            findings.require(isText(body.path("message")), "its error has no message");
            findings.require(isText(body.path("type")), "its error has no type");
            error = StreamError.from(body);
        }
    }

    private void frame(JsonNode data) {
        findings.require(
                data.path("object").asString("").equals("chat.completion.chunk"),
                "its object is " + data.path("object"));
        if (findings.require(isText(data.path("id")), "has no id")) {
            id = findings.same(id, data.path("id").asString(), "the id");
        }
        if (findings.require(isText(data.path("model")), "has no model")) {
            model = findings.same(model, data.path("model").asString(), "the model");
        }
        if (findings.require(data.path("created").isIntegralNumber(), "has no creation time")) {
            created = findings.same(created, data.path("created").asLong(), "the creation time");
        }
        findings.require(usage == null, "comes after the usage");
        if (findings.require(data.path("choices").isArray(), "has no choices")) {
            data.path("choices").forEach(this::choice);
        }
        usage(data.path("usage"), data.path("choices").isEmpty());
    }

    private void usage(JsonNode node, boolean alone) {
        if (node.isMissingNode() || node.isNull()) {
            findings.require(!alone, "has neither choices nor usage");
            return;
        }
        findings.require(alone, "has usage beside choices");
        int input = node.path("prompt_tokens").asInt(-1);
        int output = node.path("completion_tokens").asInt(-1);
        findings.require(input >= 0, "its usage has no prompt_tokens");
        findings.require(output >= 0, "its usage has no completion_tokens");
        findings.require(
                node.path("total_tokens").asInt(-1) == input + output,
                "its total_tokens are not the sum: " + node);
        for (ChatChoiceGrammar choice : choices.values()) {
            findings.require(
                    choice.finished(), "has usage before choice " + choice.index() + " finished");
        }
        usage = new ChatTranscript.Usage(input, output, node);
    }

    private void choice(JsonNode node) {
        if (!findings.require(node.path("index").isIntegralNumber(), "a choice has no index")) {
            return;
        }
        int index = node.path("index").asInt();
        if (!choices.containsKey(index)) {
            findings.require(
                    index == choices.size(),
                    "choice " + index + " begins where choice " + choices.size() + " is next");
        }
        ChatChoiceGrammar choice =
                choices.computeIfAbsent(index, n -> new ChatChoiceGrammar(n, findings));
        JsonNode delta = node.path("delta");
        if (findings.require(delta.isObject(), "choice " + index + " has no delta")) {
            choice.delta(delta);
            reasoningName(delta);
        }
        JsonNode reason = node.path("finish_reason");
        findings.require(!reason.isMissingNode(), "choice " + index + " has no finish_reason");
        if (reason.isString()) {
            findings.require(
                    FINISH_REASONS.contains(reason.asString()),
                    "choice " + index + " has the finish_reason " + reason);
            choice.finish(reason.asString());
        }
    }

    private void reasoningName(JsonNode delta) {
        for (String name : ChatChoiceGrammar.REASONING) {
            if (delta.path(name).isString()) {
                reasoningNames.add(name);
            }
        }
        findings.require(reasoningNames.size() < 2, "reasoning has two names: " + reasoningNames);
    }

    static boolean isText(JsonNode node) {
        return node.isString() && !node.asString().isEmpty();
    }
}
