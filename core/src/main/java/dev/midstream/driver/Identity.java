package dev.midstream.driver;

import dev.midstream.model.Failure;
import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Endpoint;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * In whose name a request goes to an endpoint: its credential, found and ready to be sent.
 *
 * @param name the header, in lower case; empty for none
 * @param value the header's value
 * @param redaction takes the credential out of whatever the upstream says
 */
record Identity(String name, String value, Redaction redaction) {

    /**
     * Finds the credential; a token may have to be fetched first.
     *
     * @param whose the deployment's id, for the message
     * @param granted told at once or later, on the loop
     * @param refused told that there is none, on the loop
     */
    static void find(
            Endpoint endpoint,
            String whose,
            Equipment equipment,
            Loop loop,
            Consumer<Identity> granted,
            Consumer<Failure> refused) {
        switch (endpoint.credential()) {
            case Credential.None none ->
                    granted.accept(new Identity("", "", Redaction.of(endpoint, null)));
            case Credential.Header h ->
                    granted.accept(of(endpoint, h.name(), h.prefix(), h.secret()));
            case Credential.Missing missing ->
                    refused.accept(new Failure.Unusable(401, missing.message()));
            case Credential.GoogleToken google ->
                    equipment
                            .tokens()
                            .token(google, equipment, loop)
                            .whenComplete(
                                    (token, e) ->
                                            loop.execute(
                                                    () -> {
                                                        if (token == null) {
                                                            refused.accept(unavailable(whose, e));
                                                        } else {
                                                            granted.accept(bearer(endpoint, token));
                                                        }
                                                    }));
        }
    }

    private static Identity bearer(Endpoint endpoint, Secret token) {
        return of(endpoint, "authorization", "Bearer ", token);
    }

    private static Identity of(Endpoint endpoint, String name, String prefix, Secret secret) {
        return new Identity(
                name.toLowerCase(Locale.ROOT),
                prefix + secret.reveal(),
                Redaction.of(endpoint, secret));
    }

    private static Failure unavailable(String whose, @Nullable Throwable refusal) {
        Throwable cause =
                refusal instanceof CompletionException wrapped ? wrapped.getCause() : refusal;
        String reason =
                cause instanceof TokenUnavailable told
                        ? String.valueOf(told.getMessage())
                        : "none came";
        return new Failure.Unusable(401, "No access token for " + whose + ": " + reason);
    }

    /**
     * All headers of a request, by lower-case name.
     *
     * @param protocol what the protocol adds; the endpoint's own come after it, the credential last
     */
    Map<String, String> headers(
            Endpoint endpoint, String accept, String userAgent, Map<String, String> protocol) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", accept);
        headers.put("user-agent", userAgent);
        endpoint.headers()
                .forEach((header, own) -> headers.put(header.toLowerCase(Locale.ROOT), own));
        headers.putAll(protocol);
        if (!name.isEmpty()) {
            headers.put(name, value);
        }
        return headers;
    }

    /** Never shows the credential. */
    @Override
    public String toString() {
        return name + ": ***";
    }
}
