package dev.midstream.gateway.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.drill.LiveReport.Kind;
import dev.midstream.gateway.drill.LiveReport.Row;
import dev.midstream.routing.RouterConfig;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Protocol;
import dev.midstream.testkit.RecordedRequest;
import dev.midstream.testkit.Responder;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.junit.Providers;
import java.io.FileNotFoundException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real ones are scripted here; what only real ones can show is in docs/unverified.md. */
class LiveDrillsAskRealDeploymentsTest {

    private static final String STORY =
            "A ferryman who had crossed the river for forty years was asked what he had learnt, and he"
                    + " said: keep the rope dry, take the coin first, and never let anybody change"
                    + " horses before the far bank.";
    private static final String KEY = "sk-of-the-operator";

    @RegisterExtension final Providers providers = new Providers();

    private final ScriptedProvider claude = providers.start("claude", Protocol.MESSAGES);
    private final ScriptedProvider llama = providers.start("llama", Protocol.CHAT);

    private static Responder essay() {
        return ScriptedModel.answering(STORY).onPrefill(new Behaviour.Obeys());
    }

    private RouterConfig config() throws InvalidConfiguration {
        String yaml =
                """
                model_list:
                  - model_name: first
                    litellm_params: {model: anthropic/claude-sonnet-4-6, api_base: "%s", api_key: %s}
                  - model_name: second
                    litellm_params: {model: groq/llama-3.3-70b, api_base: "%s", api_key: %s}
                router_settings: {fallbacks: [{first: [second]}]}
                """
                        .formatted(claude.baseUrl(), KEY, llama.baseUrl(), KEY);
        return new ConfigurationReader(
                        name -> null,
                        path -> {
                            throw new FileNotFoundException(path);
                        })
                .read("config.yaml", yaml)
                .router();
    }

    @Test
    void eachDeploymentAnswersAndTheNextOneGoesOn() throws InvalidConfiguration {
        claude.answering(essay());
        llama.answering(essay());
        LiveDrill drill = new LiveDrill(config(), group -> true, 200);
        LiveReport report = drill.run("test");

        assertThat(report.rows())
                .extracting(Row::kind, Row::who, Row::held)
                .containsExactly(
                        tuple(Kind.DEPLOYMENT, "first (anthropic/claude-sonnet-4-6)"),
                        tuple(Kind.DEPLOYMENT, "second (groq/llama-3.3-70b)"),
                        tuple(Kind.CHAIN, "first"),
                        tuple(Kind.CHAIN, "second"));
        int length = STORY.length();
        assertThat(report.rows().get(2).cell().words())
                .isEqualTo(
                        length + " characters, stop, continued by prefill on second, seam exact");
        assertThat(report.rows().get(3).cell().words())
                .isEqualTo(
                        length + " characters, stop, continued by prefill on second, seam exact");
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.tokens()).isPositive());
        assertThat(report.exitStatus()).isZero();
        assertThat(claude.requests().size() + llama.requests().size()).isEqualTo(drill.requests());
        assertThat(LiveText.of(report)).contains("ok", "first", "4 tried, 0 not as it should be");
        assertThat(DrillJson.of(report)).contains("\"held\" : true").doesNotContain(KEY);
    }

    @Test
    void everyRequestHasTheLimitAndTheOperatorsKey() throws InvalidConfiguration {
        claude.answering(essay());
        llama.answering(essay());
        new LiveDrill(config(), group -> true, 30).run("test");
        assertThat(claude.requests())
                .isNotEmpty()
                .allSatisfy(
                        request ->
                                assertThat(request.json().path("max_tokens").asInt())
                                        .isBetween(1, 30));
        assertThat(claude.requests().stream().map(RecordedRequest::credential))
                .allSatisfy(key -> assertThat(key).contains(KEY));
        assertThat(llama.requests().stream().map(RecordedRequest::credential))
                .allSatisfy(key -> assertThat(key).contains(KEY));
    }

    @Test
    void aDeploymentThatCannotAnswerIsTold() throws InvalidConfiguration {
        claude.answering(essay());
        llama.answering(Answer.error(401, "invalid_request_error", "Wrong key."));
        LiveReport report = new LiveDrill(config(), "first"::equals, 200).run("test");
        assertThat(report.rows().get(1).held()).isFalse();
        assertThat(report.rows().get(1).cell().words()).contains("Wrong key.");
        assertThat(report.exitStatus()).isEqualTo(1);
    }

    @Test
    void aChainInWhichNothingWasCutHasProvenNothing() throws InvalidConfiguration {
        claude.answering(Answer.error(529, "overloaded_error", "Overloaded."));
        llama.answering(essay());
        LiveReport report = new LiveDrill(config(), "first"::equals, 200).run("test");
        assertThat(report.rows().getLast().cell().words()).contains("asked second");
        assertThat(report.rows().getLast().held()).isFalse();
    }

    private static org.assertj.core.groups.Tuple tuple(Kind kind, String who) {
        return new org.assertj.core.groups.Tuple(List.of(kind, who, true).toArray());
    }
}
