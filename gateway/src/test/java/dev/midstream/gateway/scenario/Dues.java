package dev.midstream.gateway.scenario;

import static dev.midstream.gateway.scenario.Expected.brokenOff;
import static dev.midstream.gateway.scenario.Expected.brokenOffBy;
import static dev.midstream.gateway.scenario.Expected.calling;
import static dev.midstream.gateway.scenario.Expected.failed;
import static dev.midstream.gateway.scenario.Expected.refused;
import static dev.midstream.gateway.scenario.Expected.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.scenario.Expected.BrokenOff;
import dev.midstream.gateway.scenario.Expected.Cause;
import dev.midstream.gateway.scenario.Expected.Whole;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Said;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen.Call;
import dev.midstream.testkit.scenario.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What is due to clients in each scenario of the catalogue, by its name. Where a scenario is not
 * named here, they are due the whole answer, and primary and fallback get one request each.
 */
final class Dues {

    private static final String CUT = "upstream_cut";
    private static final String INVALID = "invalid_request_error";
    private static final String LIMIT = "Rate limit reached, please slow down.";
    private static final String QUOTA = "You exceeded your current quota.";
    private static final String BUSY = "Overloaded, try again later.";
    private static final String RESET = "connection reset, after 40 words, ";
    private static final Call IN_PARIS = new Call("get_weather", Said.PARIS);
    private static final Call IN_OSLO = new Call("get_weather", Said.OSLO);

    private final Map<String, Due> byName = new LinkedHashMap<>();

    private Dues() {
        wholeAnswers();
        errorsBeforeAnything();
        errorsOfTheGateway();
        errorsAfterSome();
        structures();
        onlyWhileStreaming();
        byConfiguration();
    }

    static Dues all() {
        return new Dues();
    }

    Due of(Scenario scenario) {
        return byName.getOrDefault(scenario.name(), Due.whole(1, 1));
    }

    /** The scenarios whose dues are said here. */
    Set<String> names() {
        return byName.keySet();
    }

    private void each(Supplier<Due> due, String... names) {
        for (String name : names) {
            due(name, due.get());
        }
    }

    private void due(String name, Due due) {
        if (byName.put(name, due) != null) {
            throw new IllegalStateException("said twice: " + name);
        }
    }

    private void wholeAnswers() {
        each(
                () -> Due.whole(1, 0),
                "first token late, within first_token_timeout",
                "odd end, reset after the finish reason",
                "odd end, no [DONE], no message_stop",
                "odd end, [DONE] or message_stop twice",
                "odd end, the socket stays open after it",
                "odd end, usage and finish reason in one event",
                "odd end, by the end of the connection",
                "odd framing, CRLF",
                "odd framing, CR",
                "odd framing, data over several lines",
                "odd framing, a write every seven bytes",
                "odd framing, all in one write",
                "odd framing, comments and empty deltas between",
                "trickle, some words every second for twelve seconds, idle_timeout 10 s",
                "odd stream, item ids rotate",
                "odd stream, done sent",
                "odd stream, keepalive",
                "odd stream, rate limits last",
                "odd stream, obfuscation",
                "odd stream, padded",
                "odd stream, no ping",
                "odd stream, message delta twice",
                "Azure's habits, undisturbed",
                "DeepSeek's habits, undisturbed",
                "Groq's habits, undisturbed",
                "OpenRouter's habits, undisturbed",
                "vLLM's habits, undisturbed",
                "worst habits, undisturbed",
                "odd size, one event of 10 MB",
                "odd size, one event of 1 MB",
                "connection reset, after a complete JSON document");
        each(
                () -> Due.whole(2, 0),
                "429 with Retry-After, once, nobody else is there",
                "500, once, nobody else is there",
                "reset before the headers, once, nobody else is there",
                "connection reset, after 40 words, nobody else is there",
                "connection reset, after 40 words, disable_fallbacks in the body: the group itself goes on",
                "stream refused, 400 with param stream, asked plainly at once");
        each(
                () -> Due.whole(0, 1),
                "connection refused, ",
                "connection never answered, connect_timeout");
        each(
                () -> Due.whole(2, 1),
                "second break, all others are dead, the primary goes on",
                "fallback's continuation, it refuses the task, the primary goes on");
        each(
                () -> Due.whole(1, 1, 1),
                "second break, the fallback breaks off too",
                "second break, the fallback is dead",
                "fallback's continuation, a prefill's last words are repeated",
                "fallback's continuation, it refuses the task",
                "fallback's continuation, it digresses",
                "fallback's continuation, it goes on without the anchor",
                "fallback's continuation, it falls silent, first_token_timeout");
        each(
                () -> Due.whole(1, 1, 0),
                "fallback's continuation, a prefill is echoed",
                "fallback's continuation, a prefill is ignored, it starts anew",
                "fallback's continuation, asked by a user turn, it starts anew",
                "fallback's continuation, it opens with \"Sure, continuing\"",
                "fallback's continuation, it repeats more than the anchor");
        each(
                () -> Due.whole(1, 2, 0),
                "fallback's continuation, a prefill is refused with 400",
                "fallback's continuation, a prefill is followed by \"Sure, continuing\"");
        each(
                () -> Due.whole(Map.of(Role.PRIMARY, 1, Role.TWIN, 1, Role.FALLBACK, 0)),
                "connection reset, after 40 words, two deployments in the group");
    }

    private void errorsBeforeAnything() {
        each(
                () -> Due.whole(1, 1).gives(refused(429, "rate_limit_error", LIMIT)),
                "429 with Retry-After, persistent, everywhere");
        each(
                () -> Due.whole(2, 0).gives(refused(429, "rate_limit_error", LIMIT)),
                "429 without a hint, persistent, one retry, nobody else is there");
        each(
                () -> Due.whole(1, 0).gives(refused(429, "insufficient_quota", QUOTA)),
                "429, the quota is used up, nobody else is there: never retried");
        for (int status : List.of(503, 529)) {
            due(
                    status + ", persistent, everywhere, no retries",
                    Due.whole(1, 1).gives(refused(status, "overloaded_error", BUSY)));
        }
        due(
                "error inside the stream, in its first event, nobody else, no retries",
                Due.whole(1, 0).gives(refused(529, "overloaded_error", BUSY)));
        String odd = "The frobnicator must be even.";
        due(
                "request refused, 400 of no known kind, everywhere",
                Due.whole(1, 1).gives(refused(400, INVALID, odd)));
        String tooLong =
                "This model's maximum context length is 8192 tokens, your messages have 9000.";
        due(
                "request refused, context length 400, nobody else is there",
                Due.whole(1, 0).gives(refused(400, INVALID, tooLong)));
        String filtered = "The response was filtered by our content management policy.";
        due(
                "request refused, content filter 400",
                Due.whole(1, 0).gives(refused(400, INVALID, filtered)));
        String shut = "The key is not valid here.";
        due(
                "request refused, 401, nobody else is there",
                Due.whole(1, 0).gives(refused(401, "authentication_error", shut)));
        due(
                "500, persistent, disable_fallbacks: true, no retries",
                Due.whole(1, 0).gives(refused(500, "api_error", "The server had an error.")));
    }

    private void errorsOfTheGateway() {
        due(
                "connection refused, nobody else, no retries",
                Due.whole(0, 0).gives(failed(502, "server_error", "upstream_connect")));
        due(
                "reset before the headers, everywhere, no retries",
                Due.whole(1, 1).gives(failed(502, "server_error", "upstream_reset")));
        String late = "upstream_first_token_timeout";
        due(
                "no response at all, first_token_timeout, nobody else, no retries",
                Due.whole(1, 0).gives(failed(504, "timeout_error", late)));
        due(
                "no response at all, request_timeout, the one deadline",
                Due.whole(1, 0).gives(failed(504, "timeout_error", "upstream_deadline")));
        due(
                "no first token, the stream is open already, nobody else, no retries",
                Due.whole(1, 0)
                        .streamed(brokenOff("", "timeout_error", late))
                        .plain(failed(504, "timeout_error", late)));
        String busy = "Overloaded after a while.";
        due(
                "no first token, the stream is open already, then 529, no retries",
                Due.whole(1, 0)
                        .streamed(brokenOffBy("", "overloaded_error", busy))
                        .plain(refused(529, "overloaded_error", busy)));
    }

    private static BrokenOff cut() {
        return brokenOff(Said.words(40), "server_error", CUT);
    }

    private static Due cut(Due due) {
        return due.streamed(cut()).plain(failed(502, "server_error", CUT));
    }

    private void errorsAfterSome() {
        each(
                () -> cut(Due.whole(1, 0)),
                RESET + "nobody else, no retries",
                RESET + "disable_fallbacks in the body, no retries",
                RESET + "x-midstream-disable-fallbacks, no retries",
                RESET + "max_attempts: 1");
        each(
                () -> cut(Due.whole(1, 1)),
                "fallback's continuation, it refuses the task, nobody else, no retries",
                RESET + "min_seam: exact, nobody can prove it, no retries");
        due("second break, all others are dead, no retries", cut(Due.whole(1, 1, 1)));
        due("second break, every attempt, nobody else is there", cut(Due.whole(3, 0)));
        String busy = "Overloaded in the middle of it.";
        due(
                "error inside the stream, after 40 words, nobody else, no retries",
                Due.whole(1, 0)
                        .streamed(brokenOffBy(Said.words(40), "overloaded_error", busy))
                        .plain(refused(529, "overloaded_error", busy)));
    }

    private void structures() {
        String thought = Said.THOUGHT;
        due(
                "connection reset, inside the reasoning",
                Due.whole(1, 1)
                        .gives(whole().reasoning(Said.words(thought, 6) + "\n\n" + thought)));
        due(
                "connection reset, in the text, after reasoning",
                Due.whole(1, 1).gives(whole().reasoning(thought)));
        each(
                () -> Due.whole(1, 1).gives(calling(IN_PARIS)),
                "connection reset, inside a tool call",
                "bad end, a tool call ends with half its arguments");
        each(
                () -> Due.whole(1, 0).gives(calling(IN_PARIS)),
                "connection reset, after a complete tool call",
                "connection reset, between two parallel tool calls",
                "connection reset, inside the second of two tool calls");
        due(
                "connection reset, after two parallel tool calls",
                Due.whole(1, 0).gives(calling(IN_PARIS, IN_OSLO)));
        each(
                () -> Due.whole(1, 1).gives(calling(Said.LEAD, IN_PARIS)),
                "connection reset, in a text before a tool call",
                "connection reset, inside a tool call, after a text");
        due(
                "connection reset, after a text and a complete tool call",
                Due.whole(1, 0).gives(calling(Said.LEAD, IN_PARIS)));
        due(
                "policy's end, content_filter after 20 words",
                Due.whole(1, 0).gives(new Whole(Said.words(20), "", List.of(), "content_filter")));
        due("connection reset, inside a stop string", Due.whole(1, 1).gives(whole(Said.words(52))));
        due(
                "connection reset, inside a JSON document with a schema, other than promised",
                Due.whole(1, 1)
                        .streamed(brokenOff(Said.WRONG_DOCUMENT, "server_error", CUT))
                        .plain(failed(502, "server_error", CUT)));
    }

    /** Who waits for one piece can be given another answer. */
    private void onlyWhileStreaming() {
        BrokenOff insideSomething = new BrokenOff("", true, new Cause("server_error", CUT, ""));
        each(
                () ->
                        Due.whole(1, 0)
                                .streamed(insideSomething)
                                .plain(calling(IN_PARIS))
                                .asksPlain(1, 1),
                "connection reset, inside a tool call that is larger than max_held",
                "connection reset, inside a tool call, hold_tool_calls: never");
        due(
                "connection reset, inside a refusal",
                Due.whole(1, 0)
                        .streamed(insideSomething)
                        .streamed(
                                Wire.MESSAGES,
                                brokenOff("I must not help with", "server_error", CUT))
                        .asksPlain(1, 1));
        due(
                "connection reset, with two choices asked for",
                Due.whole(1, 0)
                        .streamed(brokenOff("One", "server_error", CUT))
                        .plain(whole("One more"))
                        .asksPlain(1, 1));
        String wrong = "The request turned out to be wrong.";
        due(
                "error inside the stream, after 40 words, the request is wrong",
                Due.whole(1, 0)
                        .streamed(brokenOffBy(Said.words(40), INVALID, wrong))
                        .asksPlain(1, 1));
        each(
                () -> Due.whole(1, 0).streamed(cut()).asksPlain(1, 1),
                RESET + "mid_stream: error",
                RESET + "model_info.mid_stream: error",
                RESET + "x-midstream-mid-stream: error",
                RESET + "max_continuations: 0",
                RESET + "max_transcript: 100");
        due(
                RESET + "max_continuations: 1, the fallback breaks off too",
                Due.whole(1, 1, 0).streamed(cut()).asksPlain(1, 1));
    }

    private void byConfiguration() {
        each(
                () ->
                        Due.whole(1, 1)
                                .streamed(whole(Said.words(40) + "\n\n" + Said.OTHER_ESSAY))
                                .leaving(Said.OTHER_ESSAY)
                                .plain(whole(Said.OTHER_ESSAY)),
                RESET + "mid_stream: restart, another answer",
                RESET + "disable_mid_stream_continuation: true");
        each(
                () -> Due.whole(1, 1).check(asked -> assertThat(lastRole(asked)).isEqualTo("user")),
                RESET + "continuation: user_turn, the fallback would take a prefill",
                RESET + "supports_assistant_prefill: false");
        due(
                RESET + "continuation: replay",
                Due.whole(1, 1).check(asked -> assertThat(repeats(asked)).isTrue()));
        due(
                RESET + "continuation: resume",
                Due.whole(2, 0).check(asked -> assertThat(resumed(asked)).isEqualTo("GET")));
        due(
                RESET + "continuation_prompt of one's own",
                Due.whole(1, 1)
                        .check(
                                asked ->
                                        assertThat(messages(asked).toString())
                                                .contains("Begin by repeating")));
        due(
                "malformed event, one between two good ones",
                Due.whole(1, 0)
                        .logged(line -> assertThat(line.path("malformed").asInt()).isEqualTo(1)));
    }

    private static JsonNode messages(Upstreams asked) {
        JsonNode body = asked.provider(Role.FALLBACK).requests().getLast().json();
        return body.has("messages") ? body.path("messages") : body.path("input");
    }

    /** How the primary was asked for the rest of its own generation. */
    private static String resumed(Upstreams asked) {
        return asked.provider(Role.PRIMARY).requests().getLast().method();
    }

    /** Whether nothing stands behind the question. */
    private static boolean repeats(Upstreams asked) {
        JsonNode messages = messages(asked);
        return messages.isString() || messages.size() == 1;
    }

    private static String lastRole(Upstreams asked) {
        JsonNode messages = messages(asked);
        return messages.get(messages.size() - 1).path("role").asString("");
    }
}
