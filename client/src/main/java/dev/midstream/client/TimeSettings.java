package dev.midstream.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of an attempt, which every level may set: a router, a group, a deployment, a call. The
 * most specific one counts: the call's, then the deployment's, the group's, the router's.
 *
 * <p>Durations are above zero and at most 30 days, in whole milliseconds.
 *
 * @param <B> what the methods return, so that calls can be chained
 */
public abstract sealed class TimeSettings<B> permits RecoverySettings, DeploymentSettings {

    TimeSettings() {}

    /** What a typed method was given, where it was null. */
    enum Missing {
        VALUE
    }

    /** The value under this key of the level's own section. */
    abstract B with(String key, @Nullable Object value);

    /**
     * Sets a key as the configuration file has it: {@code set("idle_timeout", 20)}. Whatever has a
     * key can be set so, also what has no method of its own.
     *
     * @param value a text ({@code os.environ/NAME} in it stands for a variable, as in a file), a
     *     number, a boolean, an enum, a {@link Duration}, a {@link java.net.URI}, a {@link
     *     java.nio.file.Path}, a {@link dev.midstream.model.Secret}, a {@link
     *     dev.midstream.model.Json}, or a list or map of such; null: as if the key were absent, in
     *     the file too
     */
    public final B set(String key, @Nullable Object value) {
        return with(key, value);
    }

    /** A key by its method, which does not take null. */
    final B typed(String key, @Nullable Object value) {
        return with(key, value == null ? Missing.VALUE : value);
    }

    /** Until the connection to the provider stands; 5 seconds unless said otherwise. */
    public final B connectTimeout(Duration time) {
        return typed("connect_timeout", time);
    }

    /**
     * Until the first content, reasoning included; 2 minutes unless said otherwise, 10 when
     * reasoning is asked for.
     */
    public final B firstTokenTimeout(Duration time) {
        return typed("first_token_timeout", time);
    }

    /**
     * Between two signs of progress, pings being none; a minute unless said otherwise, 5 inside
     * reasoning and tools that the provider runs.
     */
    public final B idleTimeout(Duration time) {
        return typed("idle_timeout", time);
    }

    /**
     * Bounds an attempt that does not stream, never a stream that makes progress; 10 minutes unless
     * said otherwise. Sets {@link #firstTokenTimeout} and {@link #idleTimeout} where neither they
     * nor {@link #streamTimeout} are set.
     */
    public final B timeout(Duration time) {
        return typed("timeout", time);
    }

    /**
     * LiteLLM's read timeout of a stream: sets {@link #firstTokenTimeout} and {@link #idleTimeout}
     * where these are not set.
     */
    public final B streamTimeout(Duration time) {
        return typed("stream_timeout", time);
    }
}
