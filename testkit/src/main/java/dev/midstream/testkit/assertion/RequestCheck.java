package dev.midstream.testkit.assertion;

import dev.midstream.testkit.Exchange;
import dev.midstream.testkit.ExchangeEnd;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.ScriptedModel.Asked;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * One request to a provider, in any protocol.
 *
 * <p>Each method fails with the request if it does not hold, and returns this check. Immutable.
 */
public final class RequestCheck {

    private static final List<String> KEYS =
            List.of("key", "api_key", "apikey", "api-key", "access_token", "token");

    private final Exchange exchange;
    private final RecordedRequest request;
    private final Expecting expecting;

    RequestCheck(Exchange exchange) {
        this.exchange = exchange;
        this.request = exchange.request();
        this.expecting = new Expecting(exchange::toString);
    }

    /** The request itself, for further questions. */
    public RecordedRequest request() {
        return request;
    }

    /** Looks at the request with assertions of another kind. */
    public RequestCheck satisfies(Consumer<RecordedRequest> assertions) {
        assertions.accept(request);
        return this;
    }

    // ------------------------------------------------------------------------------ continuations

    /** It does not ask to go on with an answer that began with this text. */
    public RequestCheck isNoContinuationOf(String delivered) {
        Asked asked = Asked.of(request, delivered);
        boolean goesOn = asked.kind() != Asked.Kind.ORIGINAL && asked.position() > 0;
        expecting.that(!goesOn, "a request of its own, no continuation");
        return this;
    }

    /** It asks to go on after exactly this text, in whichever way. */
    public RequestCheck continues(String delivered) {
        Asked asked = Asked.of(request, delivered);
        expecting.that(
                asked.kind() != Asked.Kind.ORIGINAL && goesOn(asked, delivered),
                "a continuation of \"" + delivered + "\"");
        return this;
    }

    /**
     * It ends with an assistant's message of exactly this text, for the model to go on with. White
     * space at the end may be missing, which some providers do not allow.
     */
    public RequestCheck continuesByPrefill(String delivered) {
        return continuesBy(Asked.Kind.PREFILL, delivered, "an assistant's message");
    }

    /** It ends with a user's message that quotes the end of this text and asks to go on. */
    public RequestCheck continuesByUserTurn(String delivered) {
        return continuesBy(Asked.Kind.USER_TURN, delivered, "a user's message");
    }

    private RequestCheck continuesBy(Asked.Kind kind, String delivered, String how) {
        Asked asked = Asked.of(request, delivered);
        expecting.that(
                asked.kind() == kind && goesOn(asked, delivered),
                "a continuation of \"" + delivered + "\" by " + how);
        return this;
    }

    private static boolean goesOn(Asked asked, String delivered) {
        return asked.position() == delivered.length()
                || asked.position() == delivered.stripTrailing().length();
    }

    // ------------------------------------------------------------------------------------- content

    /** It names this model in its body. */
    public RequestCheck asksFor(String model) {
        return has("/model", model);
    }

    /** It asks for a stream. */
    public RequestCheck isStreamed() {
        expecting.that(request.wantsStream(), "a request for a stream");
        return this;
    }

    /** It asks for the answer in one piece. */
    public RequestCheck isPlain() {
        expecting.that(!request.wantsStream(), "a request for the answer in one piece");
        return this;
    }

    /**
     * Its body has this value there.
     *
     * @param pointer as of RFC 6901: {@code /messages/0/content}
     * @param expected a text, number or truth value
     */
    public RequestCheck has(String pointer, Object expected) {
        JsonNode there = request.json().at(pointer);
        expecting.equal(pointer, expected.toString(), there.isMissingNode() ? null : text(there));
        return this;
    }

    /** Its body has nothing there. */
    public RequestCheck hasNo(String pointer) {
        JsonNode there = request.json().at(pointer);
        expecting.equal(pointer, null, there.isMissingNode() ? null : text(there));
        return this;
    }

    /** Its body has these words somewhere. */
    public RequestCheck mentions(String words) {
        expecting.that(request.text().contains(words), "a request that says \"" + words + "\"");
        return this;
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.asString() : node.toString();
    }

    // ------------------------------------------------------------------------------------- headers

    /** It has a header of this name. */
    public RequestCheck hasHeader(String name) {
        expecting.that(request.headers().first(name).isPresent(), "a header " + name);
        return this;
    }

    /** Its first header of this name has this value. */
    public RequestCheck hasHeader(String name, String value) {
        expecting.equal("header " + name, value, request.headers().first(name).orElse(null));
        return this;
    }

    /** It has no header of this name. */
    public RequestCheck hasNoHeader(String name) {
        expecting.equal("header " + name, null, request.headers().first(name).orElse(null));
        return this;
    }

    /** This is the key that it was sent with, in the header that the protocol has for it. */
    public RequestCheck hasKey(String key) {
        expecting.that(request.credential().filter(key::equals).isPresent(), "the key " + key);
        return this;
    }

    /** Neither the key that it was sent with nor any other is in its address. */
    public RequestCheck hasNoKeyInUrl() {
        boolean told = request.credential().filter(request.target()::contains).isPresent();
        boolean named = KEYS.stream().anyMatch(name -> request.query(name).isPresent());
        expecting.that(!told && !named, "no key in the address");
        return this;
    }

    // ----------------------------------------------------------------------------------------- end

    /** Waits until it is over: the client left before the response was through. */
    public RequestCheck wasCancelled() {
        ExchangeEnd end = exchange.awaitEnd();
        expecting.that(end.clientLeft(), "a client that leaves before the end");
        return this;
    }

    /** Waits until it is over: the whole response was sent. */
    public RequestCheck wasAnswered() {
        ExchangeEnd end = exchange.awaitEnd();
        expecting.equal("end", ExchangeEnd.Kind.ANSWERED, end.kind());
        return this;
    }
}
