package dev.midstream.admission;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.Settings;
import java.util.function.LongSupplier;

/**
 * What requests are let in to. Immutable, but for what its parts learn; thread-safe.
 *
 * @param settings the router's over the defaults
 * @param memory what deployments turned out not to do
 * @param ticker monotonic nanoseconds
 */
public record Routing(
        Settings settings, Fleet fleet, CapabilityMemory memory, LongSupplier ticker) {}
