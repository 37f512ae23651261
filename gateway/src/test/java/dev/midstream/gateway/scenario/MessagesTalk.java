package dev.midstream.gateway.scenario;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.ObjectMappers;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.SseException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Wire;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Clients of Messages. */
final class MessagesTalk extends Talk {

    MessagesTalk() {
        super(Wire.MESSAGES);
    }

    // ---------------------------------------------------------------------------- bare sockets

    @Override
    Seen document(String json) {
        try {
            ObjectMappers.jsonMapper().readValue(json, Message.class).validate();
        } catch (IOException e) {
            throw new AssertionError("not a message: " + json, e);
        }
        return asking().document(World.JSON.readTree(json));
    }

    // ----------------------------------------------------------------------- Anthropic's library

    @Override
    Seen throughLibrary(World world, String request, Map<String, String> headers) {
        MessageAccumulator whole = MessageAccumulator.create();
        Heard heard = new Heard();
        try (StreamResponse<RawMessageStreamEvent> stream =
                Anthropic.at(world).messages().createStreaming(params(request, headers))) {
            stream.stream().peek(heard::take).forEach(whole::accumulate);
        } catch (SseException broken) {
            return Seen.broken(
                    broken.statusCode(),
                    heard.text.toString(),
                    heard.finish,
                    Anthropic.tree(broken.body()).path("error"));
        } catch (AnthropicServiceException refused) {
            return Seen.refused(refused.statusCode(), Anthropic.tree(refused.body()).path("error"));
        }
        return asking().document(Anthropic.tree(whole.message()));
    }

    private static MessageCreateParams params(String request, Map<String, String> headers) {
        MessageCreateParams.Builder params =
                MessageCreateParams.builder()
                        .body(Anthropic.read(request, MessageCreateParams.Body.class));
        headers.forEach(params::putAdditionalHeader);
        return params.build();
    }

    /** What came before a stream broke. */
    private static final class Heard {
        final StringBuilder text = new StringBuilder();
        @Nullable String finish;

        void take(RawMessageStreamEvent event) {
            if (event.isContentBlockDelta() && event.asContentBlockDelta().delta().isText()) {
                text.append(event.asContentBlockDelta().delta().asText().text());
            } else if (event.isMessageDelta()) {
                event.asMessageDelta()
                        .delta()
                        .stopReason()
                        .ifPresent(reason -> finish = reason.asString());
            }
        }
    }

    /** One library for all worlds: its threads and connections are its own. */
    static final class Anthropic {

        private static final AnthropicClient ONE =
                AnthropicOkHttpClient.builder()
                        .baseUrl("http://127.0.0.1:9")
                        .apiKey("sk-none")
                        .maxRetries(0)
                        .timeout(World.PATIENCE)
                        .build();

        private Anthropic() {}

        static AnthropicClient at(World world) {
            String origin = world.at("/").toString();
            return ONE.withOptions(
                    options -> options.baseUrl(origin.substring(0, origin.length() - 1)));
        }

        static <T> T read(String json, Class<T> type) {
            try {
                return ObjectMappers.jsonMapper().readValue(json, type);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        static JsonNode tree(Object value) {
            try {
                return World.JSON.readTree(ObjectMappers.jsonMapper().writeValueAsString(value));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
