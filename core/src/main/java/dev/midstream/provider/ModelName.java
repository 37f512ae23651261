package dev.midstream.provider;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands under {@code model:}, read as LiteLLM reads it. Immutable.
 *
 * @param model the upstream's name
 */
public record ModelName(Provider provider, String model) {

    private static final Pattern OPENAI =
            Pattern.compile(
                    "(gpt-|chatgpt-|ft:gpt-|o[1-9]|codex-mini|computer-use-preview|davinci-002|babbage-002"
                            + "|text-embedding-|(text|omni)-moderation-|dall-e-|whisper-|tts-1|sora-).*");

    /**
     * @param given {@code provider/model}, or a bare name that says whose it is
     * @param custom {@code custom_llm_provider}, null if not set
     * @param base {@code api_base}, whose host may say whose the model is; null if not set
     * @return empty if nothing says which provider is meant
     */
    public static Optional<ModelName> read(
            String given, @Nullable String custom, @Nullable String base, ProviderCatalog catalog) {
        if (custom != null) {
            String model =
                    given.startsWith(custom + "/") ? given.substring(custom.length() + 1) : given;
            return catalog.find(custom).map(provider -> of(provider, model));
        }
        int slash = given.indexOf('/');
        if (slash > 0) {
            Optional<Provider> provider = catalog.find(given.substring(0, slash));
            if (provider.isPresent()) {
                return provider.map(known -> of(known, given.substring(slash + 1)));
            }
        }
        return bare(given, base, catalog).map(provider -> of(provider, given));
    }

    private static Optional<Provider> bare(
            String given, @Nullable String base, ProviderCatalog catalog) {
        if (base != null && catalog.byHost(base).isPresent()) {
            return catalog.byHost(base);
        }
        if (OPENAI.matcher(given).matches() || given.equals("*")) {
            return catalog.find("openai");
        }
        if (given.startsWith("claude-")) {
            return catalog.find("anthropic");
        }
        if (given.startsWith("gemini-")) {
            return catalog.find("vertex_ai_beta");
        }
        return given.startsWith("command-") ? catalog.find("cohere_chat") : Optional.empty();
    }

    private static ModelName of(Provider provider, String model) {
        return new ModelName(provider, upstream(provider, model));
    }

    private static String upstream(Provider provider, String model) {
        return switch (provider.name()) {
            case "azure" -> model.replaceFirst("^(o_series|gpt5_series)/", "");
            case "fireworks_ai" ->
                    model.startsWith(provider.prefix()) || model.contains("#")
                            ? model
                            : provider.prefix() + "fireworks/models/" + model;
            case "huggingface" -> routed(model);
            default -> model;
        };
    }

    /** LiteLLM's {@code provider/organisation/model} as the router of Hugging Face has it. */
    private static String routed(String model) {
        String[] parts = model.split("/", 3);
        return parts.length == 3 ? parts[1] + "/" + parts[2] + ":" + parts[0] : model;
    }
}
