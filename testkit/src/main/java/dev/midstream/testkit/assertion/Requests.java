package dev.midstream.testkit.assertion;

import dev.midstream.testkit.Exchange;
import dev.midstream.testkit.ScriptedProvider;
import java.util.List;

/**
 * What a provider was asked, up to now.
 *
 * <p>Immutable: requests that arrive later are not seen. A test whose client may still be sending
 * waits with {@link ScriptedProvider#nextExchange()} first.
 */
public final class Requests {

    private final List<Exchange> exchanges;
    private final Expecting expecting;

    private Requests(ScriptedProvider provider) {
        this.exchanges = provider.exchanges();
        this.expecting = new Expecting(provider::toString);
    }

    /** The requests to this provider so far. */
    public static Requests to(ScriptedProvider provider) {
        return new Requests(provider);
    }

    /** There were that many. */
    public Requests number(int expected) {
        expecting.that(exchanges.size() == expected, expected + " requests");
        return this;
    }

    /** There was none. */
    public void none() {
        expecting.that(exchanges.isEmpty(), "no request");
    }

    /** There was exactly one, which is to be looked at. */
    public RequestCheck only() {
        return number(1).nth(1);
    }

    /** The first one. */
    public RequestCheck first() {
        return nth(1);
    }

    /** The last one. */
    public RequestCheck last() {
        return nth(Math.max(1, exchanges.size()));
    }

    /**
     * One of them.
     *
     * @param place in the order of arrival, from 1
     */
    public RequestCheck nth(int place) {
        expecting.that(place <= exchanges.size(), "a request number " + place);
        return new RequestCheck(exchanges.get(place - 1));
    }
}
