package dev.midstream.client;

import dev.midstream.client.http.JdkTransport;
import dev.midstream.config.Diagnostic;
import dev.midstream.config.Diagnostic.Severity;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Endpoint;
import dev.midstream.yaml.Position;
import java.util.ArrayList;
import java.util.List;

/** The library's own transport, where it can reach all that was configured. */
final class OwnTransport {

    private OwnTransport() {}

    /**
     * Makes one that can.
     *
     * @throws InvalidConfigurationException with every deployment that it cannot reach
     */
    static JdkTransport of(RouterParts parts) {
        JdkTransport transport = new JdkTransport();
        List<Diagnostic> objections = new ArrayList<>();
        parts.config().groups().stream()
                .flatMap(group -> group.deployments().stream())
                .filter(deployment -> isAskedOverHttp(deployment, parts))
                .forEach(deployment -> object(deployment, transport, objections));
        if (!objections.isEmpty()) {
            transport.close();
            throw new InvalidConfigurationException(objections);
        }
        return transport;
    }

    private static boolean isAskedOverHttp(Deployment deployment, RouterParts parts) {
        return deployment.unusable() == null
                && !parts.providers().containsKey(deployment.target().provider());
    }

    private static void object(
            Deployment deployment, JdkTransport transport, List<Diagnostic> objections) {
        Endpoint endpoint = deployment.endpoint();
        String objection = transport.objection(endpoint.passage(), endpoint.plain());
        if (objection != null) {
            Position place =
                    Position.inCode("deployment " + deployment.id(), objections.size() + 1);
            objections.add(Diagnostic.of(Severity.ERROR, place, objection));
        }
    }
}
