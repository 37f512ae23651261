package dev.midstream.model;

import java.util.Set;

/**
 * Members of a request's body that speak to the router: they never leave toward an upstream, for
 * providers answer unknown members with 400.
 *
 * <p><b>Source</b>: LiteLLM's request parameters, and settings of ours that a body may hold (read
 * 2026-11). Stateless.
 */
public final class RouterMembers {

    /** Members that say whom to ask after the group that was asked. */
    public static final Set<String> FALLBACKS =
            Set.of("fallbacks", "context_window_fallbacks", "content_policy_fallbacks");

    private static final Set<String> OURS =
            Set.of(
                    "disable_fallbacks",
                    "mid_stream",
                    "disable_mid_stream_continuation",
                    "num_retries",
                    "timeout",
                    "stream_timeout",
                    "litellm_metadata",
                    "tags");

    /**
     * Members that would let a client say where its request goes or by whose money: refused with
     * 400.
     */
    public static final Set<String> REFUSED = Set.of("api_base", "base_url", "api_key");

    /** Members that say in which form a client is answered. */
    private static final Set<String> FORM = Set.of("stream", "stream_options", "n", "background");

    private RouterMembers() {}

    /**
     * Whether a member holds for a request as a whole, so that a fallback cannot ask for another
     * value of it.
     */
    public static boolean fixed(String name) {
        return own(name) || FORM.contains(name);
    }

    /** Whether a member of this name is the router's own. */
    public static boolean own(String name) {
        return OURS.contains(name)
                || FALLBACKS.contains(name)
                || name.startsWith("mock_")
                || name.startsWith("midstream_");
    }
}
