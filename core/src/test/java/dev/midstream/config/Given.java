package dev.midstream.config;

import dev.midstream.routing.Deployment;
import dev.midstream.routing.ModelGroup;
import java.io.FileNotFoundException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A configuration in a test: its text, its environment and the files beside it. */
final class Given {

    /** What a provider needs so that nothing is warned of. */
    static final String ONE_MODEL =
            """
            model_list:
              - model_name: m
                litellm_params: {model: openai/gpt-4o, api_key: k}
            """;

    private final String text;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();

    private Given(String text) {
        this.text = text;
    }

    static Given text(String text) {
        return new Given(text);
    }

    /**
     * One deployment of the group {@code m} with these parameters, as a flow mapping without
     * braces.
     */
    static Given params(String params) {
        return text("model_list:\n  - model_name: m\n    litellm_params: {" + params + "}\n");
    }

    /** One deployment of the group {@code m} with this {@code model_info}. */
    static Given info(String info) {
        return text(ONE_MODEL + "    model_info: {" + info + "}\n");
    }

    /** One deployment, and further sections. */
    static Given sections(String sections) {
        return text(ONE_MODEL + sections);
    }

    Given with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Given file(String path, String content) {
        files.put(path, content);
        return this;
    }

    private String read(String path) throws FileNotFoundException {
        String content = files.get(path);
        if (content == null) {
            throw new FileNotFoundException("no such file");
        }
        return content;
    }

    Configuration read() {
        try {
            return new ConfigurationReader(environment::get, this::read, Catalogs.OURS)
                    .read("config.yaml", text);
        } catch (InvalidConfiguration e) {
            throw new AssertionError(e);
        }
    }

    /** The errors and warnings of a configuration that cannot be used. */
    List<String> rejected() {
        try {
            Configuration read =
                    new ConfigurationReader(environment::get, this::read, Catalogs.OURS)
                            .read("config.yaml", text);
            throw new AssertionError("accepted, with warnings " + read.warnings());
        } catch (InvalidConfiguration e) {
            return e.diagnostics().stream().map(Diagnostic::toString).toList();
        }
    }

    List<String> warnings() {
        return read().warnings().stream().map(Diagnostic::toString).toList();
    }

    ModelGroup group() {
        return read().router().groups().get(0);
    }

    Deployment deployment() {
        return group().deployments().get(0);
    }
}
