package dev.midstream.config;

import dev.midstream.cloud.GoogleAccount;
import dev.midstream.cloud.UnreadableCredential;
import dev.midstream.model.Secret;
import dev.midstream.provider.IllegalUrl;
import dev.midstream.provider.ModelName;
import dev.midstream.provider.Urls;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Endpoint;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Scalar;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where Claude on Vertex AI is asked and in whose name. Used once. */
final class VertexReader {

    private static final List<String> PROJECTS =
            List.of("VERTEXAI_PROJECT", "VERTEX_PROJECT", "GOOGLE_CLOUD_PROJECT");
    private static final List<String> LOCATIONS =
            List.of("VERTEXAI_LOCATION", "VERTEX_LOCATION", "GOOGLE_CLOUD_LOCATION");
    private static final String KEY_FILE = "GOOGLE_APPLICATION_CREDENTIALS";
    private static final String EVERYWHERE = "global";

    private final String group;
    private final Section params;
    private final Reading reading;
    private final ModelName model;

    VertexReader(String group, Section params, ModelName model) {
        this.group = group;
        this.params = params;
        this.reading = params.reading();
        this.model = model;
    }

    @Nullable Endpoint read(Map<String, String> headers) {
        Secret source = source();
        String location = location();
        String project = project(source);
        URI base = base(location);
        if (base == null || !location.matches("[a-z0-9-]+")) {
            return null;
        }
        if (project == null) {
            return new Endpoint(base, base, headers, noProject());
        }
        return new Endpoint(
                Urls.vertex(base, project, location, model.model(), true),
                Urls.vertex(base, project, location, model.model(), false),
                headers,
                new Credential.GoogleToken(source));
    }

    private @Nullable URI base(String location) {
        YamlNode node = params.first("api_base", "base_url");
        String given = node == null ? null : reading.text("api_base", node);
        if (node == null || given == null) {
            return location.matches("[a-z0-9-]+") ? Urls.vertexHost(location) : wrongLocation();
        }
        try {
            return Urls.base(given);
        } catch (IllegalUrl e) {
            reading.error(node, "`api_base` must be " + e.expected());
            return null;
        }
    }

    private @Nullable URI wrongLocation() {
        YamlNode node = params.first("vertex_location", "vertex_ai_location");
        reading.error(
                node != null ? node : params.mapping(),
                "the location of `"
                        + group
                        + "` must be a region as `us-east5`, or `global`, `us`, `eu`");
        return null;
    }

    private String location() {
        String given = given(LOCATIONS, "vertex_location", "vertex_ai_location");
        if (given == null) {
            reading.warning(
                    params.mapping(),
                    "`"
                            + group
                            + "` has no `vertex_location`, and VERTEXAI_LOCATION is not set; `global` is used");
        }
        return given != null ? given : EVERYWHERE;
    }

    private @Nullable String project(Secret source) {
        String given = given(PROJECTS, "vertex_project", "vertex_ai_project");
        return given != null ? given : GoogleAccount.project(source).orElse(null);
    }

    private Credential noProject() {
        String message =
                "`"
                        + group
                        + "` has no `vertex_project`: set VERTEXAI_PROJECT, or `vertex_project` in its `litellm_params`";
        reading.warning(params.mapping(), message);
        return new Credential.Missing(message);
    }

    private @Nullable String given(List<String> variables, String key, String otherKey) {
        YamlNode node = params.first(key, otherKey);
        String given = node == null ? null : reading.text(key, node);
        if (given != null && !given.isBlank()) {
            return given.strip();
        }
        String variable = reading.environment().firstSet(variables);
        return variable == null ? null : reading.environment().get(variable);
    }

    /** The key file as JSON, or nothing for the metadata server. */
    private Secret source() {
        YamlNode node = params.first("vertex_credentials", "vertex_ai_credentials");
        String file = reading.environment().get(KEY_FILE);
        if (node != null) {
            return checked(node, credentials(node));
        }
        return file != null
                ? checked(params.mapping(), file(params.mapping(), file, KEY_FILE))
                : loggedIn();
    }

    private String credentials(YamlNode node) {
        if (!(node instanceof Scalar)) {
            return new JsonValues(reading).json("vertex_credentials", node).text();
        }
        String text = reading.text("vertex_credentials", node);
        if (text == null || text.isBlank() || text.strip().startsWith("{")) {
            return text == null ? "" : text.strip();
        }
        return file(node, text, "vertex_credentials");
    }

    private String file(YamlNode node, String path, String key) {
        try {
            return reading.files().read(path);
        } catch (IOException e) {
            reading.error(
                    node,
                    "`" + group + "`: the credential file that " + key + " names cannot be read");
            return "";
        }
    }

    private Secret checked(YamlNode node, String json) {
        Secret source = Secret.of(json);
        try {
            GoogleAccount.parse(source);
        } catch (UnreadableCredential e) {
            reading.error(
                    node,
                    "`" + group + "`: the Google credential cannot be used: " + e.getMessage());
        }
        return source;
    }

    /** What {@code gcloud auth application-default login} left behind, else nothing. */
    private Secret loggedIn() {
        String configured = reading.environment().get("CLOUDSDK_CONFIG");
        String home = reading.environment().get("HOME");
        String folder =
                configured != null ? configured : home == null ? null : home + "/.config/gcloud";
        if (folder == null) {
            return Secret.of("");
        }
        try {
            Secret source =
                    Secret.of(
                            reading.files().read(folder + "/application_default_credentials.json"));
            GoogleAccount.parse(source);
            return source;
        } catch (IOException | UnreadableCredential e) {
            return Secret.of("");
        }
    }
}
