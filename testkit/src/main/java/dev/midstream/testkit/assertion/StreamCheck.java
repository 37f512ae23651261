package dev.midstream.testkit.assertion;

import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.StreamError;
import dev.midstream.testkit.assertion.Received.Call;
import dev.midstream.testkit.assertion.Received.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One stream, as a client received it.
 *
 * <p><b>Shape.</b> Whatever is asserted, the stream has to be valid first, by a grammar that is as
 * strict as the strictest official library of the protocol; see {@link
 * dev.midstream.testkit.GrammarViolation}. A stream that breaks off without a terminal event or an
 * error is not valid. Finish reasons are those of Chat Completions in every protocol: {@code stop},
 * {@code length}, {@code tool_calls}, {@code content_filter}.
 *
 * <p>Each method fails with the stream if it does not hold, and returns this check. Not
 * thread-safe.
 */
public final class StreamCheck {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Protocol protocol;
    private final byte[] body;
    private final Expecting expecting;
    private @Nullable Received received;

    StreamCheck(Protocol protocol, byte[] body) {
        this.protocol = protocol;
        this.body = body;
        this.expecting =
                new Expecting(() -> "the stream\n" + new String(body, StandardCharsets.UTF_8));
    }

    private Received seen() {
        Received known = received;
        if (known == null) {
            known = Received.of(protocol, body);
            received = known;
        }
        return known;
    }

    /**
     * Every official library reads it without complaint.
     *
     * @throws dev.midstream.testkit.GrammarViolation if it breaks any rule; names all of them
     */
    public StreamCheck isValid() {
        seen();
        return this;
    }

    /** It is a complete answer: a finish reason, the terminal event, no error. */
    public StreamCheck isWhole() {
        expecting.that(seen().error() == null, "a whole answer, without an error");
        expecting.that(seen().finish() != null, "a whole answer, with a finish reason");
        return this;
    }

    /** The text of the (first) answer is exactly this. */
    public StreamCheck hasText(String expected) {
        expecting.equal("text", expected, seen().text());
        return this;
    }

    /** The text of the (first) answer begins so. */
    public StreamCheck beginsWith(String expected) {
        expecting.that(
                seen().text().startsWith(expected), "a text that begins \"" + expected + '"');
        return this;
    }

    /** The reasoning is exactly this. */
    public StreamCheck hasReasoning(String expected) {
        expecting.equal("reasoning", expected, seen().reasoning());
        return this;
    }

    /** So it finished. */
    public StreamCheck finishesWith(String reason) {
        expecting.equal("finish reason", reason, seen().finish());
        return this;
    }

    // ----------------------------------------------------------------------------------- tool
    // calls

    /** It calls these tools, in this order, and no others. */
    public StreamCheck callsTools(String... names) {
        expecting.equal(
                "tool calls", List.of(names), seen().calls().stream().map(Call::name).toList());
        return this;
    }

    /**
     * One of its tool calls is this.
     *
     * @param arguments as JSON; white space and the order of members do not count
     */
    public StreamCheck callsTool(String name, String arguments) {
        JsonNode expected = JSON.readTree(arguments);
        expecting.that(
                seen().calls().stream().anyMatch(call -> is(call, name, expected)),
                "a call of " + name + " with " + arguments);
        return this;
    }

    private static boolean is(Call call, String name, JsonNode arguments) {
        return call.name().equals(name) && JSON.readTree(call.arguments()).equals(arguments);
    }

    // ----------------------------------------------------------------------------------------
    // usage

    /** It tells how many tokens were used. */
    public StreamCheck tellsUsage() {
        expecting.that(seen().usage() != null, "a stream that tells its usage");
        return this;
    }

    /** It tells that so many tokens were used. */
    public StreamCheck tellsUsage(int input, int output) {
        expecting.equal("usage", new Tokens(input, output), seen().usage());
        return this;
    }

    // ---------------------------------------------------------------------------------------
    // errors

    /** An error ends it, and no sign of success. */
    public StreamCheck endsInError() {
        expecting.that(seen().error() != null, "a stream that an error ends");
        expecting.equal("finish reason", null, seen().finish());
        return this;
    }

    /** An error of this type ends it; where errors have a code instead of a type, of this code. */
    public StreamCheck endsInError(String type) {
        endsInError();
        expecting.equal("type of the error", type, error().type());
        return this;
    }

    /**
     * An error ends it that is of this type and tells this status, in any of the places where
     * providers and gateways put it: {@code status}, {@code status_code}, a number as {@code code},
     * the first of Midstream's list of attempts.
     */
    public StreamCheck endsInError(int status, String type) {
        endsInError(type);
        expecting.that(statuses().contains(status), "an error that tells the status " + status);
        return this;
    }

    private List<Integer> statuses() {
        JsonNode error = error().error();
        List<Integer> told = new ArrayList<>();
        for (String place :
                List.of("/status", "/status_code", "/code", "/midstream/attempts/0/status")) {
            JsonNode there = error.at(place);
            if (there.isIntegralNumber()) {
                told.add(there.asInt());
            }
        }
        return told;
    }

    private StreamError error() {
        return Objects.requireNonNull(seen().error());
    }
}
