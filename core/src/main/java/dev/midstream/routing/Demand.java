package dev.midstream.routing;

import dev.midstream.model.Json;
import dev.midstream.model.Message;
import dev.midstream.model.Part;
import dev.midstream.model.Request;
import dev.midstream.model.Tool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, as far as the choice of a deployment depends on it.
 *
 * @param stream whether the client wants a stream
 * @param characters of its texts and tools
 * @param media images and documents
 */
public record Demand(boolean stream, long characters, int media) {

    public static final Demand NONE = new Demand(false, 0, 0);

    /** More than prose in any language has on average, with the largest vocabularies. */
    private static final int MOST_CHARACTERS_OF_A_TOKEN = 8;

    private static final int CHARACTERS_OF_A_TOKEN = 4;
    private static final int TOKENS_OF_MEDIA = 500;
    private static final int LEAST_TOKENS_OF_MEDIA = 64;

    public static Demand of(Request request) {
        long characters = 0;
        int media = 0;
        for (Message message : request.messages()) {
            characters += characters(message.parts());
            media += media(message.parts());
        }
        for (Tool tool : request.tools()) {
            characters += characters(tool);
        }
        return new Demand(request.stream(), characters, media);
    }

    /** About how many tokens of input it has. */
    long tokens() {
        return characters / CHARACTERS_OF_A_TOKEN + (long) media * TOKENS_OF_MEDIA;
    }

    /** How many tokens of input it has at least, whatever language it speaks. */
    long tokensAtLeast() {
        return characters / MOST_CHARACTERS_OF_A_TOKEN + (long) media * LEAST_TOKENS_OF_MEDIA;
    }

    /** Whether it may fit into this deployment's context window, as far as that is known. */
    boolean fits(Deployment deployment) {
        Long window = deployment.facts().maxInputTokens();
        return window == null || tokensAtLeast() <= window;
    }

    /** Reasoning of earlier turns is left out: most models do not read it again. */
    private static long characters(List<Part> parts) {
        long characters = 0;
        for (Part part : parts) {
            characters +=
                    switch (part) {
                        case Part.Text text -> text.text().length();
                        case Part.ToolCall call -> call.name().length() + call.arguments().length();
                        case Part.ToolResult result -> characters(result.content());
                        case Part.Refusal refusal -> refusal.text().length();
                        case Part.Image image -> 0;
                        case Part.Document document -> 0;
                        case Part.Reasoning reasoning -> 0;
                        case Part.EncryptedReasoning reasoning -> 0;
                        case Part.Unknown unknown -> 0;
                    };
        }
        return characters;
    }

    private static int media(List<Part> parts) {
        int media = 0;
        for (Part part : parts) {
            media +=
                    switch (part) {
                        case Part.Image image -> 1;
                        case Part.Document document -> 1;
                        case Part.ToolResult result -> media(result.content());
                        case Part.Text text -> 0;
                        case Part.ToolCall call -> 0;
                        case Part.Refusal refusal -> 0;
                        case Part.Reasoning reasoning -> 0;
                        case Part.EncryptedReasoning reasoning -> 0;
                        case Part.Unknown unknown -> 0;
                    };
        }
        return media;
    }

    private static long characters(Tool tool) {
        return switch (tool) {
            case Tool.Function function ->
                    characters(function.name(), function.description(), function.parameters());
            case Tool.Custom custom ->
                    characters(custom.name(), custom.description(), custom.format());
            case Tool.Native other -> 0;
        };
    }

    private static long characters(String name, @Nullable String description, @Nullable Json json) {
        return name.length()
                + (description == null ? 0L : description.length())
                + (json == null ? 0L : json.text().length());
    }
}
