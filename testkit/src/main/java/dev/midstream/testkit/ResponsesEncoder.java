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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of one Responses stream.
 *
 * <p><b>Source.</b> The OpenAPI description of the OpenAI API and streams recorded in public
 * repositories, read in 2026: named events with contiguous sequence numbers; one item after the
 * other, each announced, told in pieces, told whole and closed; parallel calls are items of their
 * own; one terminal event with the whole response. An error is an {@code error} event with the
 * error nested in it, then {@code response.failed}.
 */
final class ResponsesEncoder implements Dialect.Encoder {

    private final ResponsesDialect dialect;
    private final ResponsesRequest request;
    private final Dialect.Ids ids;
    private final ResponsesDocument document;
    private final ResponsesEvents events;
    private final Optional<Usage> usage;
    private final ArrayNode output = Json.array();
    private @Nullable ResponsesItem open;
    private Finish finish = new Finish("stop");
    private @Nullable ObjectNode ended;
    private boolean begun;
    private int deltas;

    ResponsesEncoder(
            ResponsesDialect dialect,
            ResponsesRequest request,
            Dialect.Ids ids,
            List<Content> script) {
        this.dialect = dialect;
        this.request = request;
        this.ids = ids;
        this.document = new ResponsesDocument(request, ids);
        this.events = new ResponsesEvents(dialect, request);
        this.usage =
                script.stream().filter(Usage.class::isInstance).map(Usage.class::cast).findFirst();
    }

    @Override
    public List<Wire> encode(Content step) {
        switch (step) {
            case Opening ignored -> begin();
            case Text(int choice, String text) -> message(choice).more("output_text", text);
            case Refusal(int choice, String text) -> message(choice).more("refusal", text);
            case Reasoning(int choice, String text) -> reasoning(choice).more(text);
            case ToolCall call -> toolCall(call);
            case EndBlock ignored -> closeItem("completed");
            case EmptyDelta ignored -> (open == null ? message(0) : open).more("");
            case Finish how -> finish(how);
            case Usage ignored -> {}
            case Done ignored -> done();
            case Ping ignored -> events.emit("keepalive", Json.object());
            case Malformed ignored -> malformed();
            case InBandError error -> fail(error.type(), error.message(), error.code());
        }
        return events.take();
    }

    /** The response as it is by now. */
    ObjectNode soFar() {
        return ended != null ? ended : begun ? document.running(output) : document.waiting();
    }

    @Override
    public @Nullable ObjectNode whole() {
        return ended;
    }

    /** The response ends as it is. */
    void cancel() {
        ended = document.cancelled(output);
    }

    /** The whole response, if what was encoded is all there is. */
    ObjectNode finished() {
        if (ended == null) {
            closeItem("completed");
            ended = isFailure(finish) ? failed() : document.finished(finish, output, tokens());
        }
        return ended;
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        if (request.inBackground()) {
            lifecycle("created", document.waiting());
            lifecycle("queued", document.waiting());
        } else {
            lifecycle("created", document.running(output));
        }
        lifecycle("in_progress", document.running(output));
        if (dialect.has(ResponsesQuirk.KEEPALIVE)) {
            events.emit("keepalive", Json.object());
        }
    }

    private void lifecycle(String name, ObjectNode response) {
        ObjectNode data = Json.object();
        data.set("response", response);
        events.emit("response." + name, data);
    }

    // ------------------------------------------------------------------------------------ items

    private ResponsesItem.Message message(int choice) {
        deltas++;
        requireOne(choice);
        if (open instanceof ResponsesItem.Message message) {
            return message;
        }
        return opened(new ResponsesItem.Message(events, id("msg_"), nextIndex()));
    }

    private ResponsesItem.Reasoning reasoning(int choice) {
        deltas++;
        requireOne(choice);
        if (open instanceof ResponsesItem.Reasoning reasoning) {
            return reasoning;
        }
        int index = nextIndex();
        String encrypted =
                request.includes("reasoning.encrypted_content")
                        ? ResponsesDialect.encrypted(ids, index)
                        : null;
        return opened(new ResponsesItem.Reasoning(events, id("rs_"), index, dialect, encrypted));
    }

    /** A call with the id of the open one is the rest of it. */
    private void toolCall(ToolCall step) {
        requireOne(step.choice());
        ResponsesItem.Call call =
                open instanceof ResponsesItem.Call now && now.callId().equals(step.id())
                        ? now
                        : opened(
                                new ResponsesItem.Call(
                                        events, id("fc_"), nextIndex(), step.id(), step.name()));
        step.fragments().forEach(call::more);
        deltas += step.fragments().size();
    }

    /** The place of the item that is opened next, everything before it being closed. */
    private int nextIndex() {
        begin();
        closeItem("completed");
        return output.size();
    }

    private String id(String prefix) {
        nextIndex();
        return ids.with(prefix) + "-" + output.size();
    }

    private <T extends ResponsesItem> T opened(T item) {
        open = item;
        item.open();
        return item;
    }

    private void closeItem(String status) {
        if (open != null) {
            output.add(open.close(status));
        }
        open = null;
    }

    private static void requireOne(int choice) {
        if (choice != 0) {
            throw new IllegalArgumentException("Responses have one choice, not choice " + choice);
        }
    }

    // -------------------------------------------------------------------------------------- end

    private void finish(Finish how) {
        begin();
        finish = how;
        boolean complete = how.reason().equals("stop") || how.reason().equals("tool_calls");
        closeItem(complete ? "completed" : "incomplete");
    }

    private void done() {
        begin();
        if (ended == null && !dialect.has(ResponsesQuirk.NO_TERMINAL_EVENT)) {
            if (isFailure(finish)) {
                fail("server_error", ResponsesDialect.FAILED, null);
            } else {
                ObjectNode response = finished();
                lifecycle(response.path("status").asString(), response);
            }
        }
        if (dialect.has(ResponsesQuirk.RATE_LIMITS_LAST)) {
            ObjectNode limits = Json.object();
            limits.putArray("rate_limits");
            events.emit("response.rate_limits.updated", limits);
        }
        if (dialect.has(ResponsesQuirk.DONE_SENT)) {
            events.emitUnnumbered(new Event("[DONE]"));
        }
    }

    private static boolean isFailure(Finish finish) {
        return finish.reason().equals("failed");
    }

    private void fail(String type, String message, @Nullable String code) {
        begin();
        if (!dialect.has(ResponsesQuirk.FAILED_WITHOUT_ERROR)) {
            events.emit("error", error(type, message, code));
        }
        ended = document.failed(code == null ? type : code, message, output);
        if (!dialect.has(ResponsesQuirk.ERROR_ALONE)) {
            lifecycle("failed", ended);
        }
    }

    private ObjectNode failed() {
        return document.failed("server_error", ResponsesDialect.FAILED, output);
    }

    private ObjectNode error(String type, String message, @Nullable String code) {
        if (dialect.has(ResponsesQuirk.ERROR_FLAT)) {
            return Json.object()
                    .put("code", code == null ? type : code)
                    .put("message", message)
                    .putNull("param");
        }
        ObjectNode data = Json.object();
        data.putObject("error")
                .put("type", type)
                .put("code", code)
                .put("message", message)
                .putNull("param");
        return data;
    }

    private void malformed() {
        begin();
        events.emitBroken(
                "response.output_text.delta",
                Json.object().put("item_id", ids.with("msg_")).put("delta", "lost"));
    }

    private Usage tokens() {
        return usage.orElse(new Usage(0, deltas));
    }
}
