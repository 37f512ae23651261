package dev.midstream.routing;

import dev.midstream.model.Target;

/** One way to ask a deployment: in a protocol, at an endpoint. Immutable. */
public record Face(Target target, Endpoint endpoint) {

    /** The protocol that is spoken there. */
    public String protocol() {
        return target.protocol();
    }
}
