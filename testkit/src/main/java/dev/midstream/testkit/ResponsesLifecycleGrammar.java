package dev.midstream.testkit;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The judge of the response objects in the events that tell of a stream's life. */
final class ResponsesLifecycleGrammar {

    private static final Set<String> INCOMPLETE_REASONS =
            Set.of("max_output_tokens", "content_filter");

    private final Findings findings;
    private @Nullable JsonNode created;
    private @Nullable String state;
    private @Nullable JsonNode last;

    ResponsesLifecycleGrammar(Findings findings) {
        this.findings = findings;
    }

    boolean hasBegun() {
        return created != null;
    }

    boolean isOver() {
        return last != null;
    }

    void event(String name, JsonNode response, List<ResponsesItemGrammar> items) {
        for (String member : ResponsesVocabulary.responseMembers()) {
            findings.require(response.has(member), "the response has no " + member);
        }
        findings.require(ChatStreamGrammar.isText(response.path("id")), "the response has no id");
        same(response);
        switch (name) {
            case "response.created" -> created(response);
            case "response.queued" -> before(name, response, items, "queued");
            case "response.in_progress" -> before(name, response, items, "in_progress");
            case "response.completed" -> completed(response, items);
            case "response.incomplete" -> incomplete(response, items);
            default -> failed(response, items);
        }
        if (ResponsesVocabulary.TERMINAL.contains(name)) {
            last = response;
        }
    }

    /** Who and when it is does not change, once it was said. */
    private void same(JsonNode response) {
        if (created == null) {
            return;
        }
        for (String member : List.of("id", "model", "created_at")) {
            findings.require(
                    response.path(member).equals(created.path(member)),
                    "the response changes its "
                            + member
                            + " from "
                            + created.path(member)
                            + " to "
                            + response.path(member));
        }
    }

    private void created(JsonNode response) {
        findings.require(created == null, "response.created comes again");
        findings.require(
                Set.of("in_progress", "queued").contains(response.path("status").asString("")),
                "the response starts with the status " + response.path("status"));
        requireNoOutput(response);
        created = response;
        state = "created";
    }

    private void before(
            String name, JsonNode response, List<ResponsesItemGrammar> items, String status) {
        boolean inPlace = status.equals("queued") ? "created".equals(state) : !name.equals(state);
        findings.require(inPlace && items.isEmpty(), name + " comes too late");
        requireStatus(response, status);
        requireNoOutput(response);
        state = name;
    }

    private void requireNoOutput(JsonNode response) {
        findings.require(
                response.path("output").isArray() && response.path("output").isEmpty(),
                "the response does not start with an empty output");
    }

    // -------------------------------------------------------------------------------------- end

    private void completed(JsonNode response, List<ResponsesItemGrammar> items) {
        requireStatus(response, "completed");
        requireNull(response, "error");
        requireNull(response, "incomplete_details");
        requireClosed(items);
        requireOutput(response, items);
        findings.require(response.path("usage").isObject(), "the response has no usage");
        usage(response.path("usage"));
        for (ResponsesItemGrammar item : items) {
            JsonNode whole = item.whole();
            findings.require(
                    whole == null
                            || !item.type().equals("function_call")
                            || whole.path("status").asString("").equals("completed"),
                    "the response is completed with an incomplete call " + item.callId());
        }
    }

    private void incomplete(JsonNode response, List<ResponsesItemGrammar> items) {
        requireStatus(response, "incomplete");
        requireNull(response, "error");
        JsonNode reason = response.path("incomplete_details").path("reason");
        findings.require(
                INCOMPLETE_REASONS.contains(reason.asString("")),
                "the response is incomplete for the reason " + reason);
        requireClosed(items);
        requireOutput(response, items);
        usage(response.path("usage"));
    }

    private void failed(JsonNode response, List<ResponsesItemGrammar> items) {
        requireStatus(response, "failed");
        findings.require(
                ChatStreamGrammar.isText(response.path("error").path("code"))
                        && ChatStreamGrammar.isText(response.path("error").path("message")),
                "the response failed without code and message: " + response.path("error"));
        requireOutput(response, items);
        usage(response.path("usage"));
    }

    private void requireStatus(JsonNode response, String status) {
        findings.require(
                response.path("status").asString("").equals(status),
                "the response has the status " + response.path("status") + ", expected " + status);
    }

    private void requireNull(JsonNode response, String member) {
        findings.require(
                response.path(member).isNull(),
                "the response has the " + member + " " + response.path(member));
    }

    private void requireClosed(List<ResponsesItemGrammar> items) {
        for (int i = 0; i < items.size(); i++) {
            findings.require(!items.get(i).isOpen(), "item " + i + " is not closed");
        }
    }

    /** Closed items as they were closed; an open one, which only a failure leaves, may be there. */
    private void requireOutput(JsonNode response, List<ResponsesItemGrammar> items) {
        JsonNode output = response.path("output");
        int at = 0;
        for (int i = 0; i < items.size(); i++) {
            JsonNode whole = items.get(i).whole();
            JsonNode told = output.path(at);
            if (whole != null) {
                findings.require(
                        told.equals(whole),
                        "the output has " + told + " for item " + i + " " + whole);
                at++;
            } else if (told.path("id").asString("").equals(items.get(i).id())) {
                findings.require(
                        told.path("status").asString("").equals("incomplete"),
                        "the output has item " + i + ", never closed, as " + told);
                at++;
            }
        }
        findings.require(
                output.isArray() && output.size() == at,
                "the output has " + output.size() + " items, expected " + at);
    }

    private void usage(JsonNode usage) {
        if (!usage.isObject()) {
            return;
        }
        for (String count : List.of("input_tokens", "output_tokens", "total_tokens")) {
            requireCount(usage.path(count), count);
        }
        JsonNode input = usage.path("input_tokens_details");
        requireCount(input.path("cached_tokens"), "cached_tokens");
        requireCount(input.path("cache_write_tokens"), "cache_write_tokens");
        JsonNode output = usage.path("output_tokens_details");
        requireCount(output.path("reasoning_tokens"), "reasoning_tokens");
        findings.require(
                usage.path("total_tokens").asInt(-1)
                        == usage.path("input_tokens").asInt() + usage.path("output_tokens").asInt(),
                "its total_tokens are not the sum: " + usage);
    }

    private void requireCount(JsonNode count, String name) {
        findings.require(
                count.isIntegralNumber() && count.asInt() >= 0, "its usage has no " + name);
    }

    // ------------------------------------------------------------------------------- transcript

    ResponsesTranscript transcript(
            List<ResponsesTranscript.Item> items,
            @Nullable StreamError error,
            int sequence,
            int keepalives,
            List<String> comments) {
        JsonNode begun = created == null ? Json.missing() : created;
        JsonNode end = last == null ? Json.missing() : last;
        JsonNode usage = end.path("usage");
        return new ResponsesTranscript(
                begun.path("id").asString(""),
                begun.path("model").asString(""),
                items,
                string(end.path("status")),
                string(end.path("incomplete_details").path("reason")),
                usage.isObject()
                        ? new ResponsesTranscript.Usage(
                                usage.path("input_tokens").asInt(-1),
                                usage.path("output_tokens").asInt(-1),
                                usage)
                        : null,
                error,
                end,
                sequence,
                keepalives,
                comments);
    }

    private static @Nullable String string(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }
}
