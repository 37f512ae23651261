package dev.midstream.gateway.scenario;

import dev.midstream.client.CallOptions;
import dev.midstream.client.Router;
import dev.midstream.config.RequestSettings;
import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.protocol.messages.MessagesProtocol;
import dev.midstream.protocol.responses.ResponsesProtocol;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * In which words the library is asked.
 *
 * @param wire in which a scenario's request is said first
 * @param canonical whether that is put into the canonical model then
 */
record Idiom(Wire wire, boolean canonical) {

    private static final String OURS = "x-midstream-";
    private static final String LITELLMS = "x-litellm-";

    /** Those in which a scenario's request can be said. */
    static Stream<Idiom> of(Scenario scenario) {
        return scenario.clients().stream()
                .flatMap(wire -> Stream.of(new Idiom(wire, false), new Idiom(wire, true)));
    }

    /** Whose words answers and errors are told in. */
    Wire words() {
        return canonical ? Wire.CHAT : wire;
    }

    Door<?, ?> door(Router router, Scenario scenario, CallOptions options) {
        String body = Talk.in(wire).request(scenario, true);
        CallOptions wished = headers(scenario, options);
        if (!canonical) {
            return new JsonDoor(wire, router, body, wished);
        }
        Request request = parsed(body);
        return new CanonicalDoor(
                router, request.with(request.messages()), members(request.further(), wished));
    }

    private Request parsed(String body) {
        ClientProtocol protocol =
                switch (wire) {
                    case CHAT -> new ChatProtocol();
                    case MESSAGES -> new MessagesProtocol();
                    case RESPONSES -> new ResponsesProtocol();
                };
        try {
            return protocol.parse(body.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidRequest e) {
            throw new AssertionError(e);
        }
    }

    // ------------------------------------------------------------- what a gateway is told over
    // HTTP

    /** Headers are options here. */
    private static CallOptions headers(Scenario scenario, CallOptions options) {
        CallOptions wished = options;
        for (Map.Entry<String, String> header : scenario.headers().entrySet()) {
            wished = wished.set(key(header.getKey()), header.getValue());
        }
        return wished;
    }

    private static String key(String header) {
        for (String prefix : new String[] {OURS, LITELLMS}) {
            if (header.startsWith(prefix)) {
                return header.substring(prefix.length()).replace('-', '_');
            }
        }
        throw new AssertionError("the library has no word for the header " + header);
    }

    /** So are members of the body that a gateway takes for itself. */
    private static CallOptions members(Map<String, Json> members, CallOptions options) {
        CallOptions wished = options;
        for (Map.Entry<String, Json> member : members.entrySet()) {
            if (RequestSettings.names().contains(member.getKey())) {
                wished = wished.set(member.getKey(), member.getValue());
            }
        }
        return wished;
    }

    @Override
    public String toString() {
        String said = wire.label().toLowerCase(Locale.ROOT);
        return canonical ? "canonical out of " + said : "json of " + said;
    }
}
