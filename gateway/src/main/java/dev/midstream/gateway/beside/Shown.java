package dev.midstream.gateway.beside;

import dev.midstream.gateway.driver.Errand;
import dev.midstream.gateway.edge.SideService.Reply;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Failure;
import dev.midstream.model.Json;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Seal;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.ErrorReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a provider says of a kept answer, as our client is to see it. All methods are pure. */
final class Shown {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * An item of a conversation.
     *
     * @param id empty if it has none
     */
    record Item(String id, Json json) {}

    private Shown() {}

    /**
     * The items of a list or of an answer, each as it was written, with its reasoning sealed.
     *
     * @param items an array; anything else has none
     */
    static List<Item> items(JsonNode items, Holder holder) {
        List<Item> shown = new ArrayList<>();
        for (JsonNode item : items) {
            seal(item, holder);
            Json json = new Json(JSON.writeValueAsString(item));
            shown.add(new Item(item.path("id").asString(""), json));
        }
        return shown;
    }

    private static void seal(JsonNode item, Holder holder) {
        String sealed = item.path("encrypted_content").asString("");
        if (!sealed.isEmpty() && item instanceof ObjectNode object) {
            Seal seal = new Seal(holder.face().target().origin(), sealed);
            object.put("encrypted_content", seal.written(""));
        }
    }

    /** A body as a tree, null's node if it is not JSON. */
    static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JSON.nullNode();
        }
    }

    static byte[] deleted(String id) {
        return JsonSplice.of(
                        "{\"object\":\"response\",\"deleted\":true}"
                                .getBytes(StandardCharsets.UTF_8))
                .setString("id", id)
                .bytes();
    }

    static Reply refused(ClientProtocol protocol, Errand.Result.Answered answered) {
        ProviderError error =
                ErrorReader.response(answered.status(), answered.header(), answered.body());
        String type = error.type().isEmpty() ? "invalid_request_error" : error.type();
        return new Reply(
                error.status(),
                protocol.error(error.status(), type, error.code(), error.param(), error.message()));
    }

    static Reply failed(ClientProtocol protocol, Failure failure) {
        int status = failure instanceof Failure.TimedOut ? 504 : 502;
        return new Reply(
                status,
                protocol.error(
                        status,
                        "server_error",
                        "upstream_" + failure.cause(),
                        null,
                        failure.message()));
    }
}
