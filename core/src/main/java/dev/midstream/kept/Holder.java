package dev.midstream.kept;

import dev.midstream.driver.Errand;
import dev.midstream.driver.Segment;
import dev.midstream.model.Held;
import dev.midstream.protocol.responses.ResponsesProtocol;
import dev.midstream.routing.Face;
import dev.midstream.routing.Fleet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider that keeps an answer, and what can be asked of it. Immutable. */
public record Holder(Face face, String id) {

    /** Empty if the deployment is not there any more, or speaks something else by now. */
    public static Optional<Holder> of(Held held, Fleet fleet) {
        return fleet.deployment(held.deployment())
                .map(deployment -> deployment.face(ResponsesProtocol.NAME))
                .filter(face -> face.protocol().equals(ResponsesProtocol.NAME))
                .map(face -> new Holder(face, held.id()));
    }

    /**
     * Something to ask about the answer.
     *
     * @param below what stands behind the answer's own URL, with a slash in front; or empty
     */
    public Errand.Order order(String method, String below, @Nullable String query) {
        return new Errand.Order(
                face,
                method,
                face.endpoint().below("/" + Segment.of(id) + below, query),
                Map.of(),
                new byte[0]);
    }
}
