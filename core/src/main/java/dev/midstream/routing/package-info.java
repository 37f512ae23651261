/**
 * Which deployment is asked next.
 *
 * <p>{@link dev.midstream.routing.Fleet} holds all model groups and what is known of their
 * deployments (cooldowns, recent failures, how many requests they carry); it is shared and
 * thread-safe. {@link dev.midstream.routing.Plan} is one request's walk through it. No I/O, no
 * clock: time comes in as nanoseconds of a monotonic clock, randomness as a seeded generator.
 *
 * <h2>The walk</h2>
 *
 * <p>First whoever has not been asked by this request and is not cooled: the group asked for, lower
 * {@code order} first, inside an order by the {@link dev.midstream.routing.Strategy}, equals
 * shuffled by {@code weight}; then its fallbacks in order, each followed by its own, the default
 * fallbacks last. Then those that are cooled, whose time ends first: a cooldown is a preference,
 * and the last deployment is never switched off. Then those that have failed this very request,
 * after a wait where one is due. A group never comes twice, so no configuration makes a loop.
 *
 * <p>A group whose name is a pattern is never asked itself: each name that matches is made a group
 * when it is asked for, with deployments, cooldowns and limits of its own. The most specific
 * pattern counts.
 *
 * <p>Two kinds of failure may have groups named for them, and turn the way. After a conversation
 * that is too long the groups of {@code context_window_fallbacks} come next, each followed by its
 * own such list and by its own fallbacks; then what would have come without them. A refusal by a
 * content policy ends the request, unless there are {@code content_policy_fallbacks}: then these
 * are asked, and nobody else. A group none of whose deployments has a window that the request fits
 * into is passed over as one that has refused it for its length.
 *
 * <p>One budget bounds it all. A <em>retry</em> is an attempt in a group that was asked before, on
 * the same deployment or another: {@code num_retries} of them in the whole request. A
 * <em>fallback</em> is the first attempt in another group: {@code max_fallbacks}. All attempts
 * together: {@code max_attempts}. {@code disable_fallbacks} leaves only the group asked for.
 * Deployments that cannot be asked at all (no credential, a provider that is not there yet) are
 * passed over and cost nothing. A deployment's own {@code num_retries} bounds the retries after it
 * was asked, unless the request said how many it wants.
 *
 * <p>Where a {@code RetryPolicy} names a failure's kind ({@code ErrorKind}, LiteLLM's words), its
 * number of retries counts instead of all others, by that kind and within the request; it also has
 * asked again what otherwise would not be.
 *
 * <p>What a failure leaves open, for the deployment, its group and later requests, is one table:
 * {@code Treatment}. Where only our way of asking was refused (prefill, streaming, reasoning of
 * another origin) or taken for something else the same deployment is asked again first; this is no
 * retry but counts as an attempt.
 *
 * <h2>Limits</h2>
 *
 * <p>A deployment at its {@code rpm}, {@code tpm} or {@code max_parallel_requests} ({@code Load})
 * comes after everybody else, cooled ones too, and is asked only to go on with an answer that the
 * client has part of. Any other request ends, with the time until there is room. Each attempt
 * counts when it is made, its tokens by an estimate that is put right at its end; a slot is given
 * back by whichever of {@code succeeded}, {@code failed}, {@code released} and {@code abandon}
 * comes.
 *
 * <h2>Waits</h2>
 *
 * <p>Nobody waits while somebody can be asked. What merely broke off is asked again at once the
 * first time, what was overloaded after a jittered backoff. A Retry-After of at most a minute is
 * waited for exactly, by a request that has begun; a longer one rules the deployment out while more
 * than a minute of it is left. A request for which nothing was asked yet does not wait: where every
 * deployment is under a running Retry-After it ends, and passes on the time that is left.
 *
 * <h2>Cooldown</h2>
 *
 * <p>A deployment that is unreachable, overloaded, rate-limited or shuts us out cools at the first
 * failure; one that breaks off, stalls or answers 500 at the second in a row within a minute. A
 * success in between starts the count anew, so that a share of failures which another deployment
 * makes good does not take a busy deployment out, and a dead one is out after two requests whatever
 * the traffic. With {@code allowed_fails: N} every kind counts, and N + 1 in a row within a minute
 * cool it. A number for a kind of error ({@code allowed_fails_policy}) counts just these, and holds
 * for those too that would never cool or cool at once.
 *
 * <p>How long: the deployment's own {@code cooldown_time}; else the Retry-After (an hour at most);
 * else the router's, a minute at least where somebody has to change something (a key, a model's
 * name, money). Afterwards it is asked as before, but until it has succeeded one failure cools it
 * again: when it had been left alone, for twelve times as long, up to a minute. A cooldown that
 * runs is never shortened. A router's or a deployment's {@code cooldown_time: 0} switches it off:
 * nothing is remembered for other requests then, not even a Retry-After, which the request that got
 * it still honours. What the client, the request or we are to blame for never cools.
 */
@NullMarked
package dev.midstream.routing;

import org.jspecify.annotations.NullMarked;
