package dev.midstream.driver;

import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import java.util.concurrent.CompletionStage;

/** Gives access tokens for credentials that are not themselves what is sent. Thread-safe. */
public interface AccessTokens {

    /**
     * A token that is valid now; mostly complete already.
     *
     * @return completes exceptionally with {@link TokenUnavailable}
     */
    CompletionStage<Secret> token(Credential.GoogleToken credential);

    /** The provider did not accept the token: the next request gets a new one. */
    void refused(Credential.GoogleToken credential);
}
