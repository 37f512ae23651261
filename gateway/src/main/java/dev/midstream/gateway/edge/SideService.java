package dev.midstream.gateway.edge;

import dev.midstream.driver.Equipment;
import dev.midstream.driver.Loop;
import dev.midstream.protocol.ClientProtocol;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that a protocol serves beside the asking of models: answers that are kept, tokens that
 * are counted. Thread-safe.
 */
public interface SideService {

    /** Whose form its errors have. */
    ClientProtocol protocol();

    /** The HTTP methods that it takes. */
    List<String> methods();

    /**
     * Answers one visit, at once or later, exactly once. Called on the visit's loop or, where the
     * body is large, off it.
     *
     * @param reply may be called from within, and on any thread
     */
    void serve(Visit visit, Consumer<Reply> reply);

    /**
     * One request to it.
     *
     * @param name what stands in the path for {@code {}}, as it came; empty where the path has none
     * @param query as it came, null if there is none
     * @param header gives a request header by lower-case name, or null
     * @param body empty where the method has none
     */
    record Visit(
            Service service,
            Loop loop,
            String method,
            String name,
            @Nullable String query,
            Function<String, @Nullable String> header,
            byte[] body) {

        public Equipment equipment() {
            return service.equipment();
        }
    }

    /**
     * @param json the whole body
     */
    record Reply(int status, byte[] json) {}
}
