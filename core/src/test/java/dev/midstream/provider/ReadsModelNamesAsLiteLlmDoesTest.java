package dev.midstream.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands under {@code model:}. Source: LiteLLM's provider pages, read 2026-11. */
class ReadsModelNamesAsLiteLlmDoesTest {

    private static final ProviderCatalog CATALOG = ProviderCatalog.load();

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-4o, openai, gpt-4o",
        "gpt-4o, openai, gpt-4o",
        "gpt-5.1-mini, openai, gpt-5.1-mini",
        "o1, openai, o1",
        "o1-preview, openai, o1-preview",
        "o3, openai, o3",
        "o4-mini, openai, o4-mini",
        "chatgpt-4o-latest, openai, chatgpt-4o-latest",
        "ft:gpt-4o:org::id, openai, ft:gpt-4o:org::id",
        "text-embedding-3-small, openai, text-embedding-3-small",
        "text-embedding-ada-002, openai, text-embedding-ada-002",
        "dall-e-3, openai, dall-e-3",
        "whisper-1, openai, whisper-1",
        "tts-1-hd, openai, tts-1-hd",
        "omni-moderation-latest, openai, omni-moderation-latest",
        "codex-mini-latest, openai, codex-mini-latest",
        "davinci-002, openai, davinci-002",
        "claude-sonnet-4-6, anthropic, claude-sonnet-4-6",
        "anthropic/claude-sonnet-4-6, anthropic, claude-sonnet-4-6",
        "vertex_ai/claude-sonnet-4-6, vertex_ai, claude-sonnet-4-6",
        "azure/my-deployment, azure, my-deployment",
        "azure/o_series/my-o3, azure, my-o3",
        "openrouter/anthropic/claude-3.5-sonnet, openrouter, anthropic/claude-3.5-sonnet",
        "together_ai/meta-llama/Llama-3-70b, together_ai, meta-llama/Llama-3-70b",
        "fireworks_ai/llama-v3p1-8b, fireworks_ai, accounts/fireworks/models/llama-v3p1-8b",
        "fireworks_ai/accounts/me/models/x, fireworks_ai, accounts/me/models/x",
        "huggingface/together/deepseek-ai/DeepSeek-R1, huggingface, deepseek-ai/DeepSeek-R1:together",
        "huggingface/deepseek-ai/DeepSeek-R1, huggingface, deepseek-ai/DeepSeek-R1",
        "gemini-2.5-pro, vertex_ai_beta, gemini-2.5-pro",
        "command-r, cohere_chat, command-r",
        "bedrock/anthropic.claude-v2, bedrock, anthropic.claude-v2",
    })
    void saysWhoseItIs(String given, String provider, String model) {
        ModelName name = ModelName.read(given, null, null, CATALOG).orElseThrow();
        assertThat(name.provider().name()).isEqualTo(provider);
        assertThat(name.model()).isEqualTo(model);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama3",
                "meta-llama/Llama-3-70b",
                "opus",
                "ollama",
                "openrouter",
                "o",
                "octopus-1",
                ""
            })
    void saysNothingAboutWhoseItIs(String given) {
        assertThat(ModelName.read(given, null, null, CATALOG)).isEmpty();
    }

    @Test
    void theProviderMayBeNamedApart() {
        assertThat(ModelName.read("meta-llama/x", "openai", null, CATALOG))
                .hasValueSatisfying(name -> assertThat(name.model()).isEqualTo("meta-llama/x"));
        assertThat(ModelName.read("groq/x", "groq", null, CATALOG))
                .hasValueSatisfying(name -> assertThat(name.model()).isEqualTo("x"));
        assertThat(ModelName.read("x", "nobody", null, CATALOG)).isEmpty();
    }

    @Test
    void aKnownHostSaysWhoseABareNameIs() {
        assertThat(ModelName.read("llama-3.3-70b", null, "https://api.groq.com/openai/v1", CATALOG))
                .hasValueSatisfying(name -> assertThat(name.provider().name()).isEqualTo("groq"));
        assertThat(ModelName.read("llama-3.3-70b", null, "https://example.com/v1", CATALOG))
                .isEmpty();
    }
}
