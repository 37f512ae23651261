import static dev.midstream.client.DeploymentSettings.deployment;

import dev.midstream.client.Router;
import dev.midstream.client.RouterBuilder;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.Step;
import java.nio.file.Path;

/**
 * What the examples ask: the router of a configuration, or, without one, two scripted providers
 * that need no key. The first breaks off in the middle of every answer; the second refuses
 * assistant prefill, as current models do.
 */
final class River implements AutoCloseable {

    static final String STORY =
            "The ferryman had one rule, and he told it to everybody who came down to the landing with"
                    + " a horse: do not change horses in midstream. He had seen it tried. The water"
                    + " is cold, the bottom is stones, and the new horse has to be told where it is,"
                    + " which bank it came from and what it was carrying.";

    final ScriptedProvider primary =
            ScriptedProvider.start("primary", Dialect.messages())
                    .answering(ScriptedModel.answering(STORY).breaking(1, 20, new Step.Cut()));

    final ScriptedProvider fallback =
            ScriptedProvider.start("fallback", Dialect.chat())
                    .answering(
                            ScriptedModel.answering(STORY)
                                    .onPrefill(new Behaviour.RefusesPrefill()));

    /** Without a configuration: both are made in code. */
    RouterBuilder router() {
        return Router.builder()
                .model(
                        "story",
                        deployment("anthropic/river-1").baseUrl(primary.baseUrl()).apiKey("none"))
                .model(
                        "backup",
                        deployment("openai/river-2").baseUrl(fallback.baseUrl()).apiKey("none"))
                .fallback("story", "backup");
    }

    /** The configuration that a program was given, or the river's. */
    RouterBuilder router(String... args) {
        return args.length == 0 ? router() : Router.builder().config(Path.of(args[0]));
    }

    @Override
    public void close() {
        primary.close();
        fallback.close();
    }
}
