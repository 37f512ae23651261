package dev.midstream.routing;

import dev.midstream.model.Secret;

/** How a deployment is asked in whose name. */
public sealed interface Credential {

    /** No credential: a local server. */
    record None() implements Credential {}

    /** A fixed header. {@code prefix} is {@code "Bearer "} or empty. */
    record Header(String name, String prefix, Secret secret) implements Credential {}

    /**
     * An access token of Google's cloud, got and renewed by whoever carries the requests.
     *
     * @param source the service account's key file as JSON text (a secret), or empty for the
     *     metadata server
     * @param passage the way to the server that gives tokens
     */
    record GoogleToken(Secret source, Passage passage) implements Credential {

        public GoogleToken(Secret source) {
            this(source, Passage.DIRECT);
        }

        /** The same account, over another way. */
        public GoogleToken by(Passage other) {
            return new GoogleToken(source, other);
        }
    }

    /** Nothing was given and nothing was found; {@code message} names what to set. */
    record Missing(String message) implements Credential {}
}
