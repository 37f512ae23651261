package dev.midstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.driver.AccessTokens;
import dev.midstream.driver.Equipment;
import dev.midstream.driver.Loop;
import dev.midstream.model.Secret;
import dev.midstream.routing.Credential;
import dev.midstream.routing.DeploymentState;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.Responder;
import dev.midstream.testkit.SseClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Google answers 401 UNAUTHENTICATED to a token that was revoked before its time. */
class RefusedTokensAreRenewedTest {

    private static final String CONFIGURATION =
            """
            model_list:
              - model_name: primary
                litellm_params: {model: vertex_ai/claude-sonnet-4-6, vertex_project: p, vertex_location: us-east5, api_base: os.environ/PRIMARY}
            router_settings: {num_retries: 0}
            """;

    /** Gives the same token until that one is refused. */
    private static final class Numbered implements AccessTokens {
        final AtomicInteger refused = new AtomicInteger();

        @Override
        public CompletionStage<Secret> token(
                Credential.GoogleToken credential, Equipment equipment, Loop loop) {
            return CompletableFuture.completedFuture(Secret.of("ya29.token-" + refused.get()));
        }

        @Override
        public void refused(Credential.GoogleToken credential) {
            refused.incrementAndGet();
        }
    }

    private final Numbered tokens = new Numbered();

    @Test
    void theSameDeploymentIsAskedOnceMoreWithAFreshToken() {
        Responder firstIsStale =
                request ->
                        token(request).equals("Bearer ya29.token-0")
                                ? refusal("The token has been revoked")
                                : Answer.text("Once");
        try (Workbench bench = bench(firstIsStale);
                SseClient client = bench.stream()) {
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(client.text()).contains("Once");
            assertThat(client.awaitHead().headers().first("x-midstream-attempts")).hasValue("1");
            assertThat(bench.primary.requests())
                    .extracting(RefusedTokensAreRenewedTest::token)
                    .containsExactly("Bearer ya29.token-0", "Bearer ya29.token-1");
            assertThat(bench.primary.requests())
                    .extracting(RecordedRequest::text)
                    .containsOnly(bench.primary.requests().getFirst().text());
            assertThat(bench.deployments()).extracting(DeploymentState::cooledFor).containsNull();
        }
    }

    @Test
    void aSecondRefusalIsFinalAndRepeatsNoToken() {
        Responder never = request -> refusal("Invalid token " + token(request));
        try (Workbench bench = bench(never);
                SseClient client = bench.stream()) {
            assertThat(client.awaitHead().status()).isEqualTo(401);
            assertThat(client.awaitEnd()).isEqualTo(SseClient.End.CLEAN);
            assertThat(client.text()).contains("Invalid token Bearer ***").doesNotContain("ya29");
            assertThat(bench.primary.requests()).hasSize(2);
            assertThat(tokens.refused).hasValue(2);
        }
    }

    private Workbench bench(Responder responder) {
        return new Workbench(
                Workbench.provider(Dialect.messages()).answering(responder),
                CONFIGURATION,
                new Protocols(new byte[32]).plain(),
                new Protocols(new byte[32]).upstream(),
                tokens);
    }

    private static Answer refusal(String message) {
        return Answer.error(401, "authentication_error", message);
    }

    private static String token(RecordedRequest request) {
        return request.headers().first("authorization").orElse("");
    }
}
