package dev.midstream.kept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.model.Secret;
import dev.midstream.routing.RouterConfig;
import java.io.FileNotFoundException;
import org.junit.jupiter.api.Test;

final class IdKeyTest {

    private static RouterConfig config(String params) throws InvalidConfiguration {
        String yaml =
                "model_list:\n  - model_name: m\n    litellm_params: {model: openai/m, api_base: 'http://127.0.0.1:9'"
                        + params
                        + "}\n";
        return new ConfigurationReader(
                        name -> null,
                        path -> {
                            throw new FileNotFoundException(path);
                        })
                .read("config.yaml", yaml)
                .router();
    }

    @Test
    void replicasWithTheSameSecretsHaveTheSame() throws InvalidConfiguration {
        RouterConfig one = config(", api_key: sk-one");
        assertThat(IdKey.of(null, one)).isEqualTo(IdKey.of(null, config(", api_key: sk-one")));
        assertThat(IdKey.of(null, one)).isNotEqualTo(IdKey.of(null, config(", api_key: sk-two")));
        Secret master = Secret.of("sk-master");
        assertThat(IdKey.of(master, one)).isEqualTo(IdKey.of(master, config("")));
    }

    @Test
    void whereNothingIsSecretNobodyCanGuessIt() throws InvalidConfiguration {
        assertThat(IdKey.of(null, config(""))).isNotEqualTo(IdKey.of(null, config("")));
    }
}
