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
import dev.midstream.gateway.scenario.Seen.Call;
import dev.midstream.gateway.scenario.Seen.Tokens;
import dev.midstream.gateway.scenario.Seen.Trouble;
import dev.midstream.testkit.MessagesStreamGrammar;
import dev.midstream.testkit.MessagesTranscript;
import dev.midstream.testkit.MessagesTranscript.Text;
import dev.midstream.testkit.MessagesTranscript.Thinking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Clients of Messages. */
final class MessagesTalk implements Talk {

    /** More than any scenario says. */
    private static final String LIMIT = "\"max_tokens\":10000";

    @Override
    public String path() {
        return "/v1/messages";
    }

    @Override
    public String request(Scenario scenario, boolean stream) {
        String members = scenario.members(Wire.MESSAGES);
        return "{\"model\":\"primary\",\"stream\":"
                + stream
                + (members.contains("\"max_tokens\"") ? "" : "," + LIMIT)
                + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + Said.QUESTION
                + "\"}]"
                + members
                + "}";
    }

    // ---------------------------------------------------------------------------- bare sockets

    @Override
    public Seen stream(byte[] body) {
        MessagesTranscript transcript = MessagesStreamGrammar.check(body);
        List<Call> calls =
                transcript.toolUses().stream()
                        .map(call -> new Call(call.name(), call.input()))
                        .toList();
        MessagesTranscript.Usage usage = transcript.usage();
        return new Seen(
                200,
                joined(transcript, block -> block instanceof Text(String text) ? text : null),
                joined(transcript, block -> block instanceof Thinking t ? t.thinking() : null),
                calls,
                finish(transcript.stopReason()),
                usage == null ? null : tokens(usage.input(), usage.output()),
                transcript.error() == null ? null : new Trouble(transcript.error().error()));
    }

    /** Blocks stand apart, as paragraphs do. */
    private static String joined(
            MessagesTranscript transcript,
            java.util.function.Function<MessagesTranscript.Block, @Nullable String> words) {
        return String.join(
                Said.APART,
                transcript.blocks().stream().map(words).filter(text -> text != null).toList());
    }

    @Override
    public Seen document(String json) {
        try {
            ObjectMappers.jsonMapper().readValue(json, Message.class).validate();
        } catch (IOException e) {
            throw new AssertionError("not a message: " + json, e);
        }
        return of(World.JSON.readTree(json));
    }

    private static Seen of(JsonNode message) {
        List<Call> calls = new ArrayList<>();
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asString().equals("tool_use")) {
                calls.add(new Call(block.path("name").asString(), block.path("input").toString()));
            }
        }
        JsonNode usage = message.path("usage");
        return new Seen(
                200,
                joined(message, "text", "text"),
                joined(message, "thinking", "thinking"),
                calls,
                finish(message.path("stop_reason").asString("")),
                tokens(usage.path("input_tokens").asLong(), usage.path("output_tokens").asLong()),
                null);
    }

    private static String joined(JsonNode message, String type, String member) {
        return String.join(
                Said.APART,
                StreamSupport.stream(message.path("content").spliterator(), false)
                        .filter(block -> block.path("type").asString().equals(type))
                        .map(block -> block.path(member).asString(""))
                        .toList());
    }

    private static Tokens tokens(long input, long output) {
        return new Tokens(input, output, input + output);
    }

    /** In chat's words. */
    private static @Nullable String finish(@Nullable String stopReason) {
        return switch (stopReason) {
            case null -> null;
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> stopReason;
        };
    }

    // ----------------------------------------------------------------------- Anthropic's library

    @Override
    public Seen throughLibrary(World world, String request, Map<String, String> headers) {
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
        return of(Anthropic.tree(whole.message()));
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
                        .ifPresent(reason -> finish = finish(reason.asString()));
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
