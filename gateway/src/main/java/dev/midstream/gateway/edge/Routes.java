package dev.midstream.gateway.edge;

import dev.midstream.protocol.ClientProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The paths and what answers there. Immutable. */
public final class Routes {

    /** What answers at a path. */
    sealed interface Route {

        /** The HTTP methods that it takes. */
        List<String> methods();

        /** Whether it is answered without a key. */
        boolean open();

        /**
         * A model is asked, in this protocol.
         *
         * @param model that the path names, encoded; null where the body does
         */
        record Ask(ClientProtocol protocol, @Nullable String model) implements Route {
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
         * @param pattern where it is served
         * @param name what stood in the path for {@code {}}, encoded
         */
        record Side(SideService service, String pattern, String name) implements Route {
            @Override
            public List<String> methods() {
                return service.methods();
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

        /** A page for whoever looks after the gateway. */
        record Page(Document document) implements Route {
            @Override
            public List<String> methods() {
                return List.of("GET");
            }

            @Override
            public boolean open() {
                return document.open();
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

    private final Map<String, Route> byPath;
    private final List<Named> named;

    private Routes(Map<String, Route> byPath, List<Named> named) {
        this.byPath = Map.copyOf(byPath);
        this.named = List.copyOf(named);
    }

    /**
     * @param asked the protocol spoken at each path; {@code {}} stands for the model's name
     * @param beside what else is served; {@code {}} stands for one segment that is a name, {@code
     *     {*}} at the end for one or more
     */
    public static Routes of(Map<String, ClientProtocol> asked, Map<String, SideService> beside) {
        Map<String, Route> table = new HashMap<>();
        List<Named> named = new ArrayList<>();
        asked.forEach(
                (path, protocol) -> {
                    if (path.contains("{")) {
                        named.add(Named.of(path, model -> new Route.Ask(protocol, model)));
                    } else {
                        table.put(path, new Route.Ask(protocol, null));
                    }
                });
        beside.forEach(
                (path, service) -> {
                    if (path.contains("{")) {
                        named.add(Named.of(path, name -> new Route.Side(service, path, name)));
                    } else {
                        table.put(path, new Route.Side(service, path, ""));
                    }
                });
        table.put("/health/liveliness", new Route.Alive());
        table.put("/health/liveness", new Route.Alive());
        table.put("/health/readiness", new Route.Ready());
        return new Routes(table, named);
    }

    /** The same with a page more. */
    public Routes with(String path, Document document) {
        Map<String, Route> table = new HashMap<>(byPath);
        table.put(path, new Route.Page(document));
        return new Routes(table, named);
    }

    /**
     * @param path encoded, without query; a slash at its end makes no difference
     */
    @Nullable Route at(String path) {
        boolean slash = path.length() > 1 && path.endsWith("/");
        String plain = slash ? path.substring(0, path.length() - 1) : path;
        Route exact = byPath.get(plain);
        if (exact != null) {
            return exact;
        }
        for (Named candidate : named) {
            String name = candidate.nameIn(plain);
            if (name != null) {
                return candidate.route().apply(name);
            }
        }
        return null;
    }

    /** A path with a name in it. */
    private record Named(String before, String after, boolean deep, Function<String, Route> route) {

        static Named of(String pattern, Function<String, Route> route) {
            int from = pattern.indexOf('{');
            int to = pattern.indexOf('}') + 1;
            boolean deep = pattern.substring(from, to).equals("{*}");
            return new Named(pattern.substring(0, from), pattern.substring(to), deep, route);
        }

        @Nullable String nameIn(String path) {
            int end = path.length() - after.length();
            if (end <= before.length() || !path.startsWith(before) || !path.endsWith(after)) {
                return null;
            }
            String name = path.substring(before.length(), end);
            return deep || name.indexOf('/') < 0 ? name : null;
        }
    }
}
