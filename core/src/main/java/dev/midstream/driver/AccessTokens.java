package dev.midstream.driver;

import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import java.util.concurrent.CompletionStage;

/** Gives access tokens for credentials that are not themselves what is sent. Thread-safe. */
public interface AccessTokens {

    /**
     * A token that is valid now; mostly complete already.
     *
     * @param equipment what a token is fetched with, if it has to be
     * @param loop the caller's, which the fetch may happen on; it then goes on for others that wait
     *     for the same token, even if the caller gives up
     * @return completes exceptionally with {@link TokenUnavailable}; on any thread
     */
    CompletionStage<Secret> token(
            Credential.GoogleToken credential, Equipment equipment, Loop loop);

    /** The provider did not accept the token: the next request gets a new one. */
    void refused(Credential.GoogleToken credential);
}
