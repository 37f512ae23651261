package dev.midstream.gateway.models;

import dev.midstream.routing.Deployment;
import dev.midstream.routing.ModelFacts;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.Prices;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes one group as LiteLLM does: the most that one of its deployments takes and costs, limits of
 * all together, and what at least one is said to support. What is unknown is null.
 */
record GroupJson(ModelGroup group) {

    private static final String SUPPORTS = "supports_";

    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("model_group", group.name());
        json.writeArrayPropertyStart("providers");
        deployments().map(d -> d.target().provider()).distinct().forEach(json::writeString);
        json.writeEndArray();
        raw(json, "max_input_tokens", most(d -> d.facts().maxInputTokens()));
        raw(json, "max_output_tokens", most(d -> d.facts().maxOutputTokens()));
        raw(json, "input_cost_per_token", most(price(Prices::input)));
        raw(json, "output_cost_per_token", most(price(Prices::output)));
        boolean converses = deployments().anyMatch(d -> d.target().converses());
        json.writeStringProperty("mode", converses ? "chat" : "embedding");
        raw(json, "tpm", sum(d -> d.limits().tokensPerMinute()));
        raw(json, "rpm", sum(d -> d.limits().requestsPerMinute()));
        supported()
                .forEach(
                        (name, value) -> {
                            json.writeName(name);
                            json.writeRawValue(value);
                        });
        json.writeEndObject();
    }

    private Stream<Deployment> deployments() {
        return group.deployments().stream();
    }

    private static Function<Deployment, @Nullable Double> price(Function<Prices, Double> one) {
        return deployment -> {
            ModelFacts facts = deployment.facts();
            return facts.prices() == null ? null : one.apply(facts.prices());
        };
    }

    private <T extends Number & Comparable<T>> @Nullable Number most(
            Function<Deployment, @Nullable T> fact) {
        return deployments()
                .map(fact)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Null unless at least one has one. */
    private @Nullable Number sum(Function<Deployment, @Nullable Long> limit) {
        return deployments().map(limit).filter(Objects::nonNull).reduce(Long::sum).orElse(null);
    }

    /** As JSON, by name: true where one deployment is said to. */
    private Map<String, String> supported() {
        Map<String, String> supported = new LinkedHashMap<>();
        supported.put("supports_vision", "null");
        supported.put("supports_function_calling", "null");
        supported.put("supports_parallel_function_calling", "null");
        deployments()
                .flatMap(d -> d.info().entrySet().stream())
                .filter(stated -> stated.getKey().startsWith(SUPPORTS))
                .filter(stated -> stated.getValue().text().matches("true|false"))
                .forEach(
                        stated ->
                                supported.merge(
                                        stated.getKey(),
                                        stated.getValue().text(),
                                        (one, other) -> one.equals("true") ? one : other));
        return supported;
    }

    private static void raw(JsonGenerator json, String name, @Nullable Number number) {
        json.writeName(name);
        json.writeRawValue(DeploymentJson.number(number));
    }
}
