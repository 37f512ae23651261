package dev.midstream.gateway.edge;

import dev.midstream.admission.Routing;
import dev.midstream.capability.CapabilityMemory;
import dev.midstream.driver.Equipment;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.transport.Upstreams;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.RouterConfig;

/**
 * What the edge serves by one configuration. A request keeps the one that it began with. Immutable,
 * but for the parts that all share.
 *
 * @param router what the configuration says of routing; {@code fleet} is made of it
 * @param plainProtocol whose form of an error is used where no protocol's path was asked
 */
public record Service(
        Routes routes,
        Access access,
        Cors cors,
        Limits limits,
        RouterConfig router,
        Fleet fleet,
        CapabilityMemory memory,
        Equipment equipment,
        Upstreams upstreams,
        LiveCalls live,
        RequestLog log,
        ClientProtocol plainProtocol) {

    /** What requests to models are let in to. */
    Routing routing() {
        return new Routing(router.settings(), fleet, memory, equipment.ticker());
    }
}
