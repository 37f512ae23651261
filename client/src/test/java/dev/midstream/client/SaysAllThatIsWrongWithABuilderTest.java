package dev.midstream.client;

import static dev.midstream.client.DeploymentSettings.deployment;
import static dev.midstream.client.DeploymentSettings.parameters;
import static dev.midstream.client.GroupSettings.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midstream.config.Diagnostic;
import dev.midstream.model.Json;
import dev.midstream.model.Method;
import dev.midstream.model.Secret;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.LeastBusy;
import dev.midstream.routing.Variant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaysAllThatIsWrongWithABuilderTest {

    private static final String SECRET = "sk-never-shown";

    private static RouterBuilder builder() {
        return new RouterBuilder().environment(Map.of());
    }

    private static RouterBuilder working() {
        return builder().model("m", deployment("openai/gpt-4o").apiKey("k"));
    }

    private static List<String> wrong(RouterBuilder builder) {
        InvalidConfigurationException wrong =
                catchThrowableOfType(InvalidConfigurationException.class, builder::build);
        assertThat(wrong).as("nothing was wrong").isNotNull();
        assertThat(wrong.getMessage().lines())
                .hasSize(wrong.diagnostics().size())
                .allSatisfy(line -> assertThat(line).doesNotContain("sk-never"));
        assertThat(wrong.retryable()).isFalse();
        return wrong.diagnostics().stream().map(Diagnostic::toString).toList();
    }

    private static List<String> warnings(RouterBuilder builder) {
        return builder.plan().warnings().stream().map(Diagnostic::toString).toList();
    }

    @Test
    void everythingAtOnceEachWithItsPlaceAndItsCure() {
        assertThat(
                        wrong(
                                builder()
                                        .model(
                                                "chat",
                                                deployment("openai/gpt-4o")
                                                        .apiKey(SECRET)
                                                        .idleTimeout(Duration.ofSeconds(-1)),
                                                deployment("opnai/gpt-4o").baseUrl("ftp://x"))
                                        .model("backup", deployment("openai/gpt-4o").apiKey("a b"))
                                        .group("chta", group().maxHeld(1))
                                        .group("chat", group().continuation(Method.RESTART))
                                        .fallback("chat", "bakup")
                                        .alias("gpt", "caht")
                                        .numRetries(-1)
                                        .set("num_retires", 3)))
                .containsExactly(
                        "deployment 1 of \"chat\": idle_timeout: error: `idle_timeout`: `-1` is not a number of seconds above 0, 30 days at most",
                        "deployment 2 of \"chat\": model: error: `opnai` is no provider that LiteLLM knows; expected `provider/model`; did you mean `openai`?",
                        "deployment 1 of \"backup\": api_key: error: `api_key` of `backup` must be one word of visible ASCII characters; it cannot go into a header",
                        "router: num_retries: error: `num_retries`: `-1` is not a whole number from 0 to 100",
                        "router: num_retires: warning: unknown key `num_retires` in `router_settings`; did you mean `num_retries`?",
                        "router: fallbacks.chat[0]: error: `fallbacks` names `bakup`, which is no `model_name`, alias or id; did you mean `backup`?",
                        "router: model_group_alias.gpt: error: the alias `gpt` stands for `caht`, which is no `model_name` or id; did you mean `chat`?",
                        "group \"chta\": error: settings for the group `chta`, which has no deployments; did you mean `chat`?",
                        "group \"chat\": continuation: error: `continuation`: `restart` is not one of `resume`, `prefill`, `prefix`, `partial`, `continue_final_message`, `user_turn`, `replay`");
    }

    @Test
    void aRouterNeedsAModel() {
        assertThat(wrong(builder()))
                .containsExactly(
                        "router: error: there is no model; name at least one: `.model(\"chat\", deployment(\"provider/model\"))`");
    }

    @Test
    void namesThatAreNone() {
        assertThat(
                        wrong(
                                working()
                                        .model(" ", deployment("openai/x"))
                                        .model(null, deployment("openai/x"))
                                        .model("n")
                                        .model("o", (DeploymentSettings) null)
                                        .group("", group())
                                        .group("m", null)
                                        .alias("", "m")
                                        .alias("b", null)
                                        .fallback("m", "")
                                        .set("", 1)
                                        .set(null, 1)
                                        .credential(" ", parameters())
                                        .provider("", (draft, target, answer) -> () -> {})
                                        .provider("a/b", (draft, target, answer) -> () -> {})
                                        .section(" ", Map.of())
                                        .section("general_settings", null)))
                .containsExactly(
                        "deployment 1 of \"o\": error: the deployment is null; pass one, or leave the call out",
                        "router: error: a key here is an empty text; expected a text",
                        "router: model_group_alias: error: a key here is an empty text; expected a text",
                        "router: model_group_alias.b: error: here stands null; pass a value, or leave the call out",
                        "router: fallbacks.m[0]: error: `fallbacks` names ``, which is no `model_name`, alias or id",
                        "model \" \": error: the group has no name: the one that requests ask for",
                        "model null: error: the group has no name: the one that requests ask for",
                        "model \"n\": error: no deployment is given: `deployment(\"provider/model\")`",
                        "group \"\": error: the group has no name: the one that requests ask for",
                        "group \"m\": error: the settings are null",
                        "credential \" \": error: it has no name",
                        "provider \"\": error: a provider's name has 1 to 60 letters, digits and `_.-`",
                        "provider \"a/b\": error: a provider's name has 1 to 60 letters, digits and `_.-`",
                        "router: section: error: the section has no name",
                        "router: section \"general_settings\": error: the values are null");
    }

    @Test
    void nullIsNoKey() {
        assertThat(
                        wrong(
                                builder()
                                        .model(
                                                "m",
                                                deployment("openai/gpt-4o")
                                                        .apiKey((String) null)
                                                        .timeout(null)
                                                        .tags("a", null)
                                                        .header("x", null)
                                                        .id(null))
                                        .midStream(null)
                                        .config(null)
                                        .yaml(null)
                                        .environment((Map<String, String>) null)
                                        .strategy(null)
                                        .transport(null)
                                        .clock(null)
                                        .listener(null)
                                        .policy(null)))
                .containsExactlyInAnyOrder(
                        "deployment 1 of \"m\": api_key: error: here stands null; pass a value, or leave the call out",
                        "deployment 1 of \"m\": timeout: error: here stands null; pass a value, or leave the call out",
                        "deployment 1 of \"m\": tags[1]: error: here stands null; pass a value, or leave the call out",
                        "deployment 1 of \"m\": extra_headers.x: error: here stands null; pass a value, or leave the call out",
                        "deployment 1 of \"m\": model_info: id: error: here stands null; pass a value, or leave the call out",
                        "deployment 1 of \"m\": warning: `m` has no `api_key`: set OPENAI_API_KEY, or `api_key` in its `litellm_params`",
                        "router: mid_stream: error: here stands null; pass a value, or leave the call out",
                        "router: config: error: null is given; leave the call out",
                        "router: yaml: error: null is given; leave the call out",
                        "router: environment: error: null is given; leave the call out",
                        "router: strategy: error: null is given; leave the call out",
                        "router: transport: error: null is given; leave the call out",
                        "router: clock: error: null is given; leave the call out",
                        "router: listener: error: null is given; leave the call out",
                        "router: policy: error: null is given; leave the call out");
    }

    @Test
    void whatIsSaidTwiceAndDiffers() {
        assertThat(
                        wrong(
                                working()
                                        .alias("a", "m")
                                        .alias("a", "m")
                                        .alias("b", "m")
                                        .alias("b", "n")
                                        .routingStrategy("least-busy")
                                        .strategy(new LeastBusy())
                                        .fallback("m", "m2")
                                        .set("fallbacks", List.of())
                                        .model("m2", deployment("openai/gpt-4o").apiKey("k"))
                                        .model(
                                                "m2",
                                                deployment("openai/gpt-4o-mini")
                                                        .apiKey("k")
                                                        .info("max_held", 1))
                                        .group("m2", group().maxHeld(2))
                                        .credential("c", parameters().apiKey("x"))
                                        .credential("c", parameters().apiKey("y"))
                                        .defaults(parameters().id("x"))
                                        .provider("openai", (draft, target, answer) -> () -> {})
                                        .provider("acme", (draft, target, answer) -> () -> {})
                                        .provider("acme", (draft, target, answer) -> () -> {})
                                        .yaml("{}")
                                        .config(Path.of("no-such-file.yaml"))))
                .contains(
                        "router: model_group_alias.b: error: the alias is given twice, for `m` and for `n`; keep one",
                        "router: routing_strategy: error: is given by name and as an object; keep one",
                        "router: fallbacks: error: is said entry by entry and as a whole; keep one",
                        "credential \"c\": error: is given twice; keep one",
                        "router: default_litellm_params: error: parameters alone can stand here, nothing of `model_info`",
                        "provider \"openai\": error: a provider of that name is built in; choose another name",
                        "provider \"acme\": error: is plugged in twice; keep one",
                        "router: yaml: error: the configuration is a file and a text; keep one",
                        "no-such-file.yaml: error: the configuration cannot be read: there is no such file")
                .noneMatch(line -> line.contains("alias.a"));
    }

    @Test
    void twoSettingsOfAGroupThatDiffer() {
        assertThat(
                        wrong(
                                builder()
                                        .model(
                                                "m",
                                                deployment("openai/a").apiKey("k"),
                                                deployment("openai/b")
                                                        .apiKey("k")
                                                        .info("max_held", 1))
                                        .group("m", group().maxHeld(2))))
                .containsExactly(
                        "deployment 2 of \"m\": model_info: max_held: error: `max_held` of the group `m` is `1` here and `2` at group \"m\": max_held; one group has one setting");
    }

    @Test
    void valuesThatNoFileCouldHold() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThat(
                        wrong(
                                working()
                                        .set("a", LocalDate.of(2026, 1, 1))
                                        .set("b", Map.of(7, "x"))
                                        .set("c", endless)
                                        .set("cooldown_time", Double.NaN)
                                        .fallback(
                                                "m",
                                                new Fallback(
                                                        "m",
                                                        new Variant(
                                                                Map.of(
                                                                        "stop",
                                                                        new Json("{never")))))))
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                "router: a: error: here stands a java.time.LocalDate; expected a text, a number"))
                .contains(
                        "router: b: error: a key here is a java.lang.Integer; expected a text",
                        "router: cooldown_time: error: `cooldown_time`: `NaN` is not a number of seconds, 0 to 30 days",
                        "router: fallbacks.m[0].stop: error: here stands a Json that is none")
                .anySatisfy(line -> assertThat(line).contains("nested deeper than 64 levels"));
    }

    @Test
    void placesInFilesKeepTheirLines(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("c.yaml");
        Files.writeString(
                file,
                """
                model_list:
                  - {model_name: m, litellm_params: {model: openai/x, api_key: k, weight: -1}}
                """);
        assertThat(wrong(builder().config(file).numRetries(101)))
                .containsExactly(
                        file + ":2:75: error: `weight`: `-1` is not a number, 0 or more",
                        "router: num_retries: error: `num_retries`: `101` is not a whole number from 0 to 100");
    }

    @Test
    void whatOnlyAGatewayDoesIsWarnedOfOnce() {
        assertThat(
                        warnings(
                                working()
                                        .section("general_settings", Map.of("port", 4000))
                                        .section(
                                                "litellm_settings",
                                                Map.of("callbacks", List.of("prometheus")))))
                .containsExactly(
                        "general_settings: port: warning: only the gateway acts on `port`, `callbacks`; no effect in a library");
    }

    @Test
    void aProviderThatNobodyAsksIsWarnedOf() {
        assertThat(warnings(working().provider("acme", (draft, target, answer) -> () -> {})))
                .containsExactly(
                        "provider \"acme\": warning: no deployment has a model of it: `deployment(\"acme/model\")`");
    }

    @Test
    void secretsAreNeverShown() {
        DeploymentSettings deployment =
                deployment("openai/gpt-4o")
                        .apiKey(SECRET)
                        .azureAdToken(SECRET)
                        .header("authorization", SECRET)
                        .vertexCredentials(Secret.of(SECRET))
                        .set("api_base", "https://user:" + SECRET + "@host")
                        .set("foo_key", Map.of("x", SECRET));
        assertThat(deployment.toString()).doesNotContain(SECRET);
        assertThat(
                        wrong(
                                builder()
                                        .model("m", deployment)
                                        .credential("c", parameters().apiKey(SECRET + " \n"))))
                .isNotEmpty();
    }
}
