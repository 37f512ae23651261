package dev.midstream.provider;

import dev.midstream.provider.Provider.Kind;
import dev.midstream.yaml.DataFile;
import dev.midstream.yaml.YamlNode.Entry;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All providers by LiteLLM's prefix. Immutable. */
public final class ProviderCatalog {

    private final Map<String, Provider> providers;

    private ProviderCatalog(Map<String, Provider> providers) {
        this.providers = Collections.unmodifiableMap(providers);
    }

    /** Reads the data file that ships with the engine. */
    public static ProviderCatalog load() {
        Mapping file = DataFile.read(ProviderCatalog.class, "providers.yaml");
        Map<String, Provider> providers = new LinkedHashMap<>();
        for (Entry entry : DataFile.mapping(file, "providers").entries()) {
            providers.put(entry.name(), provider(entry.name(), (Mapping) entry.value()));
        }
        for (String name : DataFile.texts(file, "not_yet")) {
            providers.put(name, Provider.notYet(name));
        }
        return new ProviderCatalog(providers);
    }

    private static Provider provider(String name, Mapping row) {
        return new Provider(
                name,
                kind(DataFile.text(row, "kind").orElse("openai")),
                DataFile.text(row, "base").orElse(null),
                DataFile.texts(row, "base_from"),
                DataFile.texts(row, "key_from"),
                DataFile.text(row, "key").isPresent(),
                DataFile.text(row, "suffix").orElse(""),
                DataFile.text(row, "prefix").orElse(""));
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "openai" -> Kind.OPENAI;
            case "anthropic" -> Kind.ANTHROPIC;
            case "azure" -> Kind.AZURE;
            case "vertex" -> Kind.VERTEX;
            default -> throw new IllegalStateException("providers.yaml: kind " + word);
        };
    }

    /**
     * These and further ones that are plugged in, by name. One of LiteLLM's that is not there yet
     * may be plugged in too.
     */
    public ProviderCatalog with(Set<String> pluggedIn) {
        Map<String, Provider> all = new LinkedHashMap<>(providers);
        pluggedIn.forEach(name -> all.put(name, Provider.pluggedIn(name)));
        return new ProviderCatalog(all);
    }

    public Optional<Provider> find(String name) {
        return Optional.ofNullable(providers.get(name));
    }

    /** Every prefix. */
    public Set<String> names() {
        return providers.keySet();
    }

    /**
     * The provider whose own host this URL has: LiteLLM takes it from there where the model names
     * none.
     */
    public Optional<Provider> byHost(String url) {
        return Urls.host(url)
                .flatMap(
                        host ->
                                providers.values().stream()
                                        .filter(p -> serves(p, host))
                                        .findFirst());
    }

    private static boolean serves(Provider provider, String host) {
        return !provider.keyOptional()
                && provider.base() != null
                && Urls.host(provider.base()).filter(host::equals).isPresent();
    }
}
