package dev.midstream.client;

import dev.midstream.client.spi.Clock;
import dev.midstream.client.spi.Provider;
import dev.midstream.client.spi.Transport;
import dev.midstream.routing.ErrorKind;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Describes a router: in code, by a LiteLLM {@code config.yaml}, or by a file with code over it.
 * Everything that a file can say can be said here, by the same keys where there is no method, and
 * with the same checks.
 *
 * <pre>{@code
 * Router router =
 *         Router.builder()
 *                 .model("chat", deployment("anthropic/claude-sonnet-4-5").apiKey(key).weight(2))
 *                 .model("chat", deployment("openai/gpt-4o").apiKey(otherKey))
 *                 .model("backup", deployment("mistral/mistral-large-latest"))
 *                 .fallback("chat", "backup")
 *                 .numRetries(3)
 *                 .build();
 * }</pre>
 *
 * <p>With {@link #config} what is said in code comes over the file, whenever it is said:
 * deployments are added to the file's, fallbacks, aliases and settings take the place of those for
 * the same group, name or key. Where code says something twice the last word counts, unless that
 * makes no sense.
 *
 * <p><b>Failure</b>: no method throws; {@link #build} names everything that is wrong at once. <b>
 * Thread-safety</b>: not thread-safe; may be used again.
 */
public final class RouterBuilder extends RecoverySettings<RouterBuilder> {

    private final CodedRouter said = new CodedRouter();
    private final List<RouterListener> listeners = new ArrayList<>();
    private @Nullable Transport transport;
    private @Nullable Clock clock;
    private @Nullable RecoveryPolicy policy;

    RouterBuilder() {}

    /**
     * Makes the router. What is odd or has no effect is logged as a warning, by {@link
     * System.Logger} under {@code dev.midstream}.
     *
     * @throws InvalidConfigurationException with everything that is wrong
     */
    public Router build() {
        RouterPlan plan = plan();
        SystemJournal journal = new SystemJournal();
        plan.warnings().forEach(warning -> journal.warn(warning.at() + ": " + warning.message()));
        return new Router(
                new RouterParts(
                        plan.config(), transport, clock, plan.providers(), listeners, policy));
    }

    /** What was said, checked. */
    RouterPlan plan() {
        return new Planning(said).plan();
    }

    @Override
    RouterBuilder with(String key, @Nullable Object value) {
        said.set(CodedRouter.ROUTER, key, value);
        return this;
    }

    private RouterBuilder entry(
            String section, String table, @Nullable String key, @Nullable Object value) {
        said.entry(section, table, key, value == null ? Missing.VALUE : value);
        return this;
    }

    // ------------------------------------------------------------------------------------ sources

    /** Starts from a LiteLLM {@code config.yaml}; includes are taken from beside it. */
    public RouterBuilder config(Path file) {
        said.file(file);
        return this;
    }

    /** Starts from the text of such a file; includes are taken from the working directory. */
    public RouterBuilder yaml(String text) {
        said.text(text);
        return this;
    }

    /**
     * Where variables are taken from, instead of the environment of the process: the usual ones of
     * the providers, proxies, and {@code os.environ/NAME}.
     *
     * @param variables gives a variable, or null
     */
    public RouterBuilder environment(Function<String, @Nullable String> variables) {
        said.environment(variables);
        return this;
    }

    /** The same from a map. */
    public RouterBuilder environment(Map<String, String> variables) {
        said.environment(variables == null ? null : new HashMap<>(variables)::get);
        return this;
    }

    /**
     * Says keys of a section of the file that have no method here: {@code
     * section("environment_variables", Map.of("HTTPS_PROXY", "http://proxy:3128"))}.
     *
     * @param values as in {@link #set}
     */
    public RouterBuilder section(String name, Map<String, ?> values) {
        said.section(name, values);
        return this;
    }

    // ------------------------------------------------------------------------------------- models

    /**
     * Adds deployments to a group; several calls for one group add up.
     *
     * @param group the name that requests ask for; {@code *} in it stands for any text
     */
    public RouterBuilder model(String group, DeploymentSettings... deployments) {
        said.models(group, deployments);
        return this;
    }

    /** Settings of a group, here or in the file; several calls for one group are joined. */
    public RouterBuilder group(String group, GroupSettings settings) {
        said.group(group, settings);
        return this;
    }

    /**
     * What each deployment's parameters are completed by: {@code parameters().dropParams(true)}.
     */
    public RouterBuilder defaults(DeploymentSettings parameters) {
        said.defaults(parameters);
        return this;
    }

    /** A credential that deployments take by {@link DeploymentSettings#credential its name}. */
    public RouterBuilder credential(String name, DeploymentSettings parameters) {
        said.credential(name, parameters);
        return this;
    }

    /** Another name for a group. */
    public RouterBuilder alias(String alias, String group) {
        said.alias(alias, group);
        return this;
    }

    /** The path of a file with what models take and cost, in the format of LiteLLM's cost map. */
    public RouterBuilder modelCostMap(Path file) {
        said.set("general_settings", "model_cost_map", file == null ? Missing.VALUE : file);
        return this;
    }

    // ---------------------------------------------------------------------------------- fallbacks

    /**
     * Who is asked after a group, in this order; several calls for one group add up.
     *
     * @param group {@code *} for every group without fallbacks of its own
     * @param targets groups, aliases or ids of deployments
     */
    public RouterBuilder fallback(String group, String... targets) {
        said.fallback("fallbacks", group, CodeTree.list(targets));
        return this;
    }

    /**
     * The same with targets that are asked an altered request: one in a protocol's own JSON. A
     * request in the canonical model passes such targets over.
     */
    public RouterBuilder fallback(String group, Fallback... targets) {
        said.fallback("fallbacks", group, CodeTree.list(targets));
        return this;
    }

    /** Who is asked first after a conversation that is longer than the model's window. */
    public RouterBuilder contextWindowFallback(String group, String... targets) {
        said.fallback("context_window_fallbacks", group, CodeTree.list(targets));
        return this;
    }

    /**
     * The same with targets that are asked an altered request: one in a protocol's own JSON. A
     * request in the canonical model passes such targets over.
     */
    public RouterBuilder contextWindowFallback(String group, Fallback... targets) {
        said.fallback("context_window_fallbacks", group, CodeTree.list(targets));
        return this;
    }

    /** Who is asked after a provider's content policy has refused the request. */
    public RouterBuilder contentPolicyFallback(String group, String... targets) {
        said.fallback("content_policy_fallbacks", group, CodeTree.list(targets));
        return this;
    }

    /**
     * The same with targets that are asked an altered request: one in a protocol's own JSON. A
     * request in the canonical model passes such targets over.
     */
    public RouterBuilder contentPolicyFallback(String group, Fallback... targets) {
        said.fallback("content_policy_fallbacks", group, CodeTree.list(targets));
        return this;
    }

    /** For groups without fallbacks of their own. */
    public RouterBuilder defaultFallbacks(String... targets) {
        return typed("default_fallbacks", CodeTree.list(targets));
    }

    // ------------------------------------------------------------------------------------ retries

    /**
     * How often the last deployment left is asked again, 0 to 100 per request, mid-stream too; 2
     * unless said otherwise.
     */
    public RouterBuilder numRetries(int retries) {
        return typed("num_retries", retries);
    }

    /** The least time before a retry on the same deployment. */
    public RouterBuilder retryAfter(Duration time) {
        return typed("retry_after", time);
    }

    /**
     * Retries after errors of a kind, whatever {@link #numRetries} says.
     *
     * @param kind {@link ErrorKind#OTHER} for all that have no number of their own
     */
    public RouterBuilder retries(ErrorKind kind, int retries) {
        return entry(CodedRouter.ROUTER, "retry_policy", policy(kind, "Retries"), retries);
    }

    /** The same for one group. */
    public RouterBuilder retries(String group, ErrorKind kind, int retries) {
        said.groupRetries(group, policy(kind, "Retries"), retries);
        return this;
    }

    static @Nullable String policy(@Nullable ErrorKind kind, String suffix) {
        return kind == null ? null : kind.key() + suffix;
    }

    /** How long a deployment is left alone after failures; 5 seconds unless said otherwise. */
    public RouterBuilder cooldown(Duration time) {
        return typed("cooldown_time", time);
    }

    /** Whether no deployment is ever left alone. */
    public RouterBuilder disableCooldowns(boolean disabled) {
        return typed("disable_cooldowns", disabled);
    }

    /** Failures in a row within a minute that are let pass before a cooldown. */
    public RouterBuilder allowedFails(int fails) {
        return typed("allowed_fails", fails);
    }

    /** The same by kind, each counted apart. */
    public RouterBuilder allowedFails(ErrorKind kind, int fails) {
        String key = policy(kind, "AllowedFails");
        return entry(CodedRouter.ROUTER, "allowed_fails_policy", key, fails);
    }

    // ------------------------------------------------------------------------------------ routing

    /**
     * Who is asked first of those of a group and one order, by the file's name for it: {@code
     * least-busy}, {@code latency-based-routing}…
     */
    public RouterBuilder routingStrategy(String name) {
        return typed("routing_strategy", name);
    }

    /** The same as an object: one of the engine's, or your own. */
    public RouterBuilder strategy(Strategy strategy) {
        said.strategy(strategy);
        return this;
    }

    /** Whether requests choose deployments by tags. */
    public RouterBuilder tagFiltering(boolean on) {
        return typed("enable_tag_filtering", on);
    }

    /**
     * Whether one of a request's tags is enough; otherwise a deployment must carry them all. It is
     * unless said otherwise.
     */
    public RouterBuilder tagsMatchAny(boolean any) {
        return typed("tag_filtering_match_any", any);
    }

    /** Whether deployments are passed over whose window the request surely exceeds. */
    public RouterBuilder preCallChecks(boolean on) {
        return typed("enable_pre_call_checks", on);
    }

    /** Whether requests and tokens a minute are limits; otherwise they are shares only. */
    public RouterBuilder enforceRateLimits(boolean enforced) {
        return typed("model_rate_limits", enforced ? "enforce" : "weigh");
    }

    /** For deployments without such a limit of their own. */
    public RouterBuilder defaultMaxParallelRequests(int most) {
        return typed("default_max_parallel_requests", most);
    }

    /** Whether parameters that a target cannot take are dropped instead of refused. */
    public RouterBuilder dropParams(boolean dropped) {
        return typed("drop_params", dropped);
    }

    /** Whether providers' certificates are checked; they are unless said otherwise. */
    public RouterBuilder verifyCertificates(boolean checked) {
        said.set("litellm_settings", "ssl_verify", checked);
        return this;
    }

    /** Certificates in PEM that are taken beside those of the Java installation. */
    public RouterBuilder certificates(Path file) {
        said.set("litellm_settings", "ssl_verify", file == null ? Missing.VALUE : file);
        return this;
    }

    // ----------------------------------------------------------------------------------- plugged
    // in

    /**
     * Plugs a provider in, whose deployments have {@code name/model} as their model.
     *
     * @param name of none that is built in
     */
    public RouterBuilder provider(String name, Provider provider) {
        said.provider(name, provider);
        return this;
    }

    /** How requests get to providers, instead of over the JDK's HTTP client; stays the caller's. */
    public RouterBuilder transport(Transport transport) {
        this.transport = said.given("transport", transport);
        return this;
    }

    /** Time, instead of the system's; stays the caller's. */
    public RouterBuilder clock(Clock clock) {
        this.clock = said.given("clock", clock);
        return this;
    }

    /** Told what happens to all calls; several calls add up. */
    public RouterBuilder listener(RouterListener listener) {
        if (said.given("listener", listener) != null) {
            listeners.add(listener);
        }
        return this;
    }

    /**
     * Decides between a failure and the next request, unless a call brings its own; {@link
     * RecoveryPolicy#DOCUMENTED} unless said otherwise.
     */
    public RouterBuilder policy(RecoveryPolicy policy) {
        this.policy = said.given("policy", policy);
        return this;
    }
}
