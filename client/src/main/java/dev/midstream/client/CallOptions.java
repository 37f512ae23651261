package dev.midstream.client;

import dev.midstream.admission.Wishes;
import dev.midstream.config.IllegalSetting;
import dev.midstream.config.RequestSettings;
import dev.midstream.model.Json;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.SettingsPatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is wished for one request beside what it says itself; counts before what its group and the
 * router say.
 *
 * <pre>{@code
 * CallOptions fast = CallOptions.NONE.numRetries(0).firstTokenTimeout(Duration.ofSeconds(5));
 * router.stream(request, fast.fallbacks("small").tags("batch"));
 * }</pre>
 *
 * <p>Immutable: every method returns options with one more said.
 *
 * <p><b>Failure</b>: {@link IllegalArgumentException} that names the value and what was expected,
 * at once. Whether models that fallbacks name exist is found out when a request is let in.
 */
public final class CallOptions extends RecoverySettings<CallOptions> {

    /** Nothing is wished. */
    public static final CallOptions NONE = new CallOptions(Map.of(), Wishes.NONE, List.of(), null);

    private static final int MOST_TAGS = 64;
    private static final int LONGEST_TAG = 256;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Map<String, String> said;
    private final Wishes wishes;
    private final List<RouterListener> listeners;
    private final @Nullable RecoveryPolicy policy;

    private CallOptions(
            Map<String, String> said,
            Wishes wishes,
            List<RouterListener> listeners,
            @Nullable RecoveryPolicy policy) {
        this.said = said;
        this.wishes = wishes;
        this.listeners = listeners;
        this.policy = policy;
    }

    @Override
    CallOptions with(String key, @Nullable Object value) {
        if (!RequestSettings.names().contains(key)) {
            throw new IllegalArgumentException(
                    "`%s` is no setting of a request; expected one of %s"
                            .formatted(key, RequestSettings.names()));
        }
        Object plain = value instanceof Json json ? CodeValue.parsed(json) : value;
        Map<String, String> more = new LinkedHashMap<>(said);
        if (plain == null) {
            more.remove(key);
        } else {
            more.put(key, text(key, plain));
        }
        return new CallOptions(
                Collections.unmodifiableMap(more),
                new Wishes(read(more), wishes.tags(), wishes.members()),
                listeners,
                policy);
    }

    private static String text(String key, Object value) {
        CodeValue scalar = CodeValue.of(value);
        if (scalar == null) {
            String what = value == Missing.VALUE ? "null" : "a " + value.getClass().getName();
            throw new IllegalArgumentException("`" + key + "` cannot be " + what);
        }
        return scalar.text();
    }

    private static SettingsPatch read(Map<String, String> said) {
        try {
            return RequestSettings.of(said);
        } catch (IllegalSetting illegal) {
            throw new IllegalArgumentException(illegal.getMessage(), illegal);
        }
    }

    /**
     * How often the last deployment left is asked again, 0 to 100, mid-stream too; counts before a
     * deployment's own number.
     */
    public CallOptions numRetries(int retries) {
        return typed("num_retries", retries);
    }

    /**
     * Which deployments the request is for, where {@link RouterBuilder#tagFiltering} is on; several
     * calls add up.
     *
     * @param tags 64 at most, of 256 characters at most
     */
    public CallOptions tags(String... tags) {
        Set<String> more = new LinkedHashSet<>(wishes.tags());
        for (String tag : tags) {
            if (tag == null || tag.isBlank() || tag.length() > LONGEST_TAG) {
                throw new IllegalArgumentException(
                        "a tag has 1 to " + LONGEST_TAG + " characters, not `" + cut(tag) + "`");
            }
            more.add(tag.strip());
        }
        if (more.size() > MOST_TAGS) {
            throw new IllegalArgumentException("more than " + MOST_TAGS + " tags: " + more.size());
        }
        return of(new Wishes(wishes.settings(), more, wishes.members()));
    }

    /**
     * Who is asked after the group that the request asks, in this order, instead of those that are
     * configured.
     *
     * @param models groups, aliases or ids of deployments, 16 at most; none: nobody
     */
    public CallOptions fallbacks(String... models) {
        return member("fallbacks", CodeTree.list(models));
    }

    /**
     * The same with models that are asked an altered request, which must be in a protocol's own
     * JSON.
     */
    public CallOptions fallbacks(List<Fallback> fallbacks) {
        return member("fallbacks", fallbacks);
    }

    /** The same after a conversation that is longer than the model's window. */
    public CallOptions contextWindowFallbacks(String... models) {
        return member("context_window_fallbacks", CodeTree.list(models));
    }

    /**
     * The same with models that are asked an altered request, which must be in a protocol's own
     * JSON.
     */
    public CallOptions contextWindowFallbacks(List<Fallback> fallbacks) {
        return member("context_window_fallbacks", fallbacks);
    }

    /** The same after a refusal by a provider's content policy. */
    public CallOptions contentPolicyFallbacks(String... models) {
        return member("content_policy_fallbacks", CodeTree.list(models));
    }

    /**
     * The same with models that are asked an altered request, which must be in a protocol's own
     * JSON.
     */
    public CallOptions contentPolicyFallbacks(List<Fallback> fallbacks) {
        return member("content_policy_fallbacks", fallbacks);
    }

    private CallOptions member(String name, List<?> targets) {
        List<Object> list = new ArrayList<>();
        for (Object target : targets) {
            Object written = target instanceof Fallback to ? CodedRouter.altered(to) : target;
            if (!(written instanceof Map<?, ?>)
                    && !(written instanceof String text && !text.isBlank())) {
                throw new IllegalArgumentException(
                        "`" + name + "[" + list.size() + "]` must be the name of a model");
            }
            list.add(plain(written));
        }
        Map<String, Json> more = new LinkedHashMap<>(wishes.members());
        more.put(name, new Json(MAPPER.writeValueAsString(list)));
        return of(new Wishes(wishes.settings(), wishes.tags(), more));
    }

    /** A fallback with the members that are JSON already as values. */
    private static Object plain(Object target) {
        if (!(target instanceof Map<?, ?> object)) {
            return target;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        object.forEach(
                (name, value) ->
                        values.put(
                                String.valueOf(name),
                                value instanceof Json json ? CodeValue.parsed(json) : value));
        return values;
    }

    private static String cut(@Nullable String text) {
        return text == null ? "null" : CodeTree.shown(text);
    }

    /** Somebody else is told of the call too, after the router's own listeners. */
    public CallOptions listener(RouterListener listener) {
        List<RouterListener> all = new ArrayList<>(listeners);
        all.add(Objects.requireNonNull(listener, "listener"));
        return new CallOptions(said, wishes, Collections.unmodifiableList(all), policy);
    }

    /** Somebody else decides between a failure and the next request, in place of the router's. */
    public CallOptions policy(RecoveryPolicy other) {
        return new CallOptions(said, wishes, listeners, Objects.requireNonNull(other, "policy"));
    }

    private CallOptions of(Wishes other) {
        return new CallOptions(said, other, listeners, policy);
    }

    List<RouterListener> listeners() {
        return listeners;
    }

    /** Null for the router's own. */
    @Nullable RecoveryPolicy policy() {
        return policy;
    }

    /** Fallbacks are in it in the form that they have in a request's body. */
    Wishes wishes() {
        return wishes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallOptions options
                && options.said.equals(said)
                && options.wishes.equals(wishes)
                && options.listeners.equals(listeners)
                && Objects.equals(options.policy, policy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(said, wishes, listeners, policy);
    }

    @Override
    public String toString() {
        return "call options " + said + " " + wishes.tags() + " " + wishes.members().keySet();
    }
}
