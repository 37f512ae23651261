package dev.midstream.simulation;

import dev.midstream.model.Method;
import dev.midstream.model.Quirk;
import dev.midstream.model.Target;
import dev.midstream.routing.Clocks;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Endpoint;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A deployment of the simulated world.
 *
 * @param methods the ways to go on that are configured for it, best first
 * @param mishaps what goes wrong with the first, second, ... attempt here; nothing with any later
 *     one
 * @param thinksAgain whether its model reasons before it goes on with an answer, even if asked not
 *     to
 */
record SimDeployment(
        String id,
        String group,
        List<Method> methods,
        Manner manner,
        List<Mishap> mishaps,
        boolean thinksAgain) {

    private static final Endpoint NOWHERE =
            new Endpoint(
                    URI.create("http://simulated/stream"),
                    URI.create("http://simulated/plain"),
                    Map.of(),
                    new Credential.None());

    SimDeployment {
        methods = List.copyOf(methods);
        mishaps = List.copyOf(mishaps);
    }

    Mishap mishap(int ask) {
        return ask < mishaps.size() ? mishaps.get(ask) : Mishap.NONE;
    }

    Deployment configured() {
        Target target =
                new Target(
                        id,
                        group,
                        "sim",
                        "model-" + id,
                        SimFrames.PROTOCOL,
                        "",
                        Map.of(),
                        false,
                        List.of(),
                        quirks());
        return new Deployment(target, NOWHERE, methods, 1, 1, Clocks.UNSET, null, null, null);
    }

    /** What the capability table would know of such a model. */
    private List<Quirk> quirks() {
        return switch (manner) {
            case TRIMS -> List.of(Quirk.TRIMS_LEADING_WHITESPACE);
            case ECHOES_AS_KNOWN -> List.of(Quirk.ECHO);
            default -> List.of();
        };
    }
}
