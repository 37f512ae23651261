package dev.midstream.config;

import dev.midstream.model.Secret;
import dev.midstream.provider.IllegalUrl;
import dev.midstream.provider.ModelName;
import dev.midstream.provider.Provider;
import dev.midstream.provider.Provider.Kind;
import dev.midstream.provider.Urls;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Endpoint;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Scalar;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where a deployment's requests go and in whose name. Used once. */
final class EndpointReader {

    /** For a deployment that is never asked. The name is reserved (RFC 6761). */
    static final Endpoint NOWHERE =
            endpoint(URI.create("https://nowhere.invalid/"), new Credential.None());

    private static final String BEARER = "Bearer ";
    private static final String DEFAULT_AZURE_VERSION = "2025-02-01-preview";
    private static final String ANTHROPIC_VERSION = "2023-06-01";

    private final String group;
    private final Section params;
    private final Reading reading;
    private final ModelName model;
    private final Provider provider;

    EndpointReader(String group, Section params, ModelName model) {
        this.group = group;
        this.params = params;
        this.reading = params.reading();
        this.model = model;
        this.provider = model.provider();
    }

    private static Endpoint endpoint(URI url, Credential credential) {
        return new Endpoint(url, url, Map.of(), credential);
    }

    /** Null if something that was given cannot be used; it has been said. */
    @Nullable Endpoint read() {
        if (provider.kind() == Kind.PLUGGED_IN) {
            return nowhere();
        }
        ExtraHeaders headers = ExtraHeaders.read(params);
        Map<String, String> fixed = new LinkedHashMap<>(headers.headers());
        if (provider.kind() == Kind.VERTEX) {
            return new VertexReader(group, params, model).read(fixed);
        }
        String base = base();
        Credential credential = headers.credential() != null ? headers.credential() : credential();
        organization(fixed);
        if (base == null) {
            params.node("api_version");
            return endpoint(NOWHERE.plain(), missing("api_base", provider.baseVariables()));
        }
        try {
            URI url = url(Urls.base(base));
            return new Endpoint(url, url, fixed, credential);
        } catch (IllegalUrl e) {
            wrongUrl(e);
            return null;
        }
    }

    private Endpoint nowhere() {
        YamlNode base = params.first("api_base", "base_url");
        if (base != null) {
            String message = "`api_base` has no effect: `" + provider.name() + "` is plugged in";
            reading.warning(base, message);
        }
        return NOWHERE;
    }

    private URI url(URI base) {
        return switch (provider.kind()) {
            case ANTHROPIC -> Urls.messages(base);
            case AZURE -> Urls.azure(base, model.model(), azureVersion());
            case OPENAI, VERTEX, PLUGGED_IN, NOT_YET -> Urls.chat(base, provider.suffix());
        };
    }

    private void organization(Map<String, String> headers) {
        String given = params.text("organization");
        String usual =
                provider.name().equals("openai")
                        ? reading.environment().get("OPENAI_ORGANIZATION")
                        : null;
        String organization = given != null ? given : usual;
        if (organization != null) {
            headers.put("OpenAI-Organization", organization);
        }
        if (provider.kind() == Kind.ANTHROPIC) {
            headers.putIfAbsent("anthropic-version", ANTHROPIC_VERSION);
        }
    }

    private @Nullable String base() {
        YamlNode node = params.first("api_base", "base_url");
        String given = node == null ? null : reading.text("api_base", node);
        if (given != null && !given.isBlank()) {
            return given;
        }
        String variable = reading.environment().firstSet(provider.baseVariables());
        return variable != null ? reading.environment().get(variable) : provider.base();
    }

    private void wrongUrl(IllegalUrl e) {
        YamlNode node = params.first("api_base", "base_url");
        if (node instanceof Scalar scalar && !scalar.text().contains("@")) {
            reading.wrong("api_base", node, e.expected());
        } else if (node != null) {
            reading.error(node, "`api_base` must be " + e.expected());
        } else {
            String variable = reading.environment().firstSet(provider.baseVariables());
            reading.error(
                    params.mapping(),
                    "the environment variable "
                            + variable
                            + ", which counts for `"
                            + group
                            + "`, is not "
                            + e.expected());
        }
    }

    private String azureVersion() {
        String given = params.text("api_version");
        String variable = reading.environment().get("AZURE_API_VERSION");
        if (given != null) {
            return given;
        }
        return variable != null ? variable : DEFAULT_AZURE_VERSION;
    }

    private Credential credential() {
        YamlNode node = params.node("api_key");
        if (node != null && !isBlank(node)) {
            Secret key = params.secret("api_key", " of `" + group + "`");
            return key == null
                    ? new Credential.Missing("`api_key` of `" + group + "` cannot be used")
                    : header(key);
        }
        Secret token =
                provider.kind() == Kind.AZURE
                        ? params.secret("azure_ad_token", " of `" + group + "`")
                        : null;
        if (token != null) {
            return new Credential.Header("Authorization", BEARER, token);
        }
        String variable = reading.environment().firstSet(provider.keyVariables());
        String value = variable == null ? null : reading.environment().get(variable);
        if (value != null) {
            return header(Secret.of(value.strip()));
        }
        boolean ownServer = provider.keyOptional() || params.first("api_base", "base_url") != null;
        return ownServer ? new Credential.None() : missing("api_key", provider.keyVariables());
    }

    private static boolean isBlank(YamlNode node) {
        return node instanceof Scalar scalar && scalar.text().isBlank();
    }

    private Credential header(Secret key) {
        return switch (provider.kind()) {
            case ANTHROPIC -> new Credential.Header("x-api-key", "", key);
            case AZURE -> new Credential.Header("api-key", "", key);
            case OPENAI, VERTEX, PLUGGED_IN, NOT_YET ->
                    new Credential.Header("Authorization", BEARER, key);
        };
    }

    private Credential missing(String key, List<String> variables) {
        String message =
                "`"
                        + group
                        + "` has no `"
                        + key
                        + "`: set "
                        + variable(variables)
                        + ", or `"
                        + key
                        + "` in its `litellm_params`";
        reading.warning(params.mapping(), message);
        return new Credential.Missing(message);
    }

    private static String variable(List<String> variables) {
        return variables.isEmpty() ? "it" : variables.getLast();
    }
}
