package dev.midstream.gateway.scenario;

import com.openai.core.ObjectMappers;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.midstream.gateway.scenario.ChatTalk.OpenAi;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Wire;
import java.io.IOException;
import java.util.Map;

/** Clients of Responses. */
final class ResponsesTalk extends Talk {

    ResponsesTalk() {
        super(Wire.RESPONSES);
    }

    // ---------------------------------------------------------------------------- bare sockets

    @Override
    Seen document(String json) {
        try {
            ObjectMappers.jsonMapper().readValue(json, Response.class).validate();
        } catch (IOException e) {
            throw new AssertionError("not a response: " + json, e);
        }
        return asking().document(World.JSON.readTree(json));
    }

    // -------------------------------------------------------------------------- OpenAI's library

    @Override
    Seen throughLibrary(World world, String request, Map<String, String> headers) {
        ResponseAccumulator whole = ResponseAccumulator.create();
        StringBuilder text = new StringBuilder();
        try (StreamResponse<ResponseStreamEvent> stream =
                OpenAi.at(world).responses().createStreaming(params(request, headers))) {
            stream.stream()
                    .peek(event -> event.outputTextDelta().ifPresent(d -> text.append(d.delta())))
                    .forEach(whole::accumulate);
        } catch (SseException broken) {
            return Seen.broken(broken.statusCode(), text.toString(), null, OpenAi.error(broken));
        } catch (OpenAIServiceException refused) {
            return Seen.refused(refused.statusCode(), OpenAi.error(refused));
        }
        return asking().document(OpenAi.tree(whole.response()));
    }

    private static ResponseCreateParams params(String request, Map<String, String> headers) {
        ResponseCreateParams.Builder params =
                ResponseCreateParams.builder()
                        .body(OpenAi.read(request, ResponseCreateParams.Body.class));
        headers.forEach(params::putAdditionalHeader);
        return params.build();
    }
}
