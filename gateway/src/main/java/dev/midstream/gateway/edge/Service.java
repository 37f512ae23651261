package dev.midstream.gateway.edge;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.gateway.driver.Equipment;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.Settings;

/**
 * What the edge serves, one for the whole gateway. Thread-safe.
 *
 * @param settings the router's settings over the defaults
 * @param plainProtocol whose form of an error is used where no protocol's path was asked
 */
public record Service(
        Routes routes,
        Access access,
        Limits limits,
        Fleet fleet,
        Settings settings,
        CapabilityMemory memory,
        Equipment equipment,
        LiveCalls live,
        RequestLog log,
        ClientProtocol plainProtocol) {}
