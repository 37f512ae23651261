package dev.midstream.gateway.edge;

import dev.midstream.protocol.ClientProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths and what answers there. Immutable. */
public final class Routes {

    /** What answers at a path. */
    sealed interface Route {

        /** The HTTP methods that it takes. */
        List<String> methods();

        /** Whether it is answered without a key. */
        boolean open();

        /** A model is asked, in this protocol. */
        record Ask(ClientProtocol protocol) implements Route {
            @Override
            public List<String> methods() {
                return List.of("POST");
            }

            @Override
            public boolean open() {
                return false;
            }
        }

        /**
         * What a protocol serves beside.
         *
         * @param name what stood in the path for {@code {}}
         */
        record Side(SideService service, String name) implements Route {
            @Override
            public List<String> methods() {
                return service.methods();
            }

            @Override
            public boolean open() {
                return false;
            }
        }

        /** The model groups that clients can ask. */
        record Models() implements Route {
            @Override
            public List<String> methods() {
                return List.of("GET");
            }

            @Override
            public boolean open() {
                return false;
            }
        }

        /** Whether the process lives. */
        record Alive() implements Route {
            @Override
            public List<String> methods() {
                return List.of("GET");
            }

            @Override
            public boolean open() {
                return true;
            }
        }

        /** Whether it takes requests. */
        record Ready() implements Route {
            @Override
            public List<String> methods() {
                return List.of("GET");
            }

            @Override
            public boolean open() {
                return true;
            }
        }
    }

    private static final String NAME = "{}";

    private final Map<String, Route> byPath;
    private final Map<List<String>, SideService> named;

    private Routes(Map<String, Route> byPath, Map<List<String>, SideService> named) {
        this.byPath = Map.copyOf(byPath);
        this.named = Map.copyOf(named);
    }

    /**
     * @param asked the protocol spoken at each path
     * @param beside what else is served; {@code {}} stands for one segment that is a name
     */
    public static Routes of(Map<String, ClientProtocol> asked, Map<String, SideService> beside) {
        Map<String, Route> table = new HashMap<>();
        Map<List<String>, SideService> named = new HashMap<>();
        asked.forEach((path, protocol) -> table.put(path, new Route.Ask(protocol)));
        beside.forEach(
                (path, service) -> {
                    if (path.contains(NAME)) {
                        named.put(List.of(path.split("/")), service);
                    } else {
                        table.put(path, new Route.Side(service, ""));
                    }
                });
        table.put("/v1/models", new Route.Models());
        table.put("/models", new Route.Models());
        table.put("/health/liveliness", new Route.Alive());
        table.put("/health/liveness", new Route.Alive());
        table.put("/health/readiness", new Route.Ready());
        return new Routes(table, named);
    }

    /**
     * @param path encoded, without query; a slash at its end makes no difference
     */
    @Nullable Route at(String path) {
        boolean slash = path.length() > 1 && path.endsWith("/");
        String plain = slash ? path.substring(0, path.length() - 1) : path;
        Route exact = byPath.get(plain);
        return exact != null ? exact : named(plain.split("/"));
    }

    private @Nullable Route named(String[] segments) {
        for (Map.Entry<List<String>, SideService> entry : named.entrySet()) {
            List<String> pattern = entry.getKey();
            int at = pattern.indexOf(NAME);
            List<String> given = new ArrayList<>(List.of(segments));
            if (given.size() == pattern.size() && !given.get(at).isEmpty()) {
                String name = given.set(at, NAME);
                if (given.equals(pattern)) {
                    return new Route.Side(entry.getValue(), name);
                }
            }
        }
        return null;
    }
}
