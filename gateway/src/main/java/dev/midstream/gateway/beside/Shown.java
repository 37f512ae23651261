package dev.midstream.gateway.beside;

import dev.midstream.driver.Errand;
import dev.midstream.gateway.edge.SideService.Reply;
import dev.midstream.json.JsonSplice;
import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.ErrorReader;
import java.nio.charset.StandardCharsets;

/** What a provider says of a kept answer, as our client is to see it. All methods are pure. */
final class Shown {

    private Shown() {}

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
