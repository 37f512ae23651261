/**
 * Which deployment is asked next.
 *
 * <p>{@link dev.midstream.routing.Fleet} holds all model groups and what is known of their deployments (cooldowns, what they
 * refused, how many requests they carry); it is shared and thread-safe. {@link dev.midstream.routing.Plan} is one request's
 * walk through it: same group first, then fallbacks, within one budget. No I/O, no clock: time comes in as nanoseconds of a
 * monotonic clock, randomness as a seeded generator.
 */
@NullMarked
package dev.midstream.routing;

import org.jspecify.annotations.NullMarked;
