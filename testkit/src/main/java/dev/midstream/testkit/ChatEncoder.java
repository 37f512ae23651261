package dev.midstream.testkit;

import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.Done;
import dev.midstream.testkit.Step.EmptyDelta;
import dev.midstream.testkit.Step.EndBlock;
import dev.midstream.testkit.Step.Event;
import dev.midstream.testkit.Step.Finish;
import dev.midstream.testkit.Step.InBandError;
import dev.midstream.testkit.Step.Malformed;
import dev.midstream.testkit.Step.Opening;
import dev.midstream.testkit.Step.Ping;
import dev.midstream.testkit.Step.Reasoning;
import dev.midstream.testkit.Step.Refusal;
import dev.midstream.testkit.Step.Text;
import dev.midstream.testkit.Step.ToolCall;
import dev.midstream.testkit.Step.Usage;
import dev.midstream.testkit.Step.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of one Chat Completions stream.
 *
 * <p><b>Source.</b> The OpenAPI description of the OpenAI API and streams recorded in public
 * repositories, read in 2026: one unnamed {@code data} line an event; each choice opens with a
 * chunk that has the role and an empty content; {@code usage} is null everywhere but in the one
 * event without choices before {@code [DONE]}, and absent unless {@code
 * stream_options.include_usage} is set.
 */
final class ChatEncoder implements Dialect.Encoder {

    private final ChatDialect dialect;
    private final Dialect.Ids ids;
    private final String model;
    private final boolean usageAsked;
    private final Optional<Usage> usage;
    private final Set<Integer> opened = new HashSet<>();
    private final Map<Integer, Integer> toolCalls = new HashMap<>();
    private final List<Wire> out = new ArrayList<>();
    private boolean begun;
    private int deltas;

    ChatEncoder(
            ChatDialect dialect, RecordedRequest request, Dialect.Ids ids, List<Content> script) {
        this.dialect = dialect;
        this.ids = ids;
        this.model = dialect.model(request);
        this.usageAsked =
                request.jsonOrMissing()
                        .path("stream_options")
                        .path("include_usage")
                        .asBoolean(false);
        this.usage =
                script.stream().filter(Usage.class::isInstance).map(Usage.class::cast).findFirst();
    }

    @Override
    public List<Wire> encode(Content step) {
        switch (step) {
            case Opening ignored -> open(0);
            case Text(int choice, String text) -> delta(choice, "content", text);
            case Reasoning(int choice, String text) ->
                    delta(choice, dialect.reasoningField(), text);
            case Refusal(int choice, String text) -> delta(choice, "refusal", text);
            case ToolCall call -> toolCall(call);
            case EndBlock ignored -> {}
            case EmptyDelta ignored -> delta(0, Json.object());
            case Finish finish -> finish(finish);
            case Usage tokens -> usage(tokens);
            case Done ignored -> done();
            case Ping ignored -> out.add(new Step.Comment("keep-alive"));
            case Malformed ignored -> malformed();
            case InBandError error -> error(error);
        }
        List<Wire> encoded = List.copyOf(out);
        out.clear();
        return encoded;
    }

    private void open(int choice) {
        if (!begun && dialect.has(ChatQuirk.EMPTY_OPENING)) {
            emit(emptyOpening());
        }
        begun = true;
        if (opened.add(choice)) {
            ObjectNode delta = Json.object().put("role", "assistant").put("content", "");
            delta.putNull("refusal");
            emit(chunk(choice, delta, null));
        }
    }

    private void delta(int choice, String field, String text) {
        delta(choice, Json.object().put(field, text));
    }

    private void delta(int choice, ObjectNode delta) {
        open(choice);
        deltas++;
        if (dialect.has(ChatQuirk.ROLE_REPEATED)) {
            delta.put("role", "assistant");
        }
        emit(chunk(choice, delta, null));
    }

    private void toolCall(ToolCall call) {
        int index = toolCalls.merge(call.choice(), 1, Integer::sum) - 1;
        boolean whole = dialect.has(ChatQuirk.TOOL_CALL_WHOLE);
        String first = whole ? String.join("", call.fragments()) : "";
        ObjectNode opening =
                Json.object().put("index", index).put("id", call.id()).put("type", "function");
        opening.putObject("function").put("name", call.name()).put("arguments", first);
        toolDelta(call.choice(), opening);
        for (String fragment : whole ? List.<String>of() : call.fragments()) {
            ObjectNode more = Json.object().put("index", index);
            more.putObject("function").put("arguments", fragment);
            toolDelta(call.choice(), more);
        }
    }

    private void toolDelta(int choice, ObjectNode call) {
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls").add(call);
        delta(choice, delta);
    }

    private void finish(Finish finish) {
        open(finish.choice());
        ObjectNode chunk = chunk(finish.choice(), Json.object(), finish.reason());
        if (dialect.has(ChatQuirk.USAGE_WITH_FINISH) && usage.isPresent()) {
            chunk.set("usage", dialect.usage(usage.get()));
            if (dialect.has(ChatQuirk.ERROR_IN_X_GROQ)) {
                chunk.putObject("x_groq")
                        .put("id", ids.with("req_"))
                        .set("usage", dialect.usage(usage.get()));
            }
        }
        emit(chunk);
    }

    private void usage(Usage tokens) {
        boolean due = usageAsked || dialect.has(ChatQuirk.USAGE_UNASKED);
        if (due && !dialect.has(ChatQuirk.USAGE_WITH_FINISH)) {
            ObjectNode chunk = frame();
            chunk.putArray("choices");
            chunk.set("usage", dialect.usage(tokens));
            emit(chunk);
        }
    }

    private void done() {
        if (!dialect.has(ChatQuirk.NO_DONE)) {
            out.add(new Event("[DONE]"));
        }
    }

    private void malformed() {
        open(0);
        String whole = Json.write(chunk(0, Json.object().put("content", "lost"), null));
        out.add(new Event(whole.substring(0, whole.length() / 2)));
    }

    private void error(InBandError error) {
        ObjectNode body =
                dialect.error(error.status(), error.type(), error.message(), error.code());
        if (dialect.has(ChatQuirk.ERROR_IN_CHOICE)) {
            emit(errorInChoice(error));
        } else if (dialect.has(ChatQuirk.ERROR_IN_X_GROQ)) {
            ObjectNode chunk = chunk(0, Json.object(), null);
            chunk.putObject("x_groq").put("id", ids.with("req_")).put("error", error.message());
            emit(chunk);
        } else if (dialect.has(ChatQuirk.ERROR_NAMED)) {
            ObjectNode flat = Json.object().put("code", error.status());
            out.add(new Event("error", Json.write(flat.put("details", error.message()))));
        } else if (dialect.has(ChatQuirk.ERROR_FIELD)) {
            out.add(new Step.Raw("error: " + Json.write(body) + "\n\n"));
        } else {
            ObjectNode envelope = Json.object();
            envelope.set("error", body);
            emit(envelope);
        }
        if (dialect.has(ChatQuirk.DONE_AFTER_ERROR)) {
            done();
        }
    }

    /** OpenRouter's: an error beside choices, in an otherwise normal event. */
    private ObjectNode errorInChoice(InBandError error) {
        ObjectNode chunk = chunk(0, Json.object().put("content", ""), "error");
        chunk.putObject("error")
                .put("code", error.status())
                .put("message", error.message())
                .putObject("metadata")
                .put("error_type", error.type());
        return chunk;
    }

    /** Azure's: the results of the prompt filter, before anything has an id. */
    private static ObjectNode emptyOpening() {
        ObjectNode chunk =
                Json.object().put("id", "").put("object", "").put("created", 0).put("model", "");
        chunk.putArray("choices");
        chunk.putArray("prompt_filter_results")
                .addObject()
                .put("prompt_index", 0)
                .putObject("content_filter_results");
        return chunk;
    }

    private ObjectNode chunk(int choice, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = frame();
        ObjectNode entry = chunk.putArray("choices").addObject().put("index", choice);
        entry.set("delta", delta);
        entry.putNull("logprobs");
        entry.put("finish_reason", finishReason);
        if (dialect.has(ChatQuirk.USAGE_RUNNING)) {
            int input = usage.map(Usage::input).orElse(0);
            chunk.set("usage", dialect.usage(new Usage(input, deltas)));
        } else if (usageAsked || dialect.has(ChatQuirk.USAGE_NULL)) {
            chunk.putNull("usage");
        }
        if (dialect.has(ChatQuirk.OBFUSCATION)) {
            chunk.put("obfuscation", "k3Jd".repeat(1 + deltas % 4));
        }
        return chunk;
    }

    private ObjectNode frame() {
        ObjectNode chunk =
                Json.object()
                        .put("id", ids.with("chatcmpl-"))
                        .put("object", "chat.completion.chunk")
                        .put("created", ids.created())
                        .put("model", model)
                        .put("service_tier", "default")
                        .put("system_fingerprint", "fp_" + ids.provider());
        if (dialect.has(ChatQuirk.ERROR_NULL)) {
            chunk.putNull("error");
        }
        return chunk;
    }

    private void emit(ObjectNode chunk) {
        out.add(new Event(Json.write(chunk)));
    }
}
