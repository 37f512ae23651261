package dev.midstream.gateway.driver;

import dev.midstream.model.Request;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.routing.Settings;

/**
 * A client's request, read and ready to be carried out.
 *
 * @param id ours, for logs and the client
 * @param group the model group that is asked
 * @param settings what the relay goes by
 * @param beganNanos when it came, monotonic
 */
public record Call(
        String id,
        ClientProtocol protocol,
        Request request,
        String group,
        Settings settings,
        AnswerEncoder encoder,
        long beganNanos) {}
