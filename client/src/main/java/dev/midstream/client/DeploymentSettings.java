package dev.midstream.client;

import dev.midstream.model.Method;
import dev.midstream.model.Secret;
import dev.midstream.routing.ErrorKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as a program describes it: what a configuration file has in {@code litellm_params}
 * and {@code model_info}.
 *
 * <pre>{@code
 * deployment("anthropic/claude-sonnet-4-5").apiKey(key).idleTimeout(Duration.ofSeconds(30))
 * deployment("azure/my-gpt").baseUrl("https://me.openai.azure.com").apiVersion("2025-02-01-preview")
 * deployment("openai/local").baseUrl("http://localhost:8000/v1").set("temperature", 0.2)
 * }</pre>
 *
 * <p>Immutable: every method returns settings with one more said, so that a common part can be kept
 * and used again. It prints no values.
 */
public final class DeploymentSettings extends TimeSettings<DeploymentSettings> {

    private static final String HEADERS = "extra_headers";
    private static final String ALLOWED_FAILS = "allowed_fails_policy";

    private final Map<String, @Nullable Object> params;
    private final Map<String, @Nullable Object> info;

    private DeploymentSettings(
            Map<String, @Nullable Object> params, Map<String, @Nullable Object> info) {
        this.params = params;
        this.info = info;
    }

    /**
     * A deployment of this model, with nothing else said yet.
     *
     * @param model {@code provider/model} as LiteLLM has them, or the name of a provider that was
     *     plugged in instead: {@code acme/model}
     */
    public static DeploymentSettings deployment(String model) {
        return parameters().typed("model", model);
    }

    /** Parameters of no deployment yet: for {@link RouterBuilder#defaults} and credentials. */
    public static DeploymentSettings parameters() {
        return new DeploymentSettings(Map.of(), Map.of());
    }

    @Override
    DeploymentSettings with(String key, @Nullable Object value) {
        return new DeploymentSettings(and(params, key, value), info);
    }

    private DeploymentSettings typedInfo(String key, @Nullable Object value) {
        return info(key, value == null ? Missing.VALUE : value);
    }

    private static Map<String, @Nullable Object> and(
            Map<String, @Nullable Object> said, String key, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(said);
        more.put(key, value);
        return Collections.unmodifiableMap(more);
    }

    /** The mapping under a key with one entry more. */
    private static Map<Object, @Nullable Object> more(
            Map<String, @Nullable Object> said, String key, @Nullable Object name, Object value) {
        Map<Object, @Nullable Object> more = new LinkedHashMap<>();
        if (said.get(key) instanceof Map<?, ?> before) {
            more.putAll(before);
        }
        more.put(String.valueOf(name), value == null ? Missing.VALUE : value);
        return Collections.unmodifiableMap(more);
    }

    Map<String, @Nullable Object> params() {
        return params;
    }

    Map<String, @Nullable Object> info() {
        return info;
    }

    // -------------------------------------------------------------------------- where and by whom

    /**
     * The key; without one the provider's usual environment variable counts.
     *
     * @param key one word of visible ASCII, or {@code os.environ/NAME}
     */
    public DeploymentSettings apiKey(String key) {
        return typed("api_key", secret(key));
    }

    /** The key. */
    public DeploymentSettings apiKey(Secret key) {
        return typed("api_key", key);
    }

    private static @Nullable Secret secret(@Nullable String text) {
        return text == null ? null : Secret.of(text);
    }

    /** The server; without one the provider's variable counts, then its own. */
    public DeploymentSettings baseUrl(String url) {
        return typed("api_base", url);
    }

    /** The server. */
    public DeploymentSettings baseUrl(URI url) {
        return typed("api_base", url);
    }

    /** The provider, where the model does not name it. */
    public DeploymentSettings provider(String name) {
        return typed("custom_llm_provider", name);
    }

    /** Azure's version of its API. */
    public DeploymentSettings apiVersion(String version) {
        return typed("api_version", version);
    }

    /** Azure's bearer token, instead of a key. */
    public DeploymentSettings azureAdToken(String token) {
        return typed("azure_ad_token", secret(token));
    }

    /** OpenAI's organisation. */
    public DeploymentSettings organization(String name) {
        return typed("organization", name);
    }

    /** The project of Google's cloud. */
    public DeploymentSettings vertexProject(String project) {
        return typed("vertex_project", project);
    }

    /** A region of Google's cloud, {@code global}, {@code us} or {@code eu}. */
    public DeploymentSettings vertexLocation(String location) {
        return typed("vertex_location", location);
    }

    /** The key file of a service account of Google's cloud. */
    public DeploymentSettings vertexCredentials(Path file) {
        return typed("vertex_credentials", file);
    }

    /** The content of such a key file. */
    public DeploymentSettings vertexCredentials(Secret json) {
        return typed("vertex_credentials", json);
    }

    /** Takes what is not said here from {@link RouterBuilder#credential} of this name. */
    public DeploymentSettings credential(String name) {
        return typed("litellm_credential_name", name);
    }

    /**
     * One more header; {@code Authorization}, {@code x-api-key} and {@code api-key} are the
     * credential.
     */
    public DeploymentSettings header(String name, String value) {
        return with(HEADERS, more(params, HEADERS, name, value));
    }

    /** Whether the provider's certificate is checked. */
    public DeploymentSettings verifyCertificates(boolean checked) {
        return typed("ssl_verify", checked);
    }

    /** Certificates in PEM that are taken beside those of the Java installation. */
    public DeploymentSettings certificates(Path file) {
        return typed("ssl_verify", file);
    }

    // ------------------------------------------------------------------------------------ routing

    /** Lower ones are asked first; who has none comes last. */
    public DeploymentSettings order(int order) {
        return typed("order", order);
    }

    /** The share among those of the same order. */
    public DeploymentSettings weight(double weight) {
        return typed("weight", weight);
    }

    /** Requests a minute: a limit, and a share where nobody has a {@link #weight}. */
    public DeploymentSettings requestsPerMinute(long most) {
        return typed("rpm", most);
    }

    /** Tokens a minute, input and output: a limit, and a share where nobody has another. */
    public DeploymentSettings tokensPerMinute(long most) {
        return typed("tpm", most);
    }

    /** How many requests it carries at once. */
    public DeploymentSettings maxParallelRequests(int most) {
        return typed("max_parallel_requests", most);
    }

    /** Which requests it is for, where {@link RouterBuilder#tagFiltering} is on. */
    public DeploymentSettings tags(String... tags) {
        return typed("tags", CodeTree.list(tags));
    }

    /** How long it is left alone after a failure. */
    public DeploymentSettings cooldown(Duration time) {
        return typed("cooldown_time", time);
    }

    /** Failures in a row within a minute that are let pass before. */
    public DeploymentSettings allowedFails(int fails) {
        return typedInfo("allowed_fails", fails);
    }

    /** The same by kind, each counted apart. */
    public DeploymentSettings allowedFails(ErrorKind kind, int fails) {
        String key = RouterBuilder.policy(kind, "AllowedFails");
        return info(ALLOWED_FAILS, more(info, ALLOWED_FAILS, key, fails));
    }

    /** Retries while this deployment is the one asked, 0 to 100. */
    public DeploymentSettings numRetries(int retries) {
        return typed("num_retries", retries);
    }

    // -------------------------------------------------------------------------------- the request

    /** Whether parameters that it cannot take are dropped instead of refused. */
    public DeploymentSettings dropParams(boolean dropped) {
        return typed("drop_params", dropped);
    }

    /** Members of the request that are never sent to it. */
    public DeploymentSettings additionalDropParams(String... members) {
        return typed("additional_drop_params", CodeTree.list(members));
    }

    /** Further members of the request, where a request gives none. */
    public DeploymentSettings extraBody(Map<String, ?> members) {
        return typed("extra_body", members);
    }

    // ---------------------------------------------------------------------------------- the model

    /**
     * Sets a key of {@code model_info} as the configuration file has it; anything may stand there.
     *
     * @param value as in {@link #set}
     */
    public DeploymentSettings info(String key, @Nullable Object value) {
        return new DeploymentSettings(params, and(info, key, value));
    }

    /** Its id, which fallbacks may name; without one it is a hash that stays the same. */
    public DeploymentSettings id(String id) {
        return typedInfo("id", id);
    }

    /**
     * {@code chat}, {@code responses} or {@code embedding}: by which of its protocols it is asked.
     */
    public DeploymentSettings mode(String mode) {
        return typedInfo("mode", mode);
    }

    /** The model to look up, where the deployment's name says nothing (Azure). */
    public DeploymentSettings baseModel(String model) {
        return typedInfo("base_model", model);
    }

    /** Whether the model continues a trailing assistant message. */
    public DeploymentSettings supportsAssistantPrefill(boolean supported) {
        return typedInfo("supports_assistant_prefill", supported);
    }

    /** Names the method of continuation, for the group, also where the table knows better. */
    public DeploymentSettings continuation(Method method) {
        return typedInfo("continuation", method);
    }

    /** How many tokens of conversation it takes. */
    public DeploymentSettings maxInputTokens(long tokens) {
        return typedInfo("max_input_tokens", tokens);
    }

    /** How many tokens its answers have at most. */
    public DeploymentSettings maxOutputTokens(long tokens) {
        return typedInfo("max_output_tokens", tokens);
    }

    /** What a token costs, in US dollars. */
    public DeploymentSettings prices(double input, double output) {
        return typed("input_cost_per_token", input).typed("output_cost_per_token", output);
    }

    /** What a token costs that the prompt cache held, or that is put there, in US dollars. */
    public DeploymentSettings cachePrices(double read, double written) {
        return typed("cache_read_input_token_cost", read)
                .typed("cache_creation_input_token_cost", written);
    }

    @Override
    public String toString() {
        return "deployment of " + params.get("model") + " " + params.keySet() + " " + info.keySet();
    }
}
