package dev.midstream.gateway.models;

import dev.midstream.model.Method;
import dev.midstream.model.Target;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.ModelFacts;
import dev.midstream.routing.Prices;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes one deployment as LiteLLM does. What the configuration says of its model is shown as it
 * says it, the rest as it is known here, and null where it is not.
 */
record DeploymentJson(Deployment deployment) {

    static DeploymentJson of(Deployment deployment) {
        return new DeploymentJson(deployment);
    }

    void write(JsonGenerator json) {
        Target target = deployment.target();
        json.writeObjectPropertyStart("litellm_params");
        json.writeStringProperty("model", target.provider() + "/" + target.model());
        if (deployment.unusable() == null) {
            json.writeStringProperty("api_base", deployment.endpoint().base());
        }
        json.writeEndObject();
        json.writeObjectPropertyStart("model_info");
        json.writeStringProperty("id", deployment.id());
        json.writeBooleanProperty("db_model", false);
        facts(json, deployment.facts());
        deployment
                .info()
                .forEach(
                        (name, stated) -> {
                            if (!name.equals("id") && !name.equals("db_model")) {
                                json.writeName(name);
                                json.writeRawValue(stated.text());
                            }
                        });
        json.writeEndObject();
    }

    private void facts(JsonGenerator json, ModelFacts facts) {
        text(json, "key", deployment.target().model());
        text(json, "litellm_provider", deployment.target().provider());
        text(json, "mode", mode());
        number(json, "max_tokens", facts.maxOutputTokens());
        number(json, "max_input_tokens", facts.maxInputTokens());
        number(json, "max_output_tokens", facts.maxOutputTokens());
        Prices prices = facts.prices();
        number(json, "input_cost_per_token", prices == null ? null : prices.input());
        number(json, "output_cost_per_token", prices == null ? null : prices.output());
        number(json, "cache_read_input_token_cost", prices == null ? null : prices.cacheRead());
        number(
                json,
                "cache_creation_input_token_cost",
                prices == null ? null : prices.cacheWrite());
        if (!stated("supports_assistant_prefill")) {
            boolean prefill = deployment.methods().stream().anyMatch(Method::prefill);
            json.writeBooleanProperty("supports_assistant_prefill", prefill);
        }
    }

    private boolean stated(String name) {
        return deployment.info().containsKey(name);
    }

    private void text(JsonGenerator json, String name, String value) {
        if (!stated(name)) {
            json.writeStringProperty(name, value);
        }
    }

    private void number(JsonGenerator json, String name, @Nullable Number value) {
        if (!stated(name)) {
            json.writeName(name);
            json.writeRawValue(number(value));
        }
    }

    /** LiteLLM's word for what the model does. */
    private String mode() {
        return deployment.target().converses() ? "chat" : "embedding";
    }

    static String number(@Nullable Number number) {
        return number == null ? "null" : number.toString();
    }
}
