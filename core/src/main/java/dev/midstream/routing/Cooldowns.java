package dev.midstream.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a deployment is left alone, and for how long.
 *
 * @param time how long it is left alone after failures; zero switches cooldowns off
 * @param allowedFails failures in a row within a minute that are let pass before a cooldown,
 *     whatever their kind; null for the default: a deployment that is down, overloaded or shuts us
 *     out cools at the first, one that breaks off at the second
 */
public record Cooldowns(Duration time, @Nullable Integer allowedFails) {}
