package dev.midstream.provider;

import dev.midstream.model.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who serves models. Immutable.
 *
 * @param name LiteLLM's prefix: {@code vertex_ai}
 * @param base the URL where the configuration gives none; null where it must
 * @param baseVariables environment variables that hold a URL, the first that is set counts
 * @param keyVariables environment variables that hold a key, the first that is set counts
 * @param keyOptional whether it may well be asked without a key
 * @param suffix put behind a URL that does not end with it
 * @param prefix what the upstream's names of models begin with
 */
public record Provider(
        String name,
        Kind kind,
        @Nullable String base,
        List<String> baseVariables,
        List<String> keyVariables,
        boolean keyOptional,
        String suffix,
        String prefix) {

    /** How requests are formed. */
    public enum Kind {
        /** Chat Completions under one base URL, the key as a bearer token. */
        OPENAI,
        /** Messages, the key in {@code x-api-key}. */
        ANTHROPIC,
        /** Chat Completions at a URL of each deployment's own, the key in {@code api-key}. */
        AZURE,
        /** Claude on Vertex AI: Messages at a URL of each model's own, Google's access tokens. */
        VERTEX,
        /** Plugged into the router: asked in the canonical model, and nothing is sent anywhere. */
        PLUGGED_IN,
        /** LiteLLM knows it and we do not speak it yet. */
        NOT_YET
    }

    public Provider {
        baseVariables = List.copyOf(baseVariables);
        keyVariables = List.copyOf(keyVariables);
    }

    static Provider notYet(String name) {
        return new Provider(name, Kind.NOT_YET, null, List.of(), List.of(), true, "", "");
    }

    static Provider pluggedIn(String name) {
        return new Provider(name, Kind.PLUGGED_IN, null, List.of(), List.of(), true, "", "");
    }

    /** The protocol that it speaks. */
    public String protocol() {
        return switch (kind) {
            case ANTHROPIC, VERTEX -> "anthropic-messages";
            case OPENAI, AZURE, NOT_YET -> "openai-chat";
            case PLUGGED_IN -> Target.IN_PROCESS;
        };
    }
}
