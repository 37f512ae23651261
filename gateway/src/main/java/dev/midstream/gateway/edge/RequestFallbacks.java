package dev.midstream.gateway.edge;

import dev.midstream.model.Json;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.routing.Fallbacks;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.ModelGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The member {@code fallbacks} of a request, LiteLLM's: the model groups to ask instead of the
 * configured fallbacks.
 */
final class RequestFallbacks {

    private static final String MEMBER = "fallbacks";
    private static final int MOST = 16;
    private static final JsonFactory FACTORY = new JsonFactory();

    private RequestFallbacks() {}

    /** The group with the request's own fallbacks; as it is where the request has none. */
    static ModelGroup applied(ModelGroup group, @Nullable Json member, Fleet fleet)
            throws InvalidRequest {
        if (member == null) {
            return group;
        }
        List<String> names = names(member);
        for (String name : names) {
            if (fleet.group(name).isEmpty()) {
                throw invalid("names a model that does not exist here");
            }
        }
        Fallbacks configured = group.fallbacks();
        Fallbacks own =
                new Fallbacks(
                        Fallbacks.to(names).general(),
                        configured.contextWindow(),
                        configured.contentPolicy());
        return new ModelGroup(group.name(), group.deployments(), own, group.settings());
    }

    private static List<String> names(Json member) throws InvalidRequest {
        List<String> names = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), member.text())) {
            boolean list = parser.nextToken() == JsonToken.START_ARRAY;
            while (list && parser.nextToken() == JsonToken.VALUE_STRING) {
                names.add(parser.getString());
            }
            if (!list || parser.currentToken() != JsonToken.END_ARRAY || names.size() > MOST) {
                throw invalid("expected a list of at most " + MOST + " names of models");
            }
        }
        return names;
    }

    private static InvalidRequest invalid(String what) {
        return new InvalidRequest(400, MEMBER, "`" + MEMBER + "`: " + what);
    }
}
