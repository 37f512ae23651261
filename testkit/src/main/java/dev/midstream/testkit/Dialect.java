package dev.midstream.testkit;

import dev.midstream.testkit.Step.Content;
import dev.midstream.testkit.Step.HttpError;
import dev.midstream.testkit.Step.Wire;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A provider's protocol as the provider itself writes it, deviations included.
 *
 * <p>Immutable.
 */
public abstract sealed class Dialect permits ChatDialect, MessagesDialect, ResponsesDialect {

    /** OpenAI Chat Completions, as OpenAI writes them. */
    public static Dialect chat() {
        return new ChatDialect(Set.of());
    }

    /**
     * OpenAI Chat Completions with the habits of another provider, such as {@link ChatQuirk#GROQ}.
     */
    public static Dialect chat(Set<ChatQuirk> quirks) {
        return new ChatDialect(quirks);
    }

    /** OpenAI Chat Completions with some deviations. */
    public static Dialect chat(ChatQuirk first, ChatQuirk... more) {
        return new ChatDialect(EnumSet.of(first, more));
    }

    /**
     * Anthropic Messages, as Anthropic writes them; the paths of Vertex AI are served too, by the
     * rules of Vertex AI.
     */
    public static Dialect messages() {
        return new MessagesDialect(Set.of());
    }

    /** Anthropic Messages with some deviations. */
    public static Dialect messages(MessagesQuirk first, MessagesQuirk... more) {
        return new MessagesDialect(EnumSet.of(first, more));
    }

    /**
     * OpenAI Responses, as OpenAI writes them; Azure's paths are served too. Answers are kept
     * unless the request says {@code "store": false}, and run on by themselves where it says {@code
     * "background": true}.
     */
    public static Dialect responses() {
        return new ResponsesDialect(Set.of());
    }

    /** OpenAI Responses with some deviations. */
    public static Dialect responses(ResponsesQuirk first, ResponsesQuirk... more) {
        return new ResponsesDialect(EnumSet.of(first, more));
    }

    /** The protocol's name, such as {@code openai-chat}. */
    public abstract String protocol();

    /** What a client's base URL has behind the origin, such as {@code /v1}. */
    abstract String basePath();

    /** Whether a request with this method and path is the protocol's. */
    abstract boolean serves(String method, String path);

    /** Whether a request with this method and path is about a former answer. */
    boolean recalls(String method, String path) {
        return false;
    }

    /** What a provider of this name remembers; empty at first. */
    Memory memory(String provider) {
        return Memory.NONE;
    }

    /** The model that the request names. */
    abstract String model(RecordedRequest request);

    /** What the provider refuses about the request, whatever the script says. */
    abstract Optional<HttpError> objection(RecordedRequest request);

    /** The headers that the provider adds to each response. */
    abstract Map<String, String> headers(Ids ids);

    /** Writes the events of one stream. */
    abstract Encoder encoder(RecordedRequest request, Ids ids, List<Content> script);

    /** The same script as one document. */
    abstract ObjectNode document(RecordedRequest request, Ids ids, List<Content> script);

    /** The error envelope. */
    abstract JsonNode envelope(HttpError error, Ids ids);

    /** Turns the content of one stream into its events; stateful, used by one thread. */
    interface Encoder {
        List<Wire> encode(Content step);

        /**
         * The whole answer as one document, once it is through; null before that, and in protocols
         * whose answers nobody asks for again.
         */
        default @Nullable ObjectNode whole() {
            return null;
        }
    }

    /** What makes the answers of providers and requests tell apart; the same in every run. */
    record Ids(String provider, int number) {
        String with(String prefix) {
            return prefix + provider + "-" + number;
        }

        /** Seconds since the epoch, fixed. */
        long created() {
            return 1_770_000_000L + number;
        }
    }
}
