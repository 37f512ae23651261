package dev.midstream.client;

import static dev.midstream.client.DeploymentSettings.deployment;
import static dev.midstream.client.DeploymentSettings.parameters;
import static dev.midstream.client.GroupSettings.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Json;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import dev.midstream.model.Secret;
import dev.midstream.routing.ErrorKind;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.HoldToolCalls;
import dev.midstream.routing.LeastBusy;
import dev.midstream.routing.LowestLatency;
import dev.midstream.routing.MidStream;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Variant;
import dev.midstream.yaml.Yaml;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every key of the reference is said in a file, by the generic method and by the typed one, and
 * comes to the same each time. A new key needs an example here, and a typed method or a place among
 * those that have none.
 */
class CodeSaysAllThatFilesSayTest {

    /** A key's value in YAML, and the same by the typed method; null for those that have none. */
    private record Example<B>(String yaml, @Nullable UnaryOperator<B> typed) {}

    private static final Duration TIME = Duration.ofMillis(12_500);

    /** What stands beside a key so that it makes a difference. */
    private static final Map<String, String> BESIDE =
            Map.of(
                    "routing_strategy_args", "routing_strategy: latency-based-routing",
                    "optional_pre_call_checks", "model_rate_limits: weigh");

    /** Models for keys that only some providers have. */
    private static final Map<String, String> MODELS =
            Map.of(
                    "api_version", "azure/d",
                    "azure_ad_token", "azure/d",
                    "vertex_project", "vertex_ai/claude-opus-4-6",
                    "vertex_ai_project", "vertex_ai/claude-opus-4-6",
                    "vertex_location", "vertex_ai/claude-opus-4-6",
                    "vertex_ai_location", "vertex_ai/claude-opus-4-6",
                    "vertex_credentials", "vertex_ai/claude-opus-4-6",
                    "vertex_ai_credentials", "vertex_ai/claude-opus-4-6",
                    "custom_llm_provider", "some-model");

    private static final String GOOGLE =
            "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"s\",\"refresh_token\":\"r\"}";

    private final Map<String, RouterConfig> read = new HashMap<>();

    /** Common to routers and groups. */
    private static <B extends RecoverySettings<B>> Map<String, Example<B>> recovery() {
        Map<String, Example<B>> all = new LinkedHashMap<>();
        all.put("mid_stream", of("restart", b -> b.midStream(MidStream.RESTART)));
        all.put("disable_mid_stream_continuation", of("true", null));
        all.put("continuation", of("user_turn", b -> b.continuation(Method.USER_TURN)));
        all.put("continuation_prompt", of("'On: {tail}'", b -> b.continuationPrompt("On: {tail}")));
        all.put("connect_timeout", of("12.5", b -> b.connectTimeout(TIME)));
        all.put("first_token_timeout", of("12.5", b -> b.firstTokenTimeout(TIME)));
        all.put("idle_timeout", of("12.5", b -> b.idleTimeout(TIME)));
        all.put("timeout", of("12.5", b -> b.timeout(TIME)));
        all.put("stream_timeout", of("12.5", b -> b.streamTimeout(TIME)));
        all.put("request_timeout", of("12.5", b -> b.requestTimeout(TIME)));
        all.put("max_fallbacks", of("1", b -> b.maxFallbacks(1)));
        all.put("max_attempts", of("1", b -> b.maxAttempts(1)));
        all.put("max_continuations", of("1", b -> b.maxContinuations(1)));
        all.put("min_seam", of("exact", b -> b.minSeam(SeamGrade.EXACT)));
        all.put("hold_tool_calls", of("never", b -> b.holdToolCalls(HoldToolCalls.NEVER)));
        all.put("commit_after", of("0", b -> b.commitAfter(Duration.ZERO)));
        all.put("heartbeat_interval", of("3", null));
        all.put("max_held", of("7", b -> b.maxHeld(7)));
        all.put("max_transcript", of("7", b -> b.maxTranscript(7)));
        all.put("non_streaming", of("plain", b -> b.streamUpstream(false)));
        all.put("disable_fallbacks", of("true", b -> b.disableFallbacks(true)));
        all.put("seam_comments", of("false", null));
        all.put("evade_content_policy", of("true", b -> b.evadeContentPolicy(true)));
        return all;
    }

    private static Map<String, Example<RouterBuilder>> router() {
        Map<String, Example<RouterBuilder>> all = recovery();
        all.put("num_retries", of("7", b -> b.numRetries(7)));
        all.put("fallbacks", of("[{m: [n]}]", b -> b.fallback("m", "n")));
        all.put("default_fallbacks", of("[n]", b -> b.defaultFallbacks("n")));
        all.put(
                "context_window_fallbacks",
                of(
                        "[{m: [{model: n, temperature: 0.50}]}]",
                        b -> b.contextWindowFallback("m", altered())));
        all.put("content_policy_fallbacks", of("{m: n}", b -> b.contentPolicyFallback("m", "n")));
        all.put("model_group_alias", of("{a: m}", b -> b.alias("a", "m")));
        all.put("enable_tag_filtering", of("true", b -> b.tagFiltering(true)));
        all.put("tag_filtering_match_any", of("false", b -> b.tagsMatchAny(false)));
        all.put("routing_strategy", of("least-busy", b -> b.routingStrategy("least-busy")));
        all.put("enable_pre_call_checks", of("true", b -> b.preCallChecks(true)));
        all.put("enable_pre_call_check", of("true", null));
        all.put("model_rate_limits", of("weigh", b -> b.enforceRateLimits(false)));
        all.put("optional_pre_call_checks", of("[enforce_model_rate_limits]", null));
        all.put("default_max_parallel_requests", of("7", b -> b.defaultMaxParallelRequests(7)));
        all.put("routing_strategy_args", of("{ttl: 9, lowest_latency_buffer: 0.5}", null));
        all.put("allowed_fails", of("7", b -> b.allowedFails(7)));
        all.put(
                "allowed_fails_policy",
                of("{TimeoutErrorAllowedFails: 3}", b -> b.allowedFails(ErrorKind.TIMEOUT, 3)));
        all.put(
                "retry_policy",
                of(
                        "{TimeoutErrorRetries: 3, DefaultRetries: 1}",
                        b -> b.retries(ErrorKind.TIMEOUT, 3).retries(ErrorKind.OTHER, 1)));
        all.put(
                "model_group_retry_policy",
                of("{m: {TimeoutErrorRetries: 3}}", b -> b.retries("m", ErrorKind.TIMEOUT, 3)));
        all.put("cooldown_time", of("12.5", b -> b.cooldown(TIME)));
        all.put("disable_cooldowns", of("true", b -> b.disableCooldowns(true)));
        all.put("retry_after", of("12.5", b -> b.retryAfter(TIME)));
        all.put("drop_params", of("true", b -> b.dropParams(true)));
        all.put(
                "default_litellm_params",
                of("{weight: 7}", b -> b.defaults(parameters().weight(7))));
        return all;
    }

    private static Map<String, Example<DeploymentSettings>> params() {
        Map<String, Example<DeploymentSettings>> all = new LinkedHashMap<>();
        all.put("custom_llm_provider", of("mistral", b -> b.provider("mistral")));
        all.put("api_key", of("sk-other", b -> b.apiKey("sk-other")));
        all.put("api_base", of("'https://h/v1'", b -> b.baseUrl(URI.create("https://h/v1"))));
        all.put("base_url", of("'https://h/v1'", b -> b.baseUrl("https://h/v1")));
        all.put("api_version", of("'2026-01-01'", b -> b.apiVersion("2026-01-01")));
        all.put("azure_ad_token", of("t", b -> b.azureAdToken("t")));
        all.put("organization", of("o", b -> b.organization("o")));
        all.put("vertex_project", of("p", b -> b.vertexProject("p")));
        all.put("vertex_ai_project", of("p", null));
        all.put("vertex_location", of("us-east5", b -> b.vertexLocation("us-east5")));
        all.put("vertex_ai_location", of("us-east5", null));
        all.put(
                "vertex_credentials",
                of("'" + GOOGLE + "'", b -> b.vertexCredentials(Secret.of(GOOGLE))));
        all.put("vertex_ai_credentials", of("'" + GOOGLE + "'", null));
        all.put("litellm_credential_name", of("shared", b -> b.credential("shared")));
        all.put("order", of("7", b -> b.order(7)));
        all.put("weight", of("7", b -> b.weight(7)));
        all.put("rpm", of("7", b -> b.requestsPerMinute(7)));
        all.put("tpm", of("7", b -> b.tokensPerMinute(7)));
        all.put("max_parallel_requests", of("7", b -> b.maxParallelRequests(7)));
        all.put("tags", of("[a, b]", b -> b.tags("a", "b")));
        all.put("cooldown_time", of("12.5", b -> b.cooldown(TIME)));
        all.put("num_retries", of("7", b -> b.numRetries(7)));
        all.put("max_retries", of("7", null));
        all.put("connect_timeout", of("12.5", b -> b.connectTimeout(TIME)));
        all.put("first_token_timeout", of("12.5", b -> b.firstTokenTimeout(TIME)));
        all.put("idle_timeout", of("12.5", b -> b.idleTimeout(TIME)));
        all.put("timeout", of("12.5", b -> b.timeout(TIME)));
        all.put("stream_timeout", of("12.5", b -> b.streamTimeout(TIME)));
        all.put("request_timeout", of("12.5", null));
        all.put("input_cost_per_token", of("0.0000025", null));
        all.put("output_cost_per_token", of("0.0000025", b -> b.prices(0, 2.5e-6)));
        all.put("cache_read_input_token_cost", of("1", b -> b.cachePrices(1, 1)));
        all.put("cache_creation_input_token_cost", of("1", b -> b.cachePrices(1, 1)));
        all.put("drop_params", of("true", b -> b.dropParams(true)));
        all.put("additional_drop_params", of("[seed]", b -> b.additionalDropParams("seed")));
        all.put("extra_headers", of("{x-a: b}", b -> b.header("x-a", "b")));
        all.put("ssl_verify", of("false", b -> b.verifyCertificates(false)));
        all.put(
                "extra_body",
                of(
                        "{seed: 7, stop: [a]}",
                        b -> b.extraBody(Map.of("seed", 7, "stop", List.of("a")))));
        return all;
    }

    private static Map<String, Example<DeploymentSettings>> info() {
        Map<String, Example<DeploymentSettings>> all = new LinkedHashMap<>();
        all.put("id", of("me", b -> b.id("me")));
        all.put("mode", of("responses", b -> b.mode("responses")));
        all.put("base_model", of("gpt-4.1", b -> b.baseModel("gpt-4.1")));
        all.put("supports_assistant_prefill", of("true", b -> b.supportsAssistantPrefill(true)));
        all.put("continuation", of("user_turn", b -> b.continuation(Method.USER_TURN)));
        all.put("max_input_tokens", of("7", b -> b.maxInputTokens(7)));
        all.put("max_output_tokens", of("7", b -> b.maxOutputTokens(7)));
        all.put("cooldown_time", of("12.5", null));
        all.put("allowed_fails", of("7", b -> b.allowedFails(7)));
        all.put(
                "allowed_fails_policy",
                of("{TimeoutErrorAllowedFails: 3}", b -> b.allowedFails(ErrorKind.TIMEOUT, 3)));
        return all;
    }

    private static <B> Example<B> of(String yaml, @Nullable UnaryOperator<B> typed) {
        return new Example<>(yaml, typed);
    }

    private static Fallback altered() {
        return new Fallback("n", new Variant(Map.of("temperature", new Json("0.50"))));
    }

    // ----------------------------------------------------------------------------------- the lists

    @Test
    void everyKeyOfTheReferenceHasAnExample() throws IOException {
        ReferenceTables tables = ReferenceTables.read();
        Set<String> router = tables.settings("router");
        router.addAll(tables.keys("## `router_settings`, `litellm_settings`"));
        assertThat(router()).containsOnlyKeys(router);
        assertThat(CodeSaysAllThatFilesSayTest.<GroupSettings>recovery())
                .containsOnlyKeys(tables.settings("group"));
        Set<String> params = new LinkedHashSet<>(tables.settings("deployment"));
        params.addAll(tables.keys("## `litellm_params`"));
        params.remove("model");
        assertThat(params()).containsOnlyKeys(params);
        assertThat(info())
                .containsKeys(tables.keys("What a model can do to go on").toArray(String[]::new));
    }

    /** Other names of keys that have a method, what only servers and files need, and rare ones. */
    @Test
    void theseHaveNoMethodOfTheirOwn() {
        assertThat(untyped(router()))
                .containsExactlyInAnyOrder(
                        "disable_mid_stream_continuation",
                        "heartbeat_interval",
                        "seam_comments",
                        "enable_pre_call_check",
                        "optional_pre_call_checks",
                        "routing_strategy_args");
        assertThat(untyped(CodeSaysAllThatFilesSayTest.<GroupSettings>recovery()))
                .containsExactlyInAnyOrder(
                        "disable_mid_stream_continuation", "heartbeat_interval", "seam_comments");
        assertThat(untyped(params()))
                .containsExactlyInAnyOrder(
                        "vertex_ai_project",
                        "vertex_ai_location",
                        "vertex_ai_credentials",
                        "max_retries",
                        "request_timeout",
                        "input_cost_per_token");
        assertThat(untyped(info())).containsExactlyInAnyOrder("cooldown_time");
    }

    private static <B> Stream<String> untyped(Map<String, Example<B>> examples) {
        return examples.entrySet().stream()
                .filter(example -> example.getValue().typed() == null)
                .map(Map.Entry::getKey);
    }

    // ------------------------------------------------------------------------------- the same each

    @Test
    void settingsOfTheRouter() {
        router().forEach(
                        (key, example) -> {
                            String beside = BESIDE.get(key);
                            RouterConfig none = yaml(router(beside, ""));
                            RouterConfig file =
                                    yaml(router(beside, "  " + key + ": " + example.yaml()));
                            RouterBuilder generic = models(beside);
                            generic.set(key, value(example.yaml()));
                            same(key, none, file, generic);
                            if (example.typed() != null) {
                                same(key, none, file, example.typed().apply(models(beside)));
                            }
                        });
    }

    private static String router(@Nullable String beside, String setting) {
        return FILE + "router_settings:\n  " + (beside == null ? "{}" : beside) + "\n" + setting;
    }

    private static final String FILE =
            """
            model_list:
              - {model_name: m, litellm_params: {model: openai/gpt-4o, api_key: k, rpm: 5}}
              - {model_name: n, litellm_params: {model: openai/gpt-4o, api_key: k}}
            """;

    private static RouterBuilder builder() {
        return new RouterBuilder()
                .environment(
                        Map.of(
                                "OPENAI_API_KEY", "usual",
                                "VERTEXAI_PROJECT", "usual",
                                "AZURE_API_BASE", "https://me.openai.azure.com"));
    }

    private static RouterBuilder models(@Nullable String beside) {
        RouterBuilder builder =
                builder()
                        .model("m", deployment("openai/gpt-4o").apiKey("k").requestsPerMinute(5))
                        .model("n", deployment("openai/gpt-4o").apiKey("k"));
        if (beside != null) {
            String[] entry = beside.split(": ", 2);
            builder.set(entry[0], entry[1]);
        }
        return builder;
    }

    @Test
    void settingsOfAGroup() {
        String base = FILE.replace("rpm: 5}}", "rpm: 5}, model_info: {%s}}");
        Map<String, Example<GroupSettings>> examples = recovery();
        examples.forEach(
                (key, example) -> {
                    RouterConfig file = yaml(base.formatted(key + ": " + example.yaml()));
                    RouterConfig none = yaml(base.formatted(""));
                    GroupSettings generic = group().set(key, value(example.yaml()));
                    sameGroup(key, none, file, generic);
                    if (example.typed() != null) {
                        sameGroup(key, none, file, example.typed().apply(group()));
                    }
                });
    }

    private static void sameGroup(
            String key, RouterConfig none, RouterConfig file, GroupSettings settings) {
        RouterConfig code = models(null).group("m", settings).plan().config();
        assertThat(code.groups().get(0).settings())
                .as(key)
                .isEqualTo(file.groups().get(0).settings())
                .isNotEqualTo(none.groups().get(0).settings());
    }

    @Test
    void parametersOfADeployment() {
        params().forEach(
                        (key, example) -> {
                            String entry = key + ": " + example.yaml();
                            RouterConfig none = yaml(deployments(key, "", ""));
                            RouterConfig file = yaml(deployments(key, besides(key, entry), ""));
                            DeploymentSettings generic =
                                    beside(key).set(key, value(example.yaml()));
                            same(key, none, file, one(generic));
                            if (example.typed() != null) {
                                same(key, none, file, one(example.typed().apply(beside(key))));
                            }
                        });
    }

    /** Prices come in pairs. */
    private static String besides(String key, String entry) {
        return switch (key) {
            case "output_cost_per_token" -> entry + ", input_cost_per_token: 0";
            case "cache_read_input_token_cost" ->
                    entry + ", cache_creation_input_token_cost: 1, input_cost_per_token: 5";
            case "cache_creation_input_token_cost" ->
                    entry + ", cache_read_input_token_cost: 1, input_cost_per_token: 5";
            default -> entry;
        };
    }

    private static DeploymentSettings beside(String key) {
        DeploymentSettings model = deployment(MODELS.getOrDefault(key, "openai/gpt-4o"));
        return switch (key) {
            case "output_cost_per_token" -> model.set("input_cost_per_token", 0);
            case "cache_read_input_token_cost" ->
                    model.set("cache_creation_input_token_cost", 1).set("input_cost_per_token", 5);
            case "cache_creation_input_token_cost" ->
                    model.set("cache_read_input_token_cost", 1).set("input_cost_per_token", 5);
            default -> model;
        };
    }

    private static final String SHARED =
            "credential_list: [{credential_name: shared, credential_values: {api_key: s}}]\n";

    private static String deployments(String key, String params, String info) {
        String model = MODELS.getOrDefault(key, "openai/gpt-4o");
        boolean bare = model.equals("some-model") && params.isEmpty();
        return SHARED
                + """
                model_list:
                  - model_name: m
                    litellm_params: {model: %s, %s}
                    model_info: {%s}
                """
                        .formatted(bare ? "openai/" + model : model, params, info);
    }

    private static RouterBuilder one(DeploymentSettings deployment) {
        return builder().credential("shared", parameters().apiKey("s")).model("m", deployment);
    }

    @Test
    void factsOfAModel() {
        info().forEach(
                        (key, example) -> {
                            String entry = key + ": " + example.yaml();
                            RouterConfig none = yaml(deployments(key, "", ""));
                            RouterConfig file = yaml(deployments(key, "", entry));
                            DeploymentSettings generic =
                                    beside(key).info(key, value(example.yaml()));
                            same(key, none, file, one(generic));
                            if (example.typed() != null) {
                                same(key, none, file, one(example.typed().apply(beside(key))));
                            }
                        });
    }

    @Test
    void theOtherSections(@TempDir Path folder) throws IOException {
        Path costs = folder.resolve("costs.json");
        Files.writeString(costs, "{\"gpt-4o\": {\"input_cost_per_token\": 7}}");
        RouterConfig none = yaml(FILE);
        same(
                "model_cost_map",
                none,
                yaml(FILE + "general_settings: {model_cost_map: '" + costs + "'}\n"),
                models(null).modelCostMap(costs));
        same(
                "ssl_verify",
                none,
                yaml(FILE + "litellm_settings: {ssl_verify: false}\n"),
                models(null).verifyCertificates(false));
        String variables = "environment_variables: {HTTPS_PROXY: 'http://p:1'}\n";
        same(
                "environment_variables",
                none,
                yaml(FILE + variables),
                models(null).section("environment_variables", Map.of("HTTPS_PROXY", "http://p:1")));
    }

    @Test
    void aStrategyIsTheSameByNameAndAsAnObject() {
        same(
                "least-busy",
                yaml(FILE),
                yaml(FILE + "router_settings: {routing_strategy: least-busy}\n"),
                models(null).strategy(new LeastBusy()));
        same(
                "latency",
                yaml(FILE),
                yaml(
                        FILE
                                + "router_settings: {routing_strategy: latency-based-routing, routing_strategy_args: {ttl: 9}}\n"),
                models(null).strategy(new LowestLatency(Duration.ofSeconds(9), 0)));
    }

    private RouterConfig yaml(String text) {
        String clean = text.replace("\n  {}\n  ", "\n  ").replace(", }", "}");
        return read.computeIfAbsent(clean, yaml -> builder().yaml(yaml).plan().config());
    }

    private static void same(
            String key, RouterConfig none, RouterConfig file, RouterBuilder builder) {
        assertThat(file).as(key + " makes a difference").isNotEqualTo(none);
        assertThat(builder.plan().config()).as(key).isEqualTo(file);
    }

    // ------------------------------------------------------------------------------------- values

    /** What a program would say for a value of a file. */
    private static @Nullable Object value(String yaml) {
        return value(Objects.requireNonNull(Yaml.parse("value", yaml).root()));
    }

    private static @Nullable Object value(YamlNode node) {
        return switch (node) {
            case Scalar scalar ->
                    switch (scalar.type()) {
                        case NULL -> null;
                        case BOOLEAN -> Boolean.valueOf(scalar.text());
                        case WHOLE -> Integer.valueOf(scalar.text());
                        case DECIMAL -> new BigDecimal(scalar.text());
                        case TEXT -> scalar.text();
                    };
            case Sequence sequence ->
                    sequence.items().stream().map(CodeSaysAllThatFilesSayTest::value).toList();
            case Mapping mapping -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                mapping.entries().forEach(e -> map.put(e.name(), value(e.value())));
                yield map;
            }
        };
    }
}
