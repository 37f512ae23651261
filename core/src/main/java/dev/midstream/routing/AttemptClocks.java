package dev.midstream.routing;

import java.time.Duration;

/**
 * The time limits of one attempt, all set.
 *
 * @param idleInReasoning the idle limit inside reasoning and tools run by the provider
 * @param plain bounds an attempt that does not stream
 * @param pingsAreLife whether pings count as life until the first content: where the first-token
 *     limit was only derived from a read timeout and reasoning was asked for
 */
public record AttemptClocks(
        Duration connect,
        Duration firstToken,
        Duration idle,
        Duration idleInReasoning,
        Duration plain,
        boolean pingsAreLife) {}
