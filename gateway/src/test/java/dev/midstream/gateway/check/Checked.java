package dev.midstream.gateway.check;

import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import java.io.FileNotFoundException;
import java.util.Map;

/** Reports on configurations in the text of a test. */
final class Checked {

    static final String SECRET = "sk-0f9d2b-never-shown";

    private Checked() {}

    static Report report(String yaml) {
        Map<String, String> environment = Map.of("SET_KEY", SECRET);
        ConfigurationReader reader =
                new ConfigurationReader(
                        environment::get,
                        path -> {
                            throw new FileNotFoundException(path);
                        });
        try {
            return Survey.of("config.yaml", reader.read("config.yaml", yaml));
        } catch (InvalidConfiguration invalid) {
            return Survey.of("config.yaml", invalid);
        }
    }

    /** An entry of the model list. */
    static String entry(String group, String model, String params, String info) {
        return "  - model_name: %s\n    litellm_params: {model: %s, api_key: %s%s}\n    model_info: {%s}\n"
                .formatted(group, model, SECRET, params.isEmpty() ? "" : ", " + params, info);
    }

    static String entry(String group, String model) {
        return entry(group, model, "", "");
    }

    /** A configuration of these entries. */
    static String yaml(String router, String... entries) {
        return "model_list:\n" + String.join("", entries) + "router_settings: {" + router + "}\n";
    }
}
