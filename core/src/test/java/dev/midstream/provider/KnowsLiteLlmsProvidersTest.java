package dev.midstream.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.provider.Provider.Kind;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The data file of providers is whole. */
class KnowsLiteLlmsProvidersTest {

    private static final ProviderCatalog CATALOG = ProviderCatalog.load();

    static Stream<Provider> spoken() {
        return CATALOG.names().stream()
                .map(name -> CATALOG.find(name).orElseThrow())
                .filter(provider -> provider.kind() != Kind.NOT_YET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai", "anthropic", "azure", "vertex_ai", "groq", "deepseek", "mistral",
                        "together_ai", "fireworks_ai",
                "openrouter", "perplexity", "xai", "cerebras", "deepinfra", "nvidia_nim", "ollama",
                        "ollama_chat", "lm_studio",
                "hosted_vllm", "vllm", "openai_like", "moonshot", "dashscope", "github",
                        "huggingface", "sambanova", "novita",
                "hyperbolic", "nebius", "featherless_ai", "friendliai", "volcengine", "zai",
                        "meta_llama", "litellm_proxy"
            })
    void isSpoken(String name) {
        assertThat(CATALOG.find(name)).get().extracting(Provider::kind).isNotEqualTo(Kind.NOT_YET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bedrock",
                "gemini",
                "cohere",
                "cohere_chat",
                "replicate",
                "watsonx",
                "sagemaker",
                "azure_ai"
            })
    void isNotThereYet(String name) {
        assertThat(CATALOG.find(name)).get().extracting(Provider::kind).isEqualTo(Kind.NOT_YET);
    }

    @ParameterizedTest
    @MethodSource("spoken")
    void hasAnAddressThatCanBeUsedAndVariablesThatCanBeSet(Provider provider) throws IllegalUrl {
        if (provider.base() != null) {
            URI base = Urls.base(provider.base());
            assertThat(base.getScheme()).isEqualTo(provider.keyOptional() ? "http" : "https");
            assertThat(base).hasToString(provider.base());
        }
        assertThat(provider.keyVariables())
                .allMatch(v -> v.matches("[A-Z0-9_]+"))
                .doesNotHaveDuplicates();
        assertThat(provider.baseVariables())
                .allMatch(v -> v.matches("[A-Z0-9_]+"))
                .doesNotHaveDuplicates();
        assertThat(
                        provider.base() != null
                                || !provider.baseVariables().isEmpty()
                                || provider.kind() == Kind.VERTEX)
                .isTrue();
        assertThat(provider.keyVariables().isEmpty()).isEqualTo(provider.kind() == Kind.VERTEX);
    }

    @Test
    void isFoundByItsHost() {
        assertThat(CATALOG.find("nobody")).isEmpty();
        assertThat(CATALOG.byHost("https://api.groq.com/anything").map(Provider::name))
                .contains("groq");
        assertThat(CATALOG.byHost("http://localhost:11434")).isEmpty();
        assertThat(CATALOG.byHost("not a url")).isEmpty();
    }
}
