package dev.midstream.testkit.scenario;

import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.scenario.Part.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Failures of which a client never hears as long as somebody else is left. */
final class BeforeTheFirstContent {

    private static final String LIMIT = "Rate limit reached, please slow down.";
    private static final String QUOTA = "You exceeded your current quota.";
    private static final String BUSY = "Overloaded, try again later.";
    private static final String BROKE = "The server had an error.";
    private static final String TOO_LONG =
            "This model's maximum context length is 8192 tokens, your messages have 9000.";
    private static final String FILTERED =
            "The response was filtered by our content management policy.";
    private static final String ODD = "The frobnicator must be even.";
    private static final String KEY = "The key is not valid here.";
    private static final String INVALID = "invalid_request_error";
    private static final String IMPATIENT = "first_token_timeout: 0.3";
    private static final String ONCE = "num_retries: 0";

    private BeforeTheFirstContent() {}

    static List<Scenario> all() {
        return Stream.of(
                        rateLimits(),
                        quotas(),
                        serverErrors(),
                        connections(),
                        silences(),
                        requests(),
                        junk())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Scenario> rateLimits() {
        return List.of(
                Scenario.of("429 with Retry-After", "once, nobody else is there")
                        .primary(Part.first(limited(Map.of("retry-after-ms", "150")))),
                Scenario.of("429 with Retry-After", "once")
                        .primary(Part.first(limited(Map.of("retry-after", "1"))))
                        .fallback(),
                Scenario.of("429 with Retry-After", "persistent")
                        .primary(Part.always(limited(Map.of("retry-after", "600"))))
                        .fallback(),
                Scenario.of("429 with Retry-After", "persistent, everywhere")
                        .primary(Part.always(limited(Map.of("retry-after", "600"))))
                        .fallback(Part.always(limited(Map.of("retry-after", "600")))),
                Scenario.of("429 without a hint", "persistent, one retry, nobody else is there")
                        .primary(Part.always(limited(Map.of())))
                        .router("num_retries: 1"));
    }

    private static List<Scenario> quotas() {
        Part spent =
                Part.always(
                        Answer.error(
                                429, "insufficient_quota", QUOTA, "insufficient_quota", Map.of()));
        return List.of(
                Scenario.of("429, the quota is used up", "persistent").primary(spent).fallback(),
                Scenario.of("429, the quota is used up", "nobody else is there: never retried")
                        .primary(spent));
    }

    private static Answer limited(Map<String, String> headers) {
        return Answer.error(429, "rate_limit_error", LIMIT, null, headers);
    }

    private static List<Scenario> serverErrors() {
        List<Scenario> all = new ArrayList<>();
        all.add(
                Scenario.of("500", "once, nobody else is there")
                        .primary(Part.first(Answer.error(500, "api_error", BROKE))));
        all.add(
                Scenario.of("500", "once")
                        .primary(Part.first(Answer.error(500, "api_error", BROKE)))
                        .fallback());
        for (int status : List.of(503, 529)) {
            Part busy = Part.error(status, "overloaded_error", BUSY);
            all.add(Scenario.of(Integer.toString(status), "persistent").primary(busy).fallback());
            all.add(
                    Scenario.of(Integer.toString(status), "persistent, everywhere, no retries")
                            .primary(busy)
                            .fallback(Part.error(500, "api_error", BROKE))
                            .router(ONCE));
        }
        all.addAll(inTheFirstFrame());
        for (int status : List.of(402, 403, 404, 408, 409, 413, 422, 502, 504)) {
            all.add(
                    Scenario.of(Integer.toString(status), "persistent")
                            .primary(Part.error(status, "api_error", BROKE))
                            .fallback()
                            .in(Pair.SAME));
        }
        return all;
    }

    private static List<Scenario> inTheFirstFrame() {
        Answer error = Answer.of(new Step.InBandError(529, "overloaded_error", BUSY));
        return List.of(
                Scenario.of("error inside the stream", "in its first event")
                        .primary(Part.always(error))
                        .fallback(),
                Scenario.of("error inside the stream", "in its first event, then [DONE]")
                        .primary(Part.always(error.then(new Step.Done())))
                        .fallback(),
                Scenario.of(
                                "error inside the stream",
                                "in its first event, nobody else, no retries")
                        .primary(Part.always(error))
                        .router(ONCE));
    }

    private static List<Scenario> connections() {
        Answer reset = Answer.of(new Step.Cut());
        return List.of(
                Scenario.of("connection refused", "")
                        .primary(Part.essay().reach(Reach.REFUSED))
                        .fallback(),
                Scenario.of("connection refused", "nobody else, no retries")
                        .primary(Part.essay().reach(Reach.REFUSED))
                        .router(ONCE),
                Scenario.of("connection never answered", "connect_timeout")
                        .primary(Part.essay().reach(Reach.SILENT).params("connect_timeout: 0.3"))
                        .fallback(),
                Scenario.of("reset before the headers", "persistent")
                        .primary(Part.always(reset))
                        .fallback(),
                Scenario.of("reset before the headers", "once, nobody else is there")
                        .primary(Part.first(reset)),
                Scenario.of("reset before the headers", "everywhere, no retries")
                        .primary(Part.always(reset))
                        .fallback(Part.always(reset))
                        .router(ONCE));
    }

    private static List<Scenario> silences() {
        return List.of(
                Scenario.of("no response at all", "first_token_timeout")
                        .primary(Part.always(Answer.of(new Step.Stall())).params(IMPATIENT))
                        .fallback(),
                Scenario.of("no response at all", "first_token_timeout, nobody else, no retries")
                        .primary(Part.always(Answer.of(new Step.Stall())).params(IMPATIENT))
                        .router(ONCE),
                Scenario.of("no first token", "headers and opening came, first_token_timeout")
                        .primary(
                                Part.always(Answer.of(new Step.Opening(), new Step.Stall()))
                                        .params(IMPATIENT))
                        .fallback(),
                Scenario.of("no first token", "pings only, first_token_timeout")
                        .primary(Part.always(pings(30)).params(IMPATIENT))
                        .fallback(),
                Scenario.of("first token late", "within first_token_timeout")
                        .primary(Part.always(late()).params("first_token_timeout: 30"))
                        .fallback(),
                Scenario.of("no response at all", "request_timeout, the one deadline")
                        .primary(Part.always(Answer.of(new Step.Stall())))
                        .fallback(Part.always(Answer.of(new Step.Stall())))
                        .router("request_timeout: 0.5"));
    }

    private static Answer pings(int count) {
        List<Step> steps = new ArrayList<>(List.of(new Step.Opening()));
        for (int i = 0; i < count; i++) {
            steps.add(new Step.Ping());
            steps.add(new Step.Pause(Duration.ofMillis(40)));
        }
        steps.add(new Step.Stall());
        return Answer.of(steps);
    }

    private static Answer late() {
        List<Step> steps =
                new ArrayList<>(
                        List.of(new Step.Opening(), new Step.Pause(Duration.ofMillis(600))));
        steps.addAll(Steps.words(0, 60));
        steps.addAll(Steps.end());
        return Answer.of(steps);
    }

    private static List<Scenario> requests() {
        Part tooLong =
                Part.always(
                        Answer.error(400, INVALID, TOO_LONG, "context_length_exceeded", Map.of()));
        Part filtered =
                Part.always(Answer.error(400, INVALID, FILTERED, "content_filter", Map.of()));
        Part odd = Part.error(400, INVALID, ODD);
        Part shut = Part.error(401, "authentication_error", KEY);
        return List.of(
                refusedOnce("context length 400", tooLong).fallback(),
                refusedOnce("context length 400, nobody else is there", tooLong),
                refusedOnce("content filter 400", filtered).fallback(),
                refusedOnce("content filter 400, evade_content_policy: true", filtered)
                        .fallback()
                        .router("evade_content_policy: true"),
                refusedOnce("400 of no known kind", odd).fallback(),
                refusedOnce("400 of no known kind, everywhere", odd)
                        .fallback(Part.error(400, INVALID, "Something else is wrong.")),
                refusedOnce("401", shut).fallback(),
                refusedOnce("401, nobody else is there", shut));
    }

    private static Scenario refusedOnce(String what, Part primary) {
        return Scenario.of("request refused", what).primary(primary);
    }

    private static List<Scenario> junk() {
        String page = "<html><body>Sign in to the network</body></html>";
        Answer html = Answer.of(new Step.Status(200, Map.of("content-type", "text/html"), page));
        Answer words =
                Answer.of(
                        new Step.Event("this is no JSON"),
                        new Step.Event("neither is this"),
                        new Step.CleanEnd());
        Answer headers =
                Answer.of(
                        new Step.RawHead("HTTP/1.1 200 OK\r\nx-filler: "),
                        new Step.Endless("a".repeat(16 * 1024)));
        Answer line = Answer.of(new Step.Head(), new Step.Endless("data".repeat(16 * 1024)));
        return List.of(
                garbage("an HTML page with status 200", html),
                garbage("status 200 and nothing", Answer.of(new Step.CleanEnd())),
                garbage("events that are no JSON", words),
                garbage("headers without end", headers),
                garbage("a line without end", line).in(Pair.CHAT_ONLY));
    }

    private static Scenario garbage(String what, Answer answer) {
        return Scenario.of("garbage", what).primary(Part.always(answer)).fallback().in(Pair.SAME);
    }
}
