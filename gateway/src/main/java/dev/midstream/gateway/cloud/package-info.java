/**
 * Access tokens of cloud accounts: fetched and renewed ahead of time, away from the event loops.
 *
 * <p>What has to be asked and how an answer reads is {@code dev.midstream.cloud}'s; here are the
 * HTTP client that asks, the virtual threads that wait, and the cache that is mostly all that a
 * request sees.
 */
@NullMarked
package dev.midstream.gateway.cloud;

import org.jspecify.annotations.NullMarked;
