package dev.midstream.client;

import dev.midstream.driver.AccessTokens;
import dev.midstream.driver.TokenUnavailable;
import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

final class NoTokens implements AccessTokens {
    @Override
    public CompletionStage<Secret> token(Credential.GoogleToken credential) {
        return CompletableFuture.failedFuture(new TokenUnavailable("not yet"));
    }

    @Override
    public void refused(Credential.GoogleToken credential) {}
}
