package dev.midstream.gateway.edge;

import dev.midstream.protocol.ClientProtocol;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths and what answers there. Immutable. */
public final class Routes {

    /** What answers at a path. */
    sealed interface Route {

        /** The one HTTP method that it takes. */
        String method();

        /** Whether it is answered without a key. */
        boolean open();

        /** A model is asked, in this protocol. */
        record Ask(ClientProtocol protocol) implements Route {
            @Override
            public String method() {
                return "POST";
            }

            @Override
            public boolean open() {
                return false;
            }
        }

        /** The model groups that clients can ask. */
        record Models() implements Route {
            @Override
            public String method() {
                return "GET";
            }

            @Override
            public boolean open() {
                return false;
            }
        }

        /** Whether the process lives. */
        record Alive() implements Route {
            @Override
            public String method() {
                return "GET";
            }

            @Override
            public boolean open() {
                return true;
            }
        }

        /** Whether it takes requests. */
        record Ready() implements Route {
            @Override
            public String method() {
                return "GET";
            }

            @Override
            public boolean open() {
                return true;
            }
        }
    }

    private final Map<String, Route> byPath;

    private Routes(Map<String, Route> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /**
     * @param asked the protocol spoken at each path
     */
    public static Routes of(Map<String, ClientProtocol> asked) {
        Map<String, Route> table = new HashMap<>();
        asked.forEach((path, protocol) -> table.put(path, new Route.Ask(protocol)));
        table.put("/v1/models", new Route.Models());
        table.put("/models", new Route.Models());
        table.put("/health/liveliness", new Route.Alive());
        table.put("/health/liveness", new Route.Alive());
        table.put("/health/readiness", new Route.Ready());
        return new Routes(table);
    }

    /**
     * @param path without query; a slash at its end makes no difference
     */
    @Nullable Route at(String path) {
        boolean slash = path.length() > 1 && path.endsWith("/");
        return byPath.get(slash ? path.substring(0, path.length() - 1) : path);
    }
}
