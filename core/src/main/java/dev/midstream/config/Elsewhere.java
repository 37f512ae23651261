package dev.midstream.config;

import dev.midstream.provider.ModelName;
import dev.midstream.provider.Provider;
import dev.midstream.provider.Provider.Kind;
import dev.midstream.provider.ProviderCatalog;
import dev.midstream.routing.Endpoint;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where each provider is asked that a deployment of {@code model: "*"} leads to by the names that
 * clients ask for. They are asked at their own URLs and by the keys in their usual variables: what
 * stands beside the star belongs to whoever it was written for. Used once.
 */
final class Elsewhere {

    private static final Set<String> OWN =
            Set.of(
                    "api_key",
                    "api_base",
                    "base_url",
                    "api_version",
                    "azure_ad_token",
                    "organization",
                    "extra_headers");

    private final String group;
    private final Section params;
    private final Passages passages;

    Elsewhere(String group, Section params, Passages passages) {
        this.group = group;
        this.params = params;
        this.passages = passages;
    }

    Map<String, Endpoint> of(ProviderCatalog providers) {
        Map<String, Endpoint> endpoints = new HashMap<>();
        for (String name : providers.names()) {
            providers
                    .find(name)
                    .filter(provider -> provider.kind() != Kind.NOT_YET)
                    .ifPresent(provider -> read(provider, endpoints));
        }
        return endpoints;
    }

    /** Nothing is said of providers that may never be asked. */
    private void read(Provider provider, Map<String, Endpoint> endpoints) {
        Reading reading = params.reading();
        Reading silent = new Reading(new Diagnostics(), reading.environment(), reading.files());
        List<Entry> entries =
                params.mapping().entries().stream()
                        .filter(entry -> !OWN.contains(entry.name()))
                        .toList();
        Section further =
                new Section(params.name(), new Mapping(params.mapping().at(), entries), silent);
        Endpoint endpoint = new EndpointReader(group, further, new ModelName(provider, "*")).read();
        if (endpoint != null) {
            endpoints.put(provider.name(), passages.lead(further, endpoint));
        }
    }
}
